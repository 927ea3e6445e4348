package hesse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import hesse.plan.Derivative;
import hesse.plan.Regions;
import hesse.plan.Steps;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Programs as text, of six bodies from trace to regions: read {@code src/test/resources/hesse/programs} to see what
 * becomes of a function. Where a text has changed on purpose, take the new one from {@code target/programs}.
 */
class ProgramTextTest {
    private static void check(String name, Steps... stages) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Steps stage : stages) {
            assertNotNull(stage, name + " has no regions");
            text.append(text.isEmpty() ? "" : "\nby regions\n\n").append(stage);
        }
        Path actual = Files.createDirectories(Path.of("target/programs")).resolve(name + ".txt");
        Files.writeString(actual, text);
        try (InputStream in = ProgramTextTest.class.getResourceAsStream("programs/" + name + ".txt")) {
            String expected = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(expected, text.toString(), "see " + actual);
        }
    }

    private static Steps steps(Objective f, Derivative derivative) {
        return derivative.steps(f.programs().getFirst().body());
    }

    /** Numbers and constants at a point; negations move into constants, and all is one region. */
    @Test
    void rosenbrockGradient() throws IOException {
        Objective f = Objective.of(2, x -> {
            Expr a = x.get(0);
            Expr b = x.get(1);
            return Functions.square(b.minus(Functions.square(a))).times(100)
                    .plus(Functions.square(a.negate().plus(1)));
        });
        Steps gradient = steps(f, Derivative.GRADIENT);
        check("rosenbrock-gradient", gradient, Regions.ofPoint(gradient, 300));
    }

    /** Arrays at a point: a step is a loop over entries; sums of products are inner products. */
    @Test
    void arrayGradient() throws IOException {
        Objective f = Objective.of(100, v -> Functions.exp(v).times(Functions.sin(v)).sum());
        check("array-gradient", steps(f, Derivative.GRADIENT));
    }

    /** A linear form of a wide column: derivatives by one number, the column enters by a spread and a Gram product. */
    @Test
    void logisticHessian() throws IOException {
        Rows rows = Rows.of(10).column("x", 30, new double[300]).column("y", new double[10]);
        Objective f = Objective.sum(31, rows, (beta, row) -> {
            Expr z = Functions.dot(row.get("x"), beta.slice(0, 30)).plus(beta.get(30));
            return Functions.softplus(z).minus(row.get("y").times(z));
        });
        check("logistic-hessian", steps(f, Derivative.HESSIAN));
    }

    /** Residuals over rows: F'F, J'F and J'J in one pass, here over the regions that blocks of rows run. */
    @Test
    void leastSquaresGaussNewton() throws IOException {
        Rows rows = Rows.of(10).column("t", new double[10]).column("y", new double[10]);
        VectorFunction f = VectorFunction.perRow(2, rows, (b, row) ->
                b.get(0).times(Functions.exp(b.get(1).times(row.get("t")))).minus(row.get("y")));
        Steps program = Derivative.GAUSS_NEWTON.steps(f.program().body());
        check("least-squares-gauss-newton", program, Regions.ofRows(program, true, 100));
    }

    /** A net over rows: what a row adds to a matrix of weights is an outer product of two vectors. */
    @Test
    void netGradient() throws IOException {
        Rows rows = Rows.of(10).column("x", 6, new double[60]).column("y", new double[10]);
        Objective f = Objective.sum(35, rows, (p, row) -> {
            Expr hidden = Functions.tanh(row.get("x").matmul(p.slice(0, 30).reshape(6, 5)));
            return Functions.square(Functions.dot(hidden, p.slice(30, 35)).minus(row.get("y")));
        });
        check("net-gradient", steps(f, Derivative.GRADIENT));
    }

    /**
     * Too large to be written out entry by entry: a loop over unit vectors, each of which fills a row of a triangle.
     */
    @Test
    void hessianByDirections() throws IOException {
        double[] matrix = new Random(1).doubles(80 * 80).toArray();
        Objective f = Objective.of(80, v -> {
            Expr a = Expr.constant(matrix).reshape(80, 80);
            return Functions.tanh(a.matmul(v)).sum();
        });
        check("hessian-by-directions", steps(f, Derivative.HESSIAN));
    }
}
