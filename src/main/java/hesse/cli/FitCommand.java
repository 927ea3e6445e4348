package hesse.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import hesse.Expr;
import hesse.Rows;
import hesse.VectorFunction;
import hesse.measure.UserFile;
import hesse.optimize.Fit;
import hesse.optimize.LeastSquares;
import hesse.optimize.Loss;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hesse fit}: parameters of a model in text from data in a file, with their uncertainty. */
@Command(
        name = "fit",
        description = "Fits the parameters of a model to data, by least squares or a robust loss.",
        footer = {
            "",
            "Example: hesse fit data.csv --model \"b1*(1-exp(-b2*x))\" --start b1=500,b2=1e-4",
            "The file is CSV with a header of column names (- is standard input), separated by",
            "commas, semicolons, tabs or bars, with decimal commas where commas do not separate;",
            "columns that are not used may hold texts, and lines that start with # are comments.",
            "Or it is a NIST StRD .dat, which brings its model and starts. Exit code 1 where the",
            "fit does not converge."
        })
final class FitCommand implements Callable<Integer> {
    @Parameters(arity = "1", paramLabel = "FILE", description = "the data; - is standard input")
    private Path file;

    @Option(names = "--model", paramLabel = "EXPR", description = "the response, a formula of parameters and columns")
    private String model;

    @Option(names = "--start", paramLabel = "b1=..,b2=..",
            description = "the parameters' start; of a NIST file also 1 or 2, its starts")
    private String start;

    @Option(names = "--response", paramLabel = "COLUMN",
            description = "the column that the model is for; ${DEFAULT-VALUE}", defaultValue = "y")
    private String response;

    @Mixin
    private BoundsOption bounds;

    @Option(names = "--loss", paramLabel = "L:SCALE",
            description = "huber, cauchy or soft_l1, and the size of a residual beyond which it counts less",
            defaultValue = "square:1")
    private String loss;

    @Option(names = "--level", paramLabel = "P", description = "level of the confidence intervals; ${DEFAULT-VALUE}",
            defaultValue = "0.95")
    private double level;

    @Option(names = "--missing", paramLabel = "refuse|drop", defaultValue = "refuse",
            description = "whether rows without a number in a column that is used are refused or left out; "
                    + "${DEFAULT-VALUE}")
    private String missing;

    @Mixin
    private JsonOption json;

    @Mixin
    private HelpOption help;

    /** The columns, the model and its start; whether the model is for the logarithm of the response. */
    private record Data(Map<String, double[]> columns, String model, boolean logarithmic, Map<String, Double> start) {}

    @Override
    public Integer call() throws IOException {
        Data data = data();
        requireResponse(data.columns.keySet());
        List<String> parameters = List.copyOf(data.start.keySet());
        double[][] box = bounds.of(parameters);
        String[] lossAndScale = loss.split(":");
        Progress progress = new Progress();
        double scale = lossAndScale.length < 2 ? 1 : Decimal.parse("--loss " + loss, lossAndScale[1]);
        Fit fit = LeastSquares.of(residuals(data, parameters))
                .from(data.start.values().stream().mapToDouble(Double::doubleValue).toArray())
                .names(parameters).bounds(box[0], box[1]).loss(lossOf(lossAndScale[0]), scale)
                .listener(progress::tell).run();
        progress.end();
        System.out.print(json.isRequested() ? json(parameters, fit) + "\n" : text(data, parameters, box, fit));
        return fit.isConverged() ? CommandLine.ExitCode.OK : 1;
    }

    private static Loss lossOf(String name) {
        return Arrays.stream(Loss.values()).filter(l -> l.name().equalsIgnoreCase(name)).findFirst().orElseThrow(
                () -> new IllegalArgumentException("--loss " + name + ": known are square, huber, cauchy, soft_l1"));
    }

    private Data data() {
        boolean nist = file.toString().toLowerCase(Locale.ROOT).endsWith(".dat");
        if (!nist && (model == null || start == null)) {
            throw new IllegalArgumentException((model == null ? "--model" : "--start")
                    + " is missing, as in --model \"b1*(1-exp(-b2*x))\" --start b1=500,b2=1e-4");
        }
        if (!missing.equals("refuse") && !missing.equals("drop")) {
            throw new IllegalArgumentException("--missing " + missing + ": known are refuse and drop");
        }
        String text = UserFile.read(file);
        if (nist) {
            NistProblem problem = NistProblem.parse(file.getFileName().toString(), text);
            Map<String, Double> starts = new LinkedHashMap<>();
            boolean numbered = start == null || start.equals("1") || start.equals("2");
            for (int i = 0; numbered && i < problem.n(); i++) {
                starts.put("b" + (i + 1), problem.table()["2".equals(start) ? 1 : 0][i]);
            }
            return new Data(problem.columns(), model == null ? problem.model() : model,
                    model == null && problem.logarithmic(), numbered ? starts : Problem.point("--start", start));
        }
        Map<String, Double> parameters = Problem.point("--start", start);
        CsvTable table = CsvTable.of(UserFile.name(file), text);
        List<String> columns = table.header().stream().filter(column -> !column.isEmpty()).toList();
        requireResponse(columns);
        for (String parameter : parameters.keySet()) {
            if (columns.contains(parameter)) {
                throw new IllegalArgumentException("--start " + parameter + ": " + UserFile.name(file)
                        + " has a column of that name; call the parameter something else");
            }
        }
        Set<String> used = Formula.parse(model)
                .names(Stream.of(parameters.keySet(), columns).flatMap(Collection::stream).toList());
        used.removeAll(parameters.keySet());
        used.add(response);
        return new Data(table.columns(used, missing.equals("drop"), System.err::println), model, false, parameters);
    }

    private void requireResponse(Collection<String> columns) {
        if (!columns.contains(response)) {
            throw new IllegalArgumentException(UserFile.name(file) + " has no column " + response
                    + "; name the response by --response, columns are " + String.join(", ", columns));
        }
    }

    private VectorFunction residuals(Data data, List<String> parameters) {
        Formula formula = Formula.parse(data.model);
        Rows rows = Rows.of(data.columns.get(response).length);
        for (Map.Entry<String, double[]> column : data.columns.entrySet()) {
            rows = rows.column(column.getKey(), column.getValue());
        }
        return VectorFunction.perRow(parameters.size(), rows, (b, row) -> {
            Map<String, Expr> names = Problem.names(parameters, b);
            data.columns.keySet().forEach(column -> names.putIfAbsent(column, row.get(column)));
            Expr y = row.get(response);
            return (data.logarithmic ? hesse.Functions.log(y) : y).minus(formula.build(names));
        });
    }

    private String text(Data data, List<String> parameters, double[][] box, Fit fit) {
        String fitted = data.logarithmic ? "log(" + response + ")" : response;
        StringBuilder text = new StringBuilder(String.format("%n%s = %s%n%d rows of %s%n%n", fitted, data.model.strip(),
                fit.residuals().length, file.getFileName()));
        text.append(String.format(Locale.ROOT, "%-12s%16s%16s%18s%n", "parameter", "value", "standard error",
                String.format(Locale.ROOT, "+- at %.0f %%", 100 * level)));
        double[] errors = fit.standardErrors();
        double[] half = fit.confidence(level);
        for (int i = 0; i < errors.length; i++) {
            text.append(String.format("%-12s%s", parameters.get(i), TextAnswer.number(fit.parameters()[i])))
                    .append(error(i, box, fit, errors[i], half[i]));
        }
        text.append(String.format("%n%-28s%s%n%-28s%s   %d degrees of freedom%n", "residual sum of squares",
                TextAnswer.number(fit.sumOfSquares()), "residual deviation",
                TextAnswer.number(fit.residualDeviation()), fit.degreesOfFreedom()));
        if (fit.deficiency() != null) {
            text.append("warning: the data say nothing about ").append(fit.deficiency()).append('\n');
        }
        if (!fit.isConverged()) {
            text.append("warning: not converged; standard errors are those of a minimum, which this is not\n");
        }
        return text.append(String.format("%n%s: %s%n%d residuals and %d Jacobians in %d steps%n",
                fit.ending().name().toLowerCase(Locale.ROOT).replace('_', ' '), fit.message(),
                fit.evaluations().values(), fit.evaluations().gradients(), fit.steps().size()))
                .append(StepTable.of(fit.steps(), false)).toString();
    }

    /** The end of a parameter's line: its standard error and half its confidence interval, or why it has none. */
    private static String error(int i, double[][] box, Fit fit, double error, double half) {
        double value = fit.parameters()[i];
        if (value == box[0][i] || value == box[1][i]) {
            return String.format("%16s%n", box[0][i] == box[1][i] ? "fixed" : "at its bound");
        }
        return String.format("%s  %s%n", errorNumber(error), errorNumber(half));
    }

    private static String errorNumber(double error) {
        return Double.isFinite(error) ? TextAnswer.number(error)
                : String.format("%16s", Double.isNaN(error) ? "-" : "infinite");
    }

    private String json(List<String> parameters, Fit fit) throws IOException {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ending", fit.ending().name().toLowerCase(Locale.ROOT));
        answer.put("converged", fit.isConverged());
        answer.put("message", fit.message());
        answer.put("names", parameters);
        answer.put("parameters", fit.parameters());
        answer.put("standardErrors", fit.standardErrors());
        answer.put("confidence", fit.confidence(level));
        answer.put("sumOfSquares", fit.sumOfSquares());
        answer.put("residualDeviation", fit.residualDeviation());
        answer.put("degreesOfFreedom", fit.degreesOfFreedom());
        answer.put("covariance", fit.covariance().toArray());
        answer.put("deficiency", fit.deficiency());
        answer.put("steps", new ArrayList<>(fit.steps().stream().map(MinimizeCommand::json).toList()));
        return JSON.std.asString(answer);
    }
}
