package hesse;

import static hesse.Functions.dot;
import static hesse.Functions.softplus;
import static hesse.Functions.square;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.matrix.SymmetricMatrix;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectiveTest {
    static final Objective ROSENBROCK = Objective.of(2, x -> {
        Expr a = x.get(0);
        Expr b = x.get(1);
        return square(b.minus(square(a))).times(100).plus(square(a.negate().plus(1)));
    });
    private static final double[] P = {-1.2, 1};

    private static String message(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }

    /** Deterministic rows of a logistic regression. */
    static Rows rows(int count, int width) {
        Random random = new Random(7);
        double[] x = new double[count * width];
        double[] y = new double[count];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextGaussian();
        }
        for (int i = 0; i < count; i++) {
            y[i] = random.nextInt(2);
        }
        return Rows.of(count).column("x", width, x).column("y", y);
    }

    static Objective logistic(Rows rows, int width) {
        return Objective.sum(width, rows, (beta, row) -> {
            Expr z = dot(width == 1 ? row.get("x").reshape(1) : row.get("x"), beta);
            return softplus(z).minus(row.get("y").times(z));
        });
    }

    @Test
    void rosenbrock() {
        assertEquals(24.2, ROSENBROCK.value(P), 1e-14);
        assertArrayEquals(new double[] {-215.6, -88}, ROSENBROCK.gradient(P), 1e-12);
        assertArrayEquals(new double[] {1330, 480, 200}, ROSENBROCK.hessian(P).toPacked(), 1e-12);
        assertArrayEquals(new double[] {1330 - 960, 480 - 400},
                ROSENBROCK.hessianVector(P, new double[] {1, -2}), 1e-12);
    }

    @Test
    void inPlaceCallsReturnTheValue() {
        double[] g = new double[2];
        SymmetricMatrix h = SymmetricMatrix.of(2);
        assertEquals(ROSENBROCK.value(P), ROSENBROCK.gradient(P, g));
        assertEquals(ROSENBROCK.value(P), ROSENBROCK.hessian(P, g, h));
        assertEquals(ROSENBROCK.value(P), ROSENBROCK.hessianVector(P, P.clone(), g));
    }

    /** The Hessian of many parameters is not written out but computed by directions; both ways must agree. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 31, 33, 100})
    void logisticHessian(int width) {
        Rows rows = rows(50, width);
        Objective f = logistic(rows, width);
        double[] beta = new double[width];
        for (int i = 0; i < width; i++) {
            beta[i] = Math.sin(i) / width;
        }
        SymmetricMatrix h = f.hessian(beta);
        double[][] expected = new double[width][width];
        VectorFunction z = VectorFunction.perRow(width, rows,
                (b, row) -> dot(width == 1 ? row.get("x").reshape(1) : row.get("x"), b));
        double[] zs = z.value(beta);
        for (int i = 0; i < zs.length; i++) {
            double p = 1 / (1 + Math.exp(-zs[i]));
            double[] x = z.jacobian(beta).toArray()[i];
            for (int a = 0; a < width; a++) {
                for (int b = 0; b < width; b++) {
                    expected[a][b] += p * (1 - p) * x[a] * x[b];
                }
            }
        }
        for (int a = 0; a < width; a++) {
            assertArrayEquals(expected[a], h.toArray()[a], 1e-12);
        }
    }

    @Test
    void largeBodiesByDirections() {
        int n = 300;
        Objective f = Objective.of(n, x -> Functions.sum(Functions.sin(x.slice(1, n).times(x.slice(0, n - 1))))
                .plus(Functions.square(x.sum())));
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = Math.cos(i);
        }
        SymmetricMatrix h = f.hessian(x);
        for (int j = 0; j < n; j += 37) {
            double[] unit = new double[n];
            unit[j] = 1;
            assertArrayEquals(h.multiply(unit), f.hessianVector(x, unit), 1e-12);
        }
        assertEquals(2 + Math.cos(x[3] * x[4]) - x[3] * x[4] * Math.sin(x[3] * x[4]), h.get(4, 3), 1e-13);
        assertEquals(2, h.get(200, 3), 1e-13);
    }

    @Test
    void sumsScalesAndOtherRows() {
        Rows rows = rows(100, 3);
        Objective loss = logistic(rows, 3);
        Objective ridge = Objective.of(3, b -> dot(b, b));
        Objective both = loss.plus(ridge.times(0.5)).times(2);
        double[] b = {0.3, -0.2, 0.9};
        assertEquals(2 * loss.value(b) + ridge.value(b), both.value(b), 1e-12);
        double[] g = both.gradient(b);
        double[] hv = both.hessianVector(b, new double[] {1, 0, 0});
        for (int i = 0; i < 3; i++) {
            assertEquals(2 * loss.gradient(b)[i] + 2 * b[i], g[i], 1e-12);
            assertEquals(2 * loss.hessian(b).get(i, 0) + (i == 0 ? 2 : 0), hv[i], 1e-12);
            assertEquals(both.hessian(b).get(i, 0), hv[i], 1e-12);
        }
        Objective half = both.on(rows.slice(0, 50));
        Objective rest = both.on(rows.slice(50, 100));
        assertEquals(both.value(b) + ridge.value(b), half.value(b) + rest.value(b), 1e-11);
        assertEquals(both.on(rows).value(b), both.value(b));
    }

    @Test
    void nanInDataPropagates() {
        double[] x = {1, Double.NaN, 3};
        Objective f = Objective.sum(1, Rows.of(3).column("x", x), (b, row) -> b.get(0).times(row.get("x")));
        assertEquals(Double.NaN, f.value(new double[] {1}));
        assertArrayEquals(new double[] {Double.NaN}, f.gradient(new double[] {1}));
        assertEquals(4, f.on(Rows.of(2).column("x", new double[] {1, 3})).value(new double[] {1}));
        assertEquals(Double.NaN, ROSENBROCK.value(new double[] {Double.NaN, 1}));
    }

    @Test
    void badInput() {
        assertEquals("the point has 3 entries, must have 2", message(() -> ROSENBROCK.value(new double[3])));
        assertEquals("the gradient array has 1 entries, must have 2",
                message(() -> ROSENBROCK.gradient(P, new double[1])));
        assertEquals("the Hessian has 3 rows, must have 2",
                message(() -> ROSENBROCK.hessian(P, new double[2], SymmetricMatrix.of(3))));
        assertEquals("the vector has 0 entries, must have 2",
                message(() -> ROSENBROCK.hessianVector(P, new double[0])));
        assertEquals("the result array is an argument array; they must be two",
                message(() -> ROSENBROCK.gradient(P, P)));
        assertEquals("a function of 0 parameters, there must be at least 1",
                message(() -> Objective.of(0, x -> x.sum())));
        assertEquals("an objective's body gives one value, this one has shape [2]",
                message(() -> Objective.of(2, x -> x)));
        assertEquals("the body returned null, it must return an expression", message(() -> Objective.of(2, x -> null)));
        assertEquals("functions of 2 and of 1 parameters do not add",
                message(() -> ROSENBROCK.plus(Objective.of(1, Expr::sum))));
        assertEquals("this function reads no rows", message(() -> ROSENBROCK.on(Rows.of(1))));
        assertEquals("rows is null; a function without rows is Objective.of",
                message(() -> Objective.sum(2, null, (x, row) -> x.sum())));
        assertEquals("the function reads rows of x (width 2), y (width 1); these have x (width 3), y (width 1)",
                message(() -> logistic(rows(5, 2), 2).on(rows(5, 3))));
        Objective large = Objective.of(100_000, Expr::sum);
        assertTrue(message(() -> large.hessian(new double[100_000])).contains("use hessianVector"));
    }

    @Test
    void settings() {
        Settings lanes = Settings.defaults().threads(1).tier(Tier.LANES);
        assertEquals(ROSENBROCK.value(P), ROSENBROCK.with(lanes).value(P));
        assertEquals(lanes, ROSENBROCK.with(lanes).settings());
        assertEquals(Settings.defaults(), ROSENBROCK.settings());
        assertEquals("threads is 0, must be at least 1", message(() -> Settings.defaults().threads(0)));
        assertTrue(message(() -> Settings.defaults().tier(null)).startsWith("tier is null"));
        Tier tier = Hesse.runtime().vectorModule() ? Tier.FUSED : Tier.SCALAR;
        assertEquals(tier, Hesse.runtime().tier());
        assertTrue(Hesse.runtime().toString().startsWith("tier " + tier.name().toLowerCase(Locale.ROOT)
                + " on JDK 25"));
    }
}
