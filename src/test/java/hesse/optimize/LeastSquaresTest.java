package hesse.optimize;

import static hesse.Functions.exp;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.Expr;
import hesse.Objective;
import hesse.Rows;
import hesse.VectorFunction;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleValueChecker;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {
    private static final double[] T = {0, 1, 2, 3, 4, 5, 6, 7};
    private static final double[] LINE = {1.1, 2.9, 5.2, 6.8, 9.1, 11.2, 12.8, 15.1};

    private static VectorFunction line(double[] y) {
        Rows rows = Rows.of(y.length).column("t", T).column("y", y);
        return VectorFunction.perRow(2, rows,
                (b, row) -> row.get("y").minus(b.get(0).plus(b.get(1).times(row.get("t")))));
    }

    /** Against the textbook's formulas of a straight line. */
    @Test
    void aLineAndItsErrors() {
        for (LeastSquares.Method method : LeastSquares.Method.values()) {
            Fit fit = LeastSquares.of(line(LINE)).from(0, 0).method(method).run();
            assertTrue(fit.isConverged(), fit.message());
            double slope = 0;
            double mean = 8.025;
            for (int i = 0; i < 8; i++) {
                slope += (T[i] - 3.5) * (LINE[i] - mean) / 42;
            }
            assertArrayEquals(new double[] {mean - 3.5 * slope, slope}, fit.parameters(), 1e-12);
            double deviation = Math.sqrt(fit.sumOfSquares() / 6);
            assertEquals(deviation, fit.residualDeviation(), 1e-14);
            assertEquals(deviation / Math.sqrt(42), fit.standardErrors()[1], 1e-13);
            assertEquals(2.4469118511449692 * fit.standardErrors()[1], fit.confidence(0.95)[1], 1e-12,
                    "t of 6 degrees of freedom");
            assertNull(fit.deficiency());
        }
    }

    @Test
    void studentsT() {
        assertEquals(12.706204736174694, StudentT.quantile(0.975, 1), 1e-10);
        assertEquals(4.302652729749462, StudentT.quantile(0.975, 2), 1e-11);
        assertEquals(1.9839715185235518, StudentT.quantile(0.975, 100), 1e-11);
        assertEquals(2.364624251592784, StudentT.quantile(0.975, 7), 1e-11);
    }

    @Test
    void robustLossesIgnoreAnOutlier() {
        double[] spoilt = LINE.clone();
        spoilt[6] = 100;
        double clean = LeastSquares.of(line(LINE)).from(0, 0).run().parameters()[1];
        double square = LeastSquares.of(line(spoilt)).from(0, 0).run().parameters()[1];
        for (Loss loss : new Loss[] {Loss.HUBER, Loss.CAUCHY, Loss.SOFT_L1}) {
            Fit fit = LeastSquares.of(line(spoilt)).from(0, 1).loss(loss, 0.3).run();
            assertTrue(fit.isConverged(), loss + ": " + fit.message());
            assertTrue(Math.abs(fit.parameters()[1] - clean) < 0.1 * Math.abs(square - clean),
                    loss + ": " + fit.parameters()[1] + ", clean " + clean);
        }
    }

    /** The gradient of the robust cost vanishes: checked through the objective that says the same. */
    @Test
    void robustFitsAreStationary() {
        Rows rows = Rows.of(8).column("t", T).column("y", LINE);
        Objective cauchy = Objective.sum(2, rows,
                (b, row) -> hesse.Functions.log1p(
                row.get("y").minus(b.get(0).plus(b.get(1).times(row.get("t")))).dividedBy(0.1).square()));
        Fit fit = LeastSquares.of(line(LINE)).from(1, 2).loss(Loss.CAUCHY, 0.1).run();
        assertArrayEquals(new double[2], cauchy.gradient(fit.parameters()), 1e-5);
    }

    @Test
    void bounds() {
        Fit fit = LeastSquares.of(line(LINE)).from(0, 0).bounds(new double[] {2, -9}, new double[] {9, 9}).run();
        assertTrue(fit.isConverged(), fit.message());
        assertEquals(2, fit.parameters()[0]);
        double slope = 0;
        double squares = 0;
        for (int i = 0; i < 8; i++) {
            slope += T[i] * (LINE[i] - 2);
            squares += T[i] * T[i];
        }
        assertEquals(slope / squares, fit.parameters()[1], 1e-10);
    }

    @Test
    void rankDeficiencyNamesTheCombination() {
        Rows rows = Rows.of(8).column("t", T).column("y", LINE);
        Fit fit = LeastSquares.of(
                VectorFunction.perRow(3, rows, (b, row) ->
                row.get("y").minus(b.get(0).plus(b.get(1)).plus(b.get(2).times(row.get("t")))))).from(0, 0, 0).run();
        assertTrue(fit.isConverged(), fit.message());
        assertNotNull(fit.deficiency());
        assertTrue(fit.deficiency().equals("1.000 b1 - 1.000 b2") || fit.deficiency().equals("-1.000 b1 + 1.000 b2"),
                fit.deficiency());
    }

    @Test
    void endingsAndBadInput() {
        VectorFunction valley = VectorFunction.of(2,
                x -> Expr.stack(x.get(1).minus(x.get(0).square()).times(10), x.get(0).negate().plus(1)));
        Fit limited = LeastSquares.of(valley).from(-1.2, 1).maxIterations(2).run();
        assertEquals(Ending.ITERATION_LIMIT, limited.ending());
        Fit brief = LeastSquares.of(valley).from(-1.2, 1).maxEvaluations(9).run();
        assertEquals(Ending.EVALUATION_LIMIT, brief.ending());
        assertEquals(9, brief.evaluations().total());
        assertTrue(brief.sumOfSquares() < limited.sumOfSquares(), "the last point that was accepted is returned");
        Fit cancelled = LeastSquares.of(line(LINE)).from(0, 0).listener(step -> false).run();
        assertEquals(Ending.CANCELLED, cancelled.ending());
        Fit not = LeastSquares.of(VectorFunction.of(1, x -> hesse.Functions.log(x.get(0)))).from(-1).run();
        assertEquals(Ending.NOT_FINITE, not.ending());
        assertThrows(IllegalArgumentException.class, () -> LeastSquares.of(line(LINE)).from(1));
        assertThrows(IllegalArgumentException.class, () -> LeastSquares.of(line(LINE)).loss(Loss.HUBER, 0));
        assertThrows(IllegalStateException.class, () -> LeastSquares.of(line(LINE)).run());
        assertThrows(IllegalArgumentException.class, () -> limited.confidence(1));
    }

    @Test
    void hipparchusTakesHesse() {
        Rows rows = Rows.of(8).column("t", T).column("y", new double[] {2, 1.3, .8, .55, .35, .2, .14, .09});
        VectorFunction residuals = VectorFunction.perRow(
                2, rows, (b, row) -> b.get(0).times(exp(b.get(1).times(row.get("t")))).minus(row.get("y")));
        LeastSquaresOptimizer.Optimum theirs = new LevenbergMarquardtOptimizer()
                .optimize(new LeastSquaresBuilder().start(new double[] {1, 0})
                .model(Hipparchus.model(residuals)).target(new double[8]).maxEvaluations(1000).maxIterations(1000)
                .build());
        assertArrayEquals(LeastSquares.of(residuals).from(1, 0).run().parameters(), theirs.getPoint().toArray(), 1e-7);
        Objective bowl = Objective.of(2, x -> x.get(0).minus(1).square().plus(x.get(1).plus(2).square().times(3)));
        double[] x = new NonLinearConjugateGradientOptimizer(
                NonLinearConjugateGradientOptimizer.Formula.POLAK_RIBIERE, new SimpleValueChecker(1e-12, 1e-12))
                .optimize(new MaxEval(1000), new InitialGuess(new double[2]), GoalType.MINIMIZE, Hipparchus.cost(bowl),
                Hipparchus.gradient(bowl)).getPoint();
        assertArrayEquals(new double[] {1, -2}, x, 1e-5);
    }
}
