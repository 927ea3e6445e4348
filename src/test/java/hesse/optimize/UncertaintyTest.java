package hesse.optimize;

import static hesse.Functions.exp;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.Expr;
import hesse.Rows;
import hesse.VectorFunction;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** What the data leave open is infinite and named, what they determine keeps its error, what is held has none. */
class UncertaintyTest {
    private static final double INFINITE = Double.POSITIVE_INFINITY;
    private static final double[] T = new double[20];
    private static final double[] DECAY = new double[20];

    static {
        Random random = new Random(1);
        Arrays.setAll(T, i -> 0.3 * i);
        Arrays.setAll(DECAY, i -> 3 * Math.exp(-0.8 * T[i]) + 1.5 + 0.05 * random.nextGaussian());
    }

    private static LeastSquares fit(int n, BiFunction<Expr, Expr, Expr> model) {
        Rows rows = Rows.of(T.length).column("t", T).column("y", DECAY);
        return LeastSquares.of(
                VectorFunction.perRow(n, rows, (b, row) -> row.get("y").minus(model.apply(b, row.get("t")))));
    }

    private static Fit decay() {
        return fit(3, (b, t) -> b.get(0).times(exp(b.get(1).times(t).negate())).plus(b.get(2))).from(1, 1, 0).run();
    }

    private static void assertErrors(double[] expected, Fit fit) {
        double[] errors = fit.standardErrors();
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], errors[i], Double.isFinite(expected[i]) ? 1e-6 * expected[i] : 0,
                    fit.deficiency() + " " + Arrays.toString(errors));
        }
    }

    /** Redundant and unused parameters change nothing for the others, degrees of freedom included. */
    @Test
    void openParameters() {
        double[] known = decay().standardErrors();
        Fit sum = fit(4, (b, t) -> b.get(0).times(exp(b.get(1).times(t).negate())).plus(b.get(2)).plus(b.get(3)))
                .names(List.of("a", "b", "c", "d")).from(1, 1, 0, 0).run();
        assertErrors(new double[] {known[0], known[1], INFINITE, INFINITE}, sum);
        assertEquals("1.000 c - 1.000 d", sum.deficiency());
        assertEquals(17, sum.degreesOfFreedom());
        assertEquals(-INFINITE, sum.covariance().get(3, 2));
        assertEquals(decay().covariance().get(1, 0), sum.covariance().get(1, 0), 1e-9);
        Fit unused = fit(4, (b, t) -> b.get(0).times(exp(b.get(1).times(t).negate())).plus(b.get(2)))
                .names(List.of("a", "b", "c", "u")).from(1, 1, 0, 0.5).run();
        assertErrors(new double[] {known[0], known[1], known[2], INFINITE}, unused);
        assertEquals("u", unused.deficiency());
        assertEquals(0.5, unused.parameters()[3]);
        Fit product = fit(4, (b, t) -> b.get(0).times(b.get(3)).times(exp(b.get(1).times(t).negate())).plus(b.get(2)))
                .from(1, 1, 0, 2).run();
        assertErrors(new double[] {INFINITE, known[1], known[2], INFINITE}, product);
        Fit amplitude = fit(4, (b, t) -> exp(b.get(0).minus(b.get(1).times(t)).plus(b.get(3))).plus(b.get(2)))
                .from(0, 1, 0, 0).run();
        assertErrors(new double[] {INFINITE, known[1], known[2], INFINITE}, amplitude);
        Fit three = fit(5, (b, t) -> b.get(0).times(exp(b.get(1).times(t).negate())).plus(b.get(2))
                .plus(b.get(3).times(1e-9)).plus(b.get(4).times(0)))
                .names(List.of("a", "b", "c", "d", "u")).from(1, 1, 0, 0, 7).run();
        assertErrors(new double[] {known[0], known[1], INFINITE, INFINITE, INFINITE}, three);
        assertEquals("u; 1.000e-09 c - 1.000 d", three.deficiency());
    }

    /** Units of parameters do not decide what is open. */
    @Test
    void unitsOfParameters() {
        double[] known = decay().standardErrors();
        Fit fit = fit(4, (b, t) -> b.get(0).times(1e-12).times(exp(b.get(1).times(1e9).times(t).negate()))
                .plus(b.get(2).times(1e20)).plus(b.get(3).times(1e-15)))
                .from(1e12, 1e-9, 0, 0).run();
        assertErrors(new double[] {1e12 * known[0], 1e-9 * known[1], INFINITE, INFINITE}, fit);
        Fit determined = fit(
                3, (b, t) -> b.get(0).times(1e-15).times(exp(b.get(1).times(t).negate())).plus(b.get(2).times(1e15)))
                .from(1e15, 1, 0).run();
        assertNull(determined.deficiency());
        assertErrors(new double[] {1e15 * known[0], known[1], 1e-15 * known[2]}, determined);
    }

    /** A logistic curve between two rows: its place and slope are open, its height is not (as in scipy/scipy#5980). */
    @Test
    void aStep() {
        double[] y = {.02, -.05, .07, .01, -.02, .8, .83, .77, .9, .7};
        Rows rows = Rows.of(10).column("t", new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}).column("y", y);
        Fit fit = LeastSquares.of(VectorFunction.perRow(3, rows, (b, row) -> row.get("y")
                .minus(b.get(0).dividedBy(exp(b.get(1).plus(b.get(2).times(row.get("t"))).negate()).plus(1)))))
                .names(List.of("b", "c", "d")).from(.5, .5, .5).run();
        assertEquals(0.8, fit.parameters()[0], 0.01);
        assertTrue(fit.standardErrors()[0] < 0.1, Arrays.toString(fit.standardErrors()));
        assertTrue(fit.standardErrors()[1] > 100 && fit.standardErrors()[2] > 100,
                Arrays.toString(fit.standardErrors()));
    }

    @Test
    void heldParametersHaveNoError() {
        Fit bound = fit(3, (b, t) -> b.get(0).times(exp(b.get(1).times(t).negate())).plus(b.get(2)))
                .bounds(new double[] {0, 0, 2}, new double[] {9, 9, 9}).from(1, 1, 3).run();
        assertEquals(2, bound.parameters()[2]);
        assertTrue(Double.isNaN(bound.standardErrors()[2]) && Double.isNaN(bound.confidence(0.95)[2]));
        assertEquals(18, bound.degreesOfFreedom());
        Fit without = fit(2, (b, t) -> b.get(0).times(exp(b.get(1).times(t).negate())).plus(2)).from(1, 1).run();
        assertErrors(without.standardErrors(), bound);
        Fit fixed = fit(3, (b, t) -> b.get(0).times(exp(b.get(1).times(t).negate())).plus(b.get(2)))
                .bounds(new double[] {0, 0, 2}, new double[] {9, 9, 2}).from(1, 1, 2).run();
        assertErrors(without.standardErrors(), fixed);
        Fit all = fit(1, (b, t) -> b.get(0).times(t)).bounds(new double[] {1}, new double[] {1}).from(1).run();
        assertTrue(all.isConverged() && Double.isNaN(all.standardErrors()[0]), all.message());
        assertEquals(20, all.degreesOfFreedom());
    }

    @Test
    void fewerRowsThanParameters() {
        Rows rows = Rows.of(2).column("t", new double[] {1, 2}).column("y", new double[] {3, 5});
        Fit fit = LeastSquares.of(VectorFunction.perRow(3, rows, (b, row) -> row.get("y")
                .minus(b.get(0).plus(b.get(1).times(row.get("t"))).plus(b.get(2).times(row.get("t").square())))))
                .from(0, 0, 0).run();
        assertTrue(fit.isConverged(), fit.message());
        assertEquals(0, fit.degreesOfFreedom());
        assertErrors(new double[] {INFINITE, INFINITE, INFINITE}, fit);
    }

    /** Where the scale is far above the residuals a robust loss is least squares, errors included. */
    @Test
    void aRobustLossOfLargeScaleIsLeastSquares() {
        for (Loss loss : Loss.values()) {
            Fit fit = fit(3, (b, t) -> b.get(0).times(exp(b.get(1).times(t).negate())).plus(b.get(2))).loss(loss, 1e4)
                    .from(1, 1, 0).run();
            assertArrayEquals(decay().standardErrors(), fit.standardErrors(), 1e-7, loss.name());
        }
    }

    /** Degrees of freedom between whole ones. */
    @Test
    void studentsTOfAnyDegrees() {
        assertTrue(StudentT.quantile(0.975, 2.5) < StudentT.quantile(0.975, 2)
                && StudentT.quantile(0.975, 2.5) > StudentT.quantile(0.975, 3));
        assertTrue(Double.isNaN(StudentT.quantile(0.975, 0)));
    }

    @Test
    void badNames() {
        assertThrows(IllegalArgumentException.class, () -> fit(2, (b, t) -> b.get(0)).names(List.of("a")));
    }
}
