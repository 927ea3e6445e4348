package hesse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Properties that tie every derivative of random bodies to the others and to differences of the value. */
class RandomBodyTest {
    private static final int STEPS = 30;

    private static double[] point(long seed, int n) {
        Random random = new Random(~seed);
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextGaussian();
        }
        return x;
    }

    private static void assertClose(String what, double[] actual, double[] expected, double tolerance) {
        double scale = 1;
        for (double entry : expected) {
            scale = Math.max(scale, Math.abs(entry));
        }
        for (int i = 0; i < expected.length; i++) {
            boolean same = Double.compare(actual[i], expected[i]) == 0;
            assertTrue(same || Math.abs(actual[i] - expected[i]) <= tolerance * scale,
                    what + " [" + i + "]: " + actual[i] + " expected " + expected[i]);
        }
    }

    @Property(tries = 400, seed = "20261120")
    void derivativesAgree(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int n) {
        Objective f = Objective.of(n, new RandomBody(seed, STEPS));
        double[] x = point(seed, n);
        double[] g = new double[n];
        double[] again = new double[n];
        SymmetricMatrix h = SymmetricMatrix.of(n);
        double value = f.value(x);
        assertEquals(value, f.gradient(x, g), "value and gradient(), seed " + seed);
        assertEquals(value, f.hessian(x, again, h), "value and hessian(), seed " + seed);
        assertClose("gradient of hessian(), seed " + seed, again, g, 1e-11);
        double[] v = point(seed + 1, n);
        double[] hv = f.hessianVector(x, v);
        assertClose("H v, seed " + seed, hv, h.multiply(v), 1e-10);
        VectorFunction same = VectorFunction.of(n, new RandomBody(seed, STEPS));
        assertClose("reverse Jacobian, seed " + seed, same.jacobian(x).data(), g, 1e-11);
        double slope = 0;
        for (int i = 0; i < n; i++) {
            slope += g[i] * v[i];
        }
        assertClose("forward, seed " + seed, same.jacobianVector(x, v), new double[] {slope}, 1e-10);
        assertClose("J'u, seed " + seed, same.transposedJacobianVector(x, new double[] {1}), g, 1e-11);
    }

    @Property(tries = 200, seed = "20261120")
    void gradientIsTheSlopeOfTheValue(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int n) {
        Objective f = Objective.of(n, new RandomBody(seed, STEPS));
        double[] x = point(seed, n);
        double[] g = f.gradient(x);
        for (int i = 0; i < n; i++) {
            double best = Double.POSITIVE_INFINITY;
            for (double step : new double[] {1e-4, 1e-5, 1e-6, 1e-7}) {
                double[] up = x.clone();
                double[] down = x.clone();
                up[i] += step;
                down[i] -= step;
                best = Math.min(best, Math.abs((f.value(up) - f.value(down)) / (2 * step) - g[i]));
            }
            assertTrue(best <= 1e-4 * Math.max(1, Math.abs(g[i])), "difference off by " + best + " of " + g[i]
                    + ", seed " + seed);
        }
    }

    @Property(tries = 60, seed = "20261120")
    void sumsOverRowsAreSumsOfRows(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int count) {
        int n = 3;
        double[] wide = point(seed + 7, 2 * count);
        double[] narrow = point(seed + 8, count);
        Rows rows = Rows.of(count).column("w", 2, wide).column("s", narrow);
        Objective sum = Objective.sum(n, rows,
                (x, row) -> new RandomBody(seed, 15).build(List.of(x, row.get("w"), row.get("s"))));
        VectorFunction each = VectorFunction.perRow(n, rows,
                (x, row) -> new RandomBody(seed, 15).build(List.of(x, row.get("w"), row.get("s"))));
        double[] x = point(seed, n);
        double[] values = each.value(x);
        double[] lanes = new double[8];
        for (int i = 0; i < count; i++) {
            lanes[i % 8] += values[i];
            double[] w = {wide[2 * i], wide[2 * i + 1]};
            double s = narrow[i];
            Objective one = Objective.of(n,
                    p -> new RandomBody(seed, 15).build(List.of(p, Expr.constant(w), Expr.constant(s))));
            assertEquals(one.value(x), values[i], "row " + i + ", seed " + seed);
        }
        double expected = ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6]))
                + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
        assertEquals(expected, sum.value(x), "fold of 8, seed " + seed);
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        assertClose("J'1, seed " + seed, each.transposedJacobianVector(x, ones), sum.gradient(x), 1e-11);
        double[] v = point(seed + 1, n);
        assertClose("H v, seed " + seed, sum.hessianVector(x, v), sum.hessian(x).multiply(v), 1e-10);
        assertClose("J v, seed " + seed, each.jacobianVector(x, v), each.jacobian(x).multiply(v), 1e-10);
        assertArrayEquals(sum.gradient(x), sum.gradient(x));
    }
}
