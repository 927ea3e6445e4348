package hesse.optimize;

import static hesse.Functions.exp;
import static hesse.Functions.log;
import static hesse.Functions.pow;
import static hesse.Functions.sqrt;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.Expr;
import hesse.Rows;
import hesse.VectorFunction;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Fits that cannot leave their start, or a point on the way, say so and why, and do not claim to have converged. */
class StuckFitsTest {
    private static final double[] T = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

    private static VectorFunction residuals(int n, double[] y, BiFunction<Expr, Expr, Expr> model) {
        Rows rows = Rows.of(y.length).column("t", java.util.Arrays.copyOf(T, y.length)).column("y", y);
        return VectorFunction.perRow(n, rows, (b, row) -> row.get("y").minus(model.apply(b, row.get("t"))));
    }

    private static VectorFunction powerAndGrowth() {
        double[] y = java.util.Arrays.stream(T).map(t -> Math.sqrt(t) * Math.exp(t / 2)).toArray();
        return residuals(2, y, (b, t) -> pow(t, b.get(0)).times(exp(t.dividedBy(b.get(1)))));
    }

    private static VectorFunction sigmoid() {
        double[] y = java.util.Arrays.stream(T).map(t -> 1 / (1 + Math.exp(-(t - 5) / 0.7))).toArray();
        return residuals(2, y, (b, t) -> exp(t.minus(b.get(0)).dividedBy(b.get(1)).negate()).plus(1).reciprocal());
    }

    @Test
    void theEdgeOfTheDomain() {
        for (double[] start : new double[][] {{0, 1}, {1, 1}}) {
            Fit fit = LeastSquares.of(powerAndGrowth()).from(start).names(List.of("m", "c")).run();
            assertEquals(Ending.STUCK, fit.ending(), fit.message());
            assertTrue(fit.message().contains("leave the domain of the model, residual 1 is -Infinity at m = -"),
                    fit.message());
        }
        Fit never = LeastSquares.of(powerAndGrowth()).from(0, 1).names(List.of("m", "c")).run();
        assertTrue(never.message().startsWith("never moved from m = 0.0, c = 1.0"), never.message());
        Fit free = LeastSquares.of(powerAndGrowth()).from(1, 3).run();
        assertTrue(free.isConverged(), free.message());
        assertArrayEquals(new double[] {0.5, 2}, free.parameters(), 1e-12);
        Fit bounded = LeastSquares.of(powerAndGrowth()).from(1, 1).bounds(new double[] {0, 0.1}, new double[] {9, 9})
                .run();
        assertTrue(bounded.isConverged(), bounded.message());
        assertArrayEquals(new double[] {0.5, 2}, bounded.parameters(), 1e-12);
    }

    /** The same by logarithms, square roots and reciprocals: the best parameter lies outside the domain. */
    @Test
    void neighboursOfTheEdge() {
        double[] y = {-9, -8.5, -8, -9, -10};
        List<BiFunction<Expr, Expr, Expr>> models = List.of(
                (b, t) -> sqrt(b.get(0)).plus(t.times(0.1)),
                (b, t) -> b.get(0).times(sqrt(b.get(0))).plus(1),
                (b, t) -> sqrt(b.get(0).minus(t.times(0.01))).times(2));
        for (BiFunction<Expr, Expr, Expr> model : models) {
            Fit fit = LeastSquares.of(residuals(1, y, model)).from(1).run();
            assertFalse(fit.isConverged() && fit.sumOfSquares() > 1 && fit.deficiency() == null
                    && fit.standardErrors()[0] == 0, fit.message());
            assertEquals(Ending.STUCK, fit.ending(), fit.parameters()[0] + " " + fit.message());
        }
    }

    @Test
    void flatStarts() {
        for (double[] start : new double[][] {{100, 0.5}, {-60, 0.2}, {-100, 0.1}, {60, 0.1}}) {
            Fit fit = LeastSquares.of(sigmoid()).from(start).names(List.of("c", "k")).run();
            assertEquals(Ending.STUCK, fit.ending(),
                    fit.parameters()[0] + " " + fit.parameters()[1] + " " + fit.message());
            assertTrue(fit.message().contains("c = "), fit.message());
        }
        Fit near = LeastSquares.of(sigmoid()).from(4, 1).run();
        assertTrue(near.isConverged(), near.message());
        assertArrayEquals(new double[] {5, 0.7}, near.parameters(), 1e-12);
        Fit peak = LeastSquares.of(
                residuals(1, new double[] {0, 0, 0.1, 0.9, 0.1}, (b, t) -> exp(t.minus(b.get(0)).square().negate())))
                .from(1e3).run();
        assertEquals(Ending.STUCK, peak.ending(), peak.message());
    }

    @Test
    void notFiniteAtTheStart() {
        Fit fit = LeastSquares.of(powerAndGrowth()).from(0, 0).names(List.of("m", "c")).run();
        assertEquals(Ending.NOT_FINITE, fit.ending());
        assertTrue(fit.message().contains("residual 1 is NaN at the start, m = 0.0, c = 0.0"), fit.message());
        assertEquals(null, fit.deficiency());
        assertTrue(Double.isNaN(fit.standardErrors()[0]));
        Fit slope = LeastSquares.of(residuals(1, new double[] {1, 2}, (b, t) -> sqrt(b.get(0)).plus(t))).from(0).run();
        assertEquals(Ending.NOT_FINITE, slope.ending());
        assertTrue(slope.message().contains("the derivative of residual 1 by b1 is -Infinity"), slope.message());
    }

    /** The last step to a minimum next to the edge is no reason to call a fit stuck. */
    @Test
    void minimaNextToTheEdge() {
        Fit fit = LeastSquares.of(residuals(1, new double[] {-20, -20.5, -19.5}, (b, t) -> log(b.get(0)))).from(1)
                .run();
        assertTrue(fit.isConverged(), fit.message());
        assertEquals(-20, Math.log(fit.parameters()[0]), 1e-12);
    }
}
