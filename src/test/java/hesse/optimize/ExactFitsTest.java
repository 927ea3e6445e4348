package hesse.optimize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.Functions;
import hesse.Rows;
import hesse.VectorFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fits of data without errors end converged, at rounding, and no verdict or digit depends on units. */
class ExactFitsTest {
    private static final long SEED = 1;
    private static final int COUNT = 120;

    @Test
    void exactDataConverge() {
        List<String> failed = new ArrayList<>();
        for (LeastSquares.Method method : LeastSquares.Method.values()) {
            for (int i = 0; i < COUNT; i++) {
                ExactProblem problem = ExactProblem.of(SEED, i);
                Fit fit = LeastSquares.of(problem.residuals()).from(problem.start()).method(method).run();
                boolean isExact = Math.sqrt(fit.sumOfSquares()) <= 1e-13 * problem.size();
                if (!isExact || !fit.isConverged() || fit.evaluations().values() > 60) {
                    failed.add(method + " " + problem.name() + ": " + fit.ending() + ", " + fit.message() + ", "
                            + fit.evaluations());
                }
            }
        }
        assertEquals(List.of(), failed);
    }

    /** A fit that begins where another ended says so without a walk, if the data determined all parameters. */
    @Test
    void restartsConvergeAtOnce() {
        List<String> failed = new ArrayList<>();
        for (double noise : new double[] {0, 0.03}) {
            for (int i = 0; i < COUNT; i++) {
                ExactProblem problem = ExactProblem.of(SEED, i, 0, 0, noise);
                Fit first = LeastSquares.of(problem.residuals()).from(problem.start()).run();
                Fit again = LeastSquares.of(problem.residuals()).from(first.parameters()).run();
                if (first.isConverged() && first.deficiency() == null
                        && (!again.isConverged() || again.steps().size() > 2)) {
                    failed.add(problem.name() + ", noise " + noise + ": " + again.ending() + " after "
                            + again.steps().size() + " steps");
                }
            }
        }
        assertEquals(List.of(), failed);
    }

    /** Powers of two of the response's unit and of the parameters': the same steps, points and errors bit for bit. */
    @Test
    void unitsDoNotMatter() {
        for (double noise : new double[] {0, 0.03}) {
            for (int i = 0; i < 45; i++) {
                ExactProblem plain = ExactProblem.of(SEED, i, 0, 0, noise);
                Fit expected = LeastSquares.of(plain.residuals()).from(plain.start()).run();
                for (int[] units : new int[][] {{40, 0}, {-40, 0}, {0, 40}, {0, -40}, {40, -40}}) {
                    ExactProblem problem = ExactProblem.of(SEED, i, units[0], units[1], noise);
                    Fit fit = LeastSquares.of(problem.residuals()).from(problem.start()).run();
                    String name = problem.name() + " " + Arrays.toString(units);
                    assertEquals(expected.ending(), fit.ending(), name);
                    assertEquals(expected.steps().size(), fit.steps().size(), name);
                    assertArrayEquals(expected.parameters(), scaled(fit.parameters(), units[1]), name);
                    assertArrayEquals(expected.standardErrors(), scaled(fit.standardErrors(), units[1]), name);
                    assertEquals(expected.sumOfSquares(), Math.scalb(fit.sumOfSquares(), -2 * units[0]), name);
                }
            }
        }
    }

    private static double[] scaled(double[] v, int exponent) {
        return Arrays.stream(v).map(entry -> Math.scalb(entry, exponent)).toArray();
    }

    /** Residuals whose squares overflow or underflow. */
    @Test
    void dataOfAnySize() {
        double[] t = {0, 1, 2, 3, 4};
        for (int exponent : new int[] {-900, -600, 600, 900}) {
            double unit = Math.scalb(1.0, exponent);
            double[] y = Arrays.stream(t).map(entry -> (3 * entry + 1 + 0.1 * (entry % 2)) * unit).toArray();
            VectorFunction residuals = VectorFunction.perRow(2, Rows.of(5).column("t", t).column("y", y),
                    (b, row) -> row.get("y").minus(b.get(0).plus(b.get(1).times(row.get("t")))));
            Fit fit = LeastSquares.of(residuals).from(unit, unit).run();
            assertTrue(fit.isConverged(), fit.message());
            assertArrayEquals(new double[] {1.04, 3}, scaled(fit.parameters(), -exponent), 1e-13);
        }
    }

    /** A linear problem from 0, or from next to it, takes no walk, whatever the size of its data. */
    @Test
    void linearProblemsStartQuickly() {
        double[] t = {.1, .4, .7, 1, 1.2};
        double[] y = {5e-6, 5.4e-6, 6.5e-6, 9.3e-6, 1.4e-5};
        VectorFunction residuals = VectorFunction.perRow(2, Rows.of(5).column("t", t).column("y", y),
                (b, row) -> b.get(0).dividedBy(Functions.cos(row.get("t"))).plus(b.get(1)).minus(row.get("y"))
                .dividedBy(1e-8));
        for (double start : new double[] {0, 1e-30, 1e-20, 1e-9}) {
            Fit fit = LeastSquares.of(residuals).from(start, start).run();
            assertTrue(fit.isConverged(), fit.message());
            assertTrue(fit.steps().size() <= (start == 0 ? 3 : 45), start + ": " + fit.steps().size());
        }
    }
}
