package hesse.cli;

import hesse.measure.Picture;
import hesse.measure.UserFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hesse analyze}: value, derivatives and curvature of a cost function in text, at one point or for a batch. */
@Command(
        name = "analyze",
        description = "Value, gradient, Hessian and curvature of a cost function at a point.",
        footer = {
            "",
            "Example: hesse analyze \"100*(y-x^2)^2 + (1-x)^2\" --at x=-1.2,y=1",
            "A formula has + - * / ^ (right-associative; -x^2 is -(x^2)), parentheses,",
            "pi, e, atan2(y,x), select(condition,a,b) and the other functions of these:"
        })
final class AnalyzeCommand implements Callable<Integer> {
    @Mixin
    private CostFunctionParameter cost;

    @Option(names = "--at", paramLabel = "x=..,y=..", description = "the point; its order is that of all vectors")
    private String at;

    @Mixin
    private JsonOption json;

    @Option(names = "--plot", paramLabel = "FILE",
            description = "draw the cost along steepest descent, as .svg or .png")
    private Path plot;

    @Option(names = "--constraints", paramLabel = "\"E1; E2\"",
            description = "functions whose values and Jacobian to add")
    private String constraints;

    @Option(
            names = "--batch",
            paramLabel = "FILE",
            description = "answer a JSON object a line "
                    + "{\"id\",\"expression\",\"variables\":[..],\"at\":[..],\"constraints\":[..]}; "
                    + "what cannot be answered gives {\"id\",\"line\",\"error\"}; - is standard input")
    private String batch;

    @Mixin
    private HelpOption help;

    @Override
    public Integer call() throws IOException {
        return batch == null ? one() : batch();
    }

    private int one() throws IOException {
        String formula = cost.formula("analyze \"x^2 + y^2\" --at x=1,y=2");
        if (at == null) {
            throw new IllegalArgumentException("--at is missing: give the point, as in --at x=1,y=2");
        }
        if (plot != null) {
            Picture.requireFormat(plot);
        }
        List<String> functions = constraints == null
                ? List.of()
                : Arrays.stream(constraints.split(";")).map(String::strip).filter(text -> !text.isEmpty()).toList();
        Problem problem = Problem.of(formula, Problem.point("--at", at), functions);
        Analysis analysis = Analysis.of(problem);
        if (json.isRequested()) {
            try (JsonAnswer answer = new JsonAnswer(System.out)) {
                answer.write(problem, analysis);
            }
        } else {
            System.out.print(TextAnswer.of(problem, analysis));
        }
        if (plot != null) {
            CostPlot.write(analysis, "Cost along steepest descent", plot);
            System.err.println("plot written to " + plot);
        }
        return CommandLine.ExitCode.OK;
    }

    private int batch() throws IOException {
        if (!cost.isAbsent() || at != null || constraints != null || plot != null) {
            throw new IllegalArgumentException("--batch reads everything from its file; it goes with --json only");
        }
        Path file = Path.of(batch);
        UserFile.requireFile(file);
        int failed = 0;
        try (InputStream in = UserFile.isStandardInput(file) ? System.in : Files.newInputStream(file);
                JsonAnswer answers = new JsonAnswer(System.out)) {
            BatchLines lines = new BatchLines("--batch " + UserFile.name(file), in);
            for (BatchLines.Line line = lines.next(); line != null; line = lines.next()) {
                if (line.error() != null || !line.text().isBlank()) {
                    failed += answer(line, answers) ? 0 : 1;
                }
            }
        }
        if (failed > 0) {
            System.err.println(failed + (failed == 1 ? " line" : " lines")
                    + " could not be answered; see \"error\" there");
        }
        return failed == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.USAGE;
    }

    /**
     * Answers a line, or answers why it could not; whether it could. Whatever a line holds, the batch goes on with the
     * next.
     */
    private static boolean answer(BatchLines.Line line, JsonAnswer answers) throws IOException {
        String id = null;
        String error = line.error();
        if (error == null) {
            try {
                Map<String, Object> entries = ProblemReader.entries(line.text());
                id = ProblemReader.id(entries);
                Problem problem = ProblemReader.problem(entries);
                Analysis analysis = Analysis.of(problem);
                answers.write(problem, analysis);
                return true;
            } catch (IllegalArgumentException e) {
                error = e.getMessage();
            } catch (UncheckedIOException e) {
                throw e;
            } catch (OutOfMemoryError e) {
                error = "it does not fit the heap (" + Runtime.getRuntime().maxMemory() / 1_000_000 + " MB)";
            } catch (RuntimeException | StackOverflowError e) {
                error = "not answered, by a fault of this program: " + e;
            }
        }
        answers.writeError(id, line.number(), error);
        return false;
    }
}
