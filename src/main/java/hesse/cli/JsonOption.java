package hesse.cli;

import picocli.CommandLine.Option;

/** {@code --json} of the commands that answer on standard output. */
final class JsonOption {
    @Option(names = "--json", description = "answer by JSON objects, one a line")
    private boolean requested;

    boolean isRequested() {
        return requested;
    }
}
