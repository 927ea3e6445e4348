package hesse.cli;

import hesse.curvature.Curvature;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The answer of {@code analyze} as labelled lines, numbers in aligned columns. */
final class TextAnswer {
    private static final int LARGEST_TABLE = 10;
    private static final int WIDEST_FORMULA = 100;

    private final StringBuilder text = new StringBuilder();
    private final List<String> variables;

    private TextAnswer(List<String> variables) {
        this.variables = variables;
    }

    static String of(Problem problem, Analysis analysis) {
        TextAnswer answer = new TextAnswer(problem.variables());
        answer.head(problem);
        answer.derivatives(analysis.curvature());
        answer.steepestDescent(analysis);
        if (analysis.constraints() != null) {
            answer.constraints(problem, analysis);
        }
        return answer.text.toString();
    }

    private void head(Problem problem) {
        String formula = problem.expression().strip();
        boolean cut = formula.length() > WIDEST_FORMULA;
        line("f", cut ? formula.substring(0, WIDEST_FORMULA) + " ... (" + formula.length() + " characters)" : formula);
        line("at", IntStream.range(0, variables.size())
                .mapToObj(i -> variables.get(i) + " = " + number(problem.at()[i]).strip())
                .collect(Collectors.joining(", ")));
    }

    private void derivatives(Curvature curvature) {
        text.append('\n');
        line("value", number(curvature.value()).strip());
        table("gradient", null, new double[][] {curvature.gradient()});
        table("Hessian", variables, curvature.hessian().toArray());
        table("eigenvalues", null, new double[][] {curvature.eigenvalues()});
        table("eigenvectors", variables, curvature.eigenvectors().toArray());
        line("", "(a column an eigenvalue)");
        line("condition", number(curvature.conditionNumber()).strip());
        line("kind of point", JsonAnswer.name(curvature.classification()) + meaning(curvature));
    }

    private static String meaning(Curvature curvature) {
        return switch (curvature.classification()) {
            case REGULAR -> ": the gradient is not small" + indefinite(curvature);
            case MINIMUM -> ": stationary, all eigenvalues positive";
            case MAXIMUM -> ": stationary, all eigenvalues negative";
            case SADDLE -> ": stationary, eigenvalues of both signs";
            case DEGENERATE -> ": stationary, second derivatives do not decide";
            case NOT_FINITE -> ": the value or a derivative is not finite";
        };
    }

    private static String indefinite(Curvature curvature) {
        int negative = curvature.inertia().negative();
        return negative == 0 ? "" : "; the cost curves down in " + negative + " of " + curvature.eigenvalues().length
                + " directions";
    }

    private void steepestDescent(Analysis analysis) {
        if (!analysis.curvature().isFinite()) {
            text.append("\nalong steepest descent nothing is known: the value or a derivative is not finite\n");
            return;
        }
        text.append("\nalong steepest descent, x - t g\n");
        line("curvature", number(analysis.along().curvature()) + "   " + JsonAnswer.name(analysis.along().kind()) + ": "
                + switch (analysis.along().kind()) {
                    case NEGATIVE -> "the cost falls faster than the gradient predicts";
                    case ZERO -> "the cost falls as the gradient predicts";
                    case POSITIVE -> "the cost falls more slowly than the gradient predicts, and in the end rises";
                    case UNKNOWN -> "not finite";
                });
        line("best step", number(analysis.curvature().bestStep()) + "   g'g / g'Hg");
        line("largest stable", number(analysis.curvature().largestStableStep()) + "   2 / largest eigenvalue");
        text.append(String.format(Locale.ROOT, "%ndecrease of the cost at t = %s%n", number(analysis.step()).strip()));
        line("gradient alone", number(analysis.prediction().linear()) + "   predicted");
        line("quadratic", number(analysis.prediction().quadratic()) + "   predicted");
        line("actual", number(analysis.prediction().actual()));
    }

    private void constraints(Problem problem, Analysis analysis) {
        text.append("\nconstraints and their Jacobian\n");
        for (int i = 0; i < analysis.constraints().length; i++) {
            line("c" + (i + 1), problem.constraints().get(i).strip());
            line("", number(analysis.constraints()[i]));
            table("", null, new double[][] {analysis.jacobian()[i]});
        }
    }

    /** Rows of numbers under the variables' names; large ones are left to JSON. */
    private void table(String label, List<String> rowNames, double[][] rows) {
        int columns = rows[0].length;
        if (columns > LARGEST_TABLE) {
            line(label, rows.length + " x " + columns + ", printed by --json");
            return;
        }
        int width = rowNames == null ? 0 : rowNames.stream().mapToInt(String::length).max().orElse(0) + 1;
        for (int i = 0; i < rows.length; i++) {
            StringBuilder row = new StringBuilder(rowNames == null ? "" : pad(rowNames.get(i), width));
            for (double entry : rows[i]) {
                row.append(number(entry));
            }
            line(i == 0 ? label : "", row.toString());
        }
    }

    private void line(String label, String value) {
        text.append(pad(label, 16)).append(value).append('\n');
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** Up to eight significant digits in sixteen columns. */
    static String number(double value) {
        String text;
        if (value == Math.rint(value) && Math.abs(value) < 1e8) {
            text = Long.toString((long) value);
        } else if (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e8) {
            int decimals = Math.max(0, 7 - (int) Math.floor(Math.log10(Math.abs(value))));
            text = String.format(Locale.ROOT, "%." + decimals + "f", value).replaceFirst("(\\.\\d*?)0+$", "$1")
                    .replaceFirst("\\.$", "");
        } else {
            text = Double.isFinite(value) ? String.format(Locale.ROOT, "%.7e", value) : Double.toString(value);
        }
        return " ".repeat(Math.max(1, 16 - text.length())) + text;
    }
}
