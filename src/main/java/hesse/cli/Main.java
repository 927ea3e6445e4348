package hesse.cli;

import hesse.Hesse;
import java.io.IOError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. Exit codes: 0 done, 1 a check failed or an answer could not be written, 2 bad usage or input. */
@Command(
        name = "hesse",
        description = "Exact derivatives of plain functions, what their curvature says, and gates for performance.",
        subcommands = {
            AnalyzeCommand.class, MinimizeCommand.class, FitCommand.class, DemoCommand.class,
            BenchCommand.class, CompareCommand.class, TuneCommand.class
        })
public final class Main implements Runnable {
    /** Characters in a line of help. */
    private static final int HELP_WIDTH = 80;

    @Mixin
    private HelpOption help;

    @Option(names = "--version", description = "print version, tier and JDK")
    private boolean version;

    @Spec
    private CommandSpec spec;

    private Main() {}

    @Override
    public void run() {
        if (!version) {
            List<String> names = List.copyOf(spec.subcommands().keySet());
            throw new ParameterException(spec.commandLine(), "no command: "
                    + String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.getLast());
        }
        System.out.println("hesse " + number() + ", " + Hesse.runtime());
    }

    /** Hesse's version, of the jar's manifest. */
    static String number() {
        String number = Main.class.getPackage().getImplementationVersion();
        return number == null ? "(not packaged)" : number;
    }

    public static void main(String[] args) {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()
                && System.getProperty("hesse.tier") == null) {
            System.setProperty("hesse.tier", "scalar");
        }
        System.setOut(StandardOutput.open());
        System.exit(execute(args));
    }

    /** Runs a command line and returns its exit code; every failure is one line on standard error. */
    static int execute(String... args) {
        try {
            int code = commands().execute(args);
            System.out.flush();
            return code;
        } catch (IOError e) {
            return failed(e.getCause().getMessage());
        } catch (OutOfMemoryError e) {
            return failed("the heap is too small for this (" + Runtime.getRuntime().maxMemory() / 1_000_000
                    + " MB); give the JVM more by -Xmx");
        } catch (StackOverflowError e) {
            return failed("the stack is too small for this; give the JVM more by -Xss");
        }
    }

    /**
     * The command with its subcommands. What looks like an unknown option of analyze and minimize is a formula that
     * starts with a minus.
     */
    private static CommandLine commands() {
        CommandLine commands = new CommandLine(new Main());
        for (String command : List.of("analyze", "minimize")) {
            commands.getSubcommands().get(command).setUnmatchedOptionsArePositionalParams(true);
        }
        commands.getSubcommands().get("analyze").getHelpSectionMap()
                .put(CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER,
                help -> help.footer() + FormulaFunctions.listing(HELP_WIDTH).indent(0));
        commands.setParameterExceptionHandler((e, arguments) -> usage(e.getCommandLine(), e));
        commands.setExecutionExceptionHandler((e, command, result) -> {
            if (e instanceof IllegalArgumentException) {
                return usage(command, e);
            }
            if (e instanceof UncheckedIOException unwritten) {
                return failed(unwritten.getCause().getMessage());
            }
            return failed(e instanceof IOException && e.getMessage() != null ? e.getMessage() : e.toString());
        });
        return commands;
    }

    private static int failed(String message) {
        System.err.println("hesse: " + message);
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** Reports bad usage or input, for which commands throw {@link IllegalArgumentException}. */
    private static int usage(CommandLine command, Exception e) {
        System.err.println("hesse: " + e.getMessage());
        System.err.println("Try 'hesse " + (command.getParent() == null ? "" : command.getCommandName() + " ")
                + "--help'.");
        return CommandLine.ExitCode.USAGE;
    }
}
