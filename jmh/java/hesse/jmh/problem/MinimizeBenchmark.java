package hesse.jmh.problem;

import hesse.Expr;
import hesse.Functions;
import hesse.Objective;
import hesse.Rows;
import hesse.optimize.Method;
import hesse.optimize.Minimize;
import hesse.optimize.Minimum;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A whole minimisation: chained Rosenbrock of 1,000,000 parameters (to a gradient of 1e-6), a logistic regression of
 * 200,000 x 16 and one of the 569 rows of WDBC (30 standardised features, an intercept, a ridge; to 1e-9 of the cost).
 * Gradient descent stops after 100 steps on the first, far from there. {@code java -cp target/jmh/benchmarks.jar
 * hesse.jmh.problem.MinimizeBenchmark} prints steps and evaluations.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MinimizeBenchmark {
    private static final int PARAMETERS = 1_000_000;
    private static final int FEW_STEPS = 100;
    private static final double[] PATTERN = {1.3, 0.7, 0.8, 1.9, 1.2};
    private static final double RIDGE = 0.1;

    @Param({"rosenbrock1000000", "logistic200000x16", "wdbc"})
    private String problem;

    private Objective f;
    private double[] start;

    @Setup
    public void setUp() throws IOException {
        f = switch (problem) {
            case "rosenbrock1000000" -> chained(PARAMETERS);
            case "logistic200000x16" -> new Logistic("200000x16").objective;
            case "wdbc" -> wdbc();
            default -> throw new IllegalArgumentException(problem);
        };
        start = new double[f.n()];
        if (problem.startsWith("rosenbrock")) {
            Arrays.setAll(start, i -> PATTERN[i % PATTERN.length]);
        }
        if (!problem.startsWith("rosenbrock")) {
            Models.agree("minimum", lbfgs().value(), automatic().value());
        }
    }

    private static Objective chained(int n) {
        return Objective.of(n, x -> Functions.square(x.slice(1, n).minus(Functions.square(x.slice(0, n - 1))))
                .times(100).plus(Functions.square(x.slice(0, n - 1).negate().plus(1))).sum());
    }

    private static Objective wdbc() throws IOException {
        List<String[]> table;
        try (InputStream in = Objective.class.getResourceAsStream("/hesse/cli/demo/wdbc.csv")) {
            table = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1)
                    .map(line -> line.split(",")).toList();
        }
        int width = table.getFirst().length - 2;
        double[] x = new double[table.size() * width];
        double[] y = new double[table.size()];
        for (int r = 0; r < y.length; r++) {
            y[r] = table.get(r)[1].equals("M") ? 1 : 0;
            for (int c = 0; c < width; c++) {
                x[r * width + c] = Double.parseDouble(table.get(r)[c + 2]);
            }
        }
        for (int c = 0; c < width; c++) {
            standardise(x, c, width);
        }
        int n = width + 1;
        Objective loss = Objective.sum(n, Rows.of(y.length).column("x", width, x).column("y", y), (b, row) -> {
            Expr z = Functions.dot(row.get("x"), b.slice(0, n - 1)).plus(b.get(n - 1));
            return Functions.softplus(z).minus(row.get("y").times(z));
        });
        return loss.plus(Objective.of(n, b -> Functions.dot(b, b).times(0.5 * RIDGE)));
    }

    private static void standardise(double[] x, int column, int width) {
        int rows = x.length / width;
        double mean = 0;
        double square = 0;
        for (int r = 0; r < rows; r++) {
            mean += x[r * width + column] / rows;
        }
        for (int r = 0; r < rows; r++) {
            square += (x[r * width + column] - mean) * (x[r * width + column] - mean) / rows;
        }
        for (int r = 0; r < rows; r++) {
            x[r * width + column] = (x[r * width + column] - mean) / Math.sqrt(square);
        }
    }

    private Minimum by(Method method, int most) {
        return Minimize.of(f).from(start).method(method).explain(false)
                .gradientTolerance(problem.startsWith("rosenbrock") ? 1e-6 : 1e-9).maxIterations(most).run();
    }

    @Benchmark
    public Minimum automatic() {
        return by(Method.AUTO, 10_000);
    }

    @Benchmark
    public Minimum lbfgs() {
        return by(Method.LBFGS, 10_000);
    }

    @Benchmark
    public Minimum gradientDescent() {
        return by(Method.GRADIENT_BACKTRACKING, problem.startsWith("rosenbrock") ? FEW_STEPS : 10_000);
    }

    private static String lowerCase(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    public static void main(String[] args) throws IOException {
        for (String name : List.of("rosenbrock1000000", "logistic200000x16", "wdbc")) {
            MinimizeBenchmark benchmark = new MinimizeBenchmark();
            benchmark.problem = name;
            benchmark.setUp();
            for (Minimum result : List.of(benchmark.automatic(), benchmark.lbfgs(), benchmark.gradientDescent())) {
                System.out.printf("|%s|%s|%d|%s|%.10g|%s|%n", name, lowerCase(result.method()), result.steps().size(),
                        result.evaluations(), result.value(), lowerCase(result.ending()));
            }
        }
    }
}
