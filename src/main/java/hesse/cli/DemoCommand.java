package hesse.cli;

import hesse.Hesse;
import hesse.Objective;
import hesse.VectorFunction;
import hesse.curvature.Curvature;
import hesse.curvature.Inertia;
import hesse.matrix.Matrix;
import hesse.matrix.SymmetricMatrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code hesse demo}: on embedded real data, derivatives against independent answers, curvature at start and solution,
 * times, and two plots. Exit code 1 where an answer is off.
 */
@Command(name = "demo",
        description = "Checks, times and draws derivatives of real regression problems (embedded data).")
final class DemoCommand implements Callable<Integer> {
    /** The largest error that passes, relative to the largest entry; a larger one must be explained by cancellation. */
    private static final double TOLERANCE = 1e-12;
    private static final long TIMED_NANOS = 300_000_000L;

    @Option(names = "--out", paramLabel = "FOLDER", defaultValue = "target",
            description = "where the plots go (default: target)")
    private Path out;

    @Mixin
    private HelpOption help;

    private boolean passed = true;

    @Override
    public Integer call() throws IOException {
        List<DemoData.Nist> nist = DemoData.nist();
        DemoData.Cancer cancer = DemoData.cancer();
        print("Hesse demo, %s%n", Hesse.runtime());
        regression(nist);
        logistic(cancer);
        curvature(nist, cancer);
        times(nist, cancer);
        plots(nist, cancer);
        print("%n%s%n", passed ? "All answers agree." : "SOME ANSWERS ARE OFF, see above.");
        return passed ? 0 : 1;
    }

    private void regression(List<DemoData.Nist> nist) {
        print("%n1. NIST nonlinear regression: largest relative error against 40-digit answers%n");
        print("   S = sum of squared residuals; G = 2J'J from the residuals' Jacobian; at both starts and the "
                + "certified solution.%n%n");
        print("   %-10s %2s %4s   %9s %9s %9s %9s   %s%n", "problem", "n", "rows", "S", "gradient", "Hessian", "G",
                "at the solution: S, gradient (raw)");
        for (DemoData.Nist item : nist) {
            Errors start = new Errors();
            Errors solution = new Errors();
            item.answers().forEach((point, answer) -> (point.equals("certified") ? solution : start)
                    .add(item.problem(), answer));
            print("   %-10s %2d %4d   %9.1e %9.1e %9.1e %9.1e   %9.1e %9.1e (%7.1e)%s%n",
                    item.problem().name(), item.problem().n(), item.problem().rows().count(),
                    start.value, start.gradient, Math.max(start.hessian, solution.hessian),
                    Math.max(start.gaussNewton, solution.gaussNewton),
                    solution.value, solution.gradient, solution.rawGradient,
                    check(start.isSmall() && solution.isSmall()));
        }
        print("%n   S and gradient are relative to the terms that make them, y - model and J'y - J'model. At a "
                + "solution these cancel%n");
        print("   to nearly nothing: the raw error, relative to what is left of the gradient, counts digits that the "
                + "rounding of%n");
        print("   the model's values has already taken (Lanczos1: S = 4e-21 of data near 1).%n");
    }

    /** The largest errors over points. */
    private static final class Errors {
        private double value;
        private double gradient;
        private double rawGradient;
        private double hessian;
        private double gaussNewton;

        void add(NistProblem problem, DemoData.KnownAnswer answer) {
            int n = problem.n();
            double[] g = new double[n];
            SymmetricMatrix h = SymmetricMatrix.of(n);
            double s = problem.sumOfSquares().hessian(answer.at(), g, h);
            VectorFunction residuals = problem.residuals();
            Matrix j = Matrix.of(residuals.m(), n);
            double[] r = new double[residuals.m()];
            residuals.jacobian(answer.at(), r, j);
            value = Math.max(value, Math.abs(s - answer.value())
                    / Math.max(Math.abs(answer.value()), sizeOfSum(problem, r)));
            gradient = Math.max(gradient, error(g, answer.gradient(), sizeOfTerms(problem, j)));
            rawGradient = Math.max(rawGradient, error(g, answer.gradient(), 0));
            hessian = Math.max(hessian, error(h.toPacked(), answer.hessian(), 0));
            gaussNewton = Math.max(gaussNewton, error(gram(j), answer.gaussNewton(), 0));
        }

        boolean isSmall() {
            return value <= TOLERANCE && gradient <= TOLERANCE && hessian <= TOLERANCE && gaussNewton <= TOLERANCE;
        }

        /**
         * The size of the terms whose cancellation may explain an error of S = sum of (y - model)^2: the sum of 2 |r|
         * |y|.
         */
        private static double sizeOfSum(NistProblem problem, double[] r) {
            double sum = 0;
            for (int i = 0; i < r.length; i++) {
                sum += 2 * Math.abs(r[i]) * response(problem, i);
            }
            return sum;
        }

        /**
         * The size of the terms whose cancellation may explain an error of the gradient -2J'(y - model): the largest
         * sum of 2 |J_ij| |y_i|.
         */
        private static double sizeOfTerms(NistProblem problem, Matrix j) {
            double largest = 0;
            for (int c = 0; c < j.columns(); c++) {
                double sum = 0;
                for (int i = 0; i < j.rows(); i++) {
                    sum += 2 * Math.abs(j.get(i, c)) * response(problem, i);
                }
                largest = Math.max(largest, sum);
            }
            return largest;
        }

        private static double response(NistProblem problem, int row) {
            double y = problem.columns().get("y")[row];
            return Math.abs(problem.logarithmic() ? Math.log(y) : y);
        }

        /** The Gauss-Newton matrix 2 J'J. */
        private static double[] gram(Matrix j) {
            double[] twos = new double[j.rows()];
            Arrays.fill(twos, 2);
            SymmetricMatrix gram = SymmetricMatrix.of(j.columns());
            gram.addGram(j, twos);
            return gram.toPacked();
        }
    }

    /** The largest difference relative to the largest entry, or to a given size where that is larger. */
    private static double error(double[] actual, double[] expected, double size) {
        double scale = size;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            scale = Math.max(scale, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
        }
        return difference == 0 ? 0 : difference / scale;
    }

    private void logistic(DemoData.Cancer cancer) {
        print("%n2. Logistic regression of the Wisconsin breast-cancer table, 569 rows, 31 parameters, with a "
                + "ridge%n%n");
        print("   %-10s %16s   %9s %9s %9s%n", "point", "loss", "value", "gradient", "Hessian");
        for (Map.Entry<String, DemoData.KnownAnswer> point : cancer.answers().entrySet()) {
            DemoData.KnownAnswer answer = point.getValue();
            double[] g = new double[cancer.objective().n()];
            SymmetricMatrix h = SymmetricMatrix.of(g.length);
            double value = cancer.objective().hessian(answer.at(), g, h);
            double[] errors = {
                error(new double[] {value}, new double[] {answer.value()}, 0),
                error(g, answer.gradient(), cancer.objective().value(new double[g.length])),
                error(h.toPacked(), answer.hessian(), 0)
            };
            boolean small = errors[0] <= TOLERANCE && errors[1] <= TOLERANCE && errors[2] <= TOLERANCE;
            print("   %-10s %16.10f   %9.1e %9.1e %9.1e%s%n", point.getKey(), value, errors[0], errors[1],
                    errors[2], check(small));
        }
    }

    private void curvature(List<DemoData.Nist> nist, DemoData.Cancer cancer) {
        print("%n3. Curvature at start 1 and at the solution (eigenvalues positive/zero/negative)%n%n");
        print("   %-10s | %-9s %9s %9s %9s | %-9s %-12s %9s%n", "problem", "start", "smallest", "largest", "best step",
                "solution", "kind", "condition");
        for (DemoData.Nist item : nist) {
            Objective objective = item.problem().sumOfSquares();
            print("   %-10s %s%n", item.problem().name(),
                    compare(objective, item.answers().get("start1").at(), item.answers().get("certified").at()));
        }
        print("   %-10s %s%n", "cancer",
                compare(cancer.objective(), cancer.answers().get("zero").at(), cancer.answers().get("solution").at()));
    }

    private static String compare(Objective objective, double[] start, double[] solution) {
        Curvature first = Curvature.of(objective, start);
        Curvature last = Curvature.of(objective, solution);
        double[] values = first.eigenvalues();
        return String.format(Locale.ROOT, "| %-9s %9.2e %9.2e %9.2e | %-9s %-12s %9.2e",
                signs(first), values[0], values[values.length - 1], first.bestStep(),
                signs(last), JsonAnswer.name(last.classification()), last.conditionNumber());
    }

    private static String signs(Curvature curvature) {
        Inertia inertia = curvature.inertia();
        return inertia.positive() + "/" + inertia.zero() + "/" + inertia.negative();
    }

    private void times(List<DemoData.Nist> nist, DemoData.Cancer cancer) {
        print("%n4. Time of one call, tier scalar, one thread (fastest of many in 0.3 s each; microseconds)%n%n");
        print("   %-10s %10s %10s %10s%n", "problem", "value", "gradient", "Hessian");
        DemoData.Nist thurber = nist.stream().filter(item -> item.problem().name().equals("Thurber"))
                .findFirst().orElseThrow();
        time("Thurber", thurber.problem().sumOfSquares(), thurber.answers().get("start1").at());
        time("cancer", cancer.objective(), cancer.answers().get("generic").at());
    }

    private static void time(String name, Objective objective, double[] x) {
        double[] g = new double[x.length];
        SymmetricMatrix h = SymmetricMatrix.of(x.length);
        print("   %-10s %10.1f %10.1f %10.1f%n", name,
                fastest(() -> objective.value(x)), fastest(() -> objective.gradient(x, g)),
                fastest(() -> objective.hessian(x, g, h)));
    }

    private static double fastest(Runnable call) {
        long fastest = Long.MAX_VALUE;
        long end = System.nanoTime() + TIMED_NANOS;
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            call.run();
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        return fastest / 1e3;
    }

    private void plots(List<DemoData.Nist> nist, DemoData.Cancer cancer) throws IOException {
        Path svg = out.resolve("demo-misra1a.svg");
        Path png = out.resolve("demo-cancer.png");
        DemoData.Nist misra = nist.stream().filter(item -> item.problem().name().equals("Misra1a"))
                .findFirst().orElseThrow();
        CostPlot.write(Analysis.of(misra.problem().sumOfSquares(), misra.answers().get("start2").at()),
                "NIST Misra1a: residual sum of squares along steepest descent from start 2", svg);
        CostPlot.write(Analysis.of(cancer.objective(), cancer.answers().get("zero").at()),
                "Breast cancer: logistic loss along steepest descent from zero", png);
        print("%n5. Plots of the cost along steepest descent, with what gradient and Hessian predict:%n   %s%n   %s%n",
                svg, png);
    }

    private String check(boolean good) {
        passed &= good;
        return good ? "" : "   OFF";
    }

    private static void print(String format, Object... args) {
        System.out.printf(Locale.ROOT, format, args);
    }
}
