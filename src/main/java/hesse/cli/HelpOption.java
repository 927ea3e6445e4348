package hesse.cli;

import picocli.CommandLine.Option;

/** {@code --help}, of every command. */
final class HelpOption {
    @Option(names = "--help", usageHelp = true, description = "print this")
    private boolean requested;
}
