package hesse.curvature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.Expr;
import hesse.Functions;
import hesse.Objective;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurvatureTest {
    private static Curvature of(Function<Expr, Expr> body, double... x) {
        return Curvature.of(Objective.of(x.length, body), x);
    }

    private static Expr rosenbrock(Expr x) {
        return x.get(1).minus(x.get(0).square()).square().times(100).plus(x.get(0).negate().plus(1).square());
    }

    @Test
    void classifications() {
        assertEquals(Classification.REGULAR, of(CurvatureTest::rosenbrock, -1.2, 1).classification());
        assertEquals(Classification.MINIMUM, of(CurvatureTest::rosenbrock, 1, 1).classification());
        assertEquals(Classification.MINIMUM, of(CurvatureTest::rosenbrock, 1 + 1e-9, 1 + 2e-9).classification());
        assertEquals(Classification.REGULAR, of(CurvatureTest::rosenbrock, 1 + 1e-3, 1).classification());
        assertEquals(Classification.MAXIMUM,
                of(x -> Functions.cos(x.get(0)).plus(Functions.cos(x.get(1))), 0, 0).classification());
        assertEquals(Classification.SADDLE, of(x -> x.get(0).times(x.get(1)), 0, 0).classification());
        assertEquals(Classification.SADDLE,
                of(x -> x.get(0).square().minus(x.get(1).square()).plus(x.get(2).pow(4)), 0, 0, 0).classification());
        assertEquals(Classification.DEGENERATE, of(x -> x.get(0).pow(4), 0).classification());
        assertEquals(Classification.DEGENERATE, of(x -> x.get(0).plus(x.get(1)).square(), 1, -1).classification());
        assertEquals(Classification.REGULAR, of(x -> x.get(0).times(3), 5).classification());
        assertEquals(Classification.DEGENERATE, of(x -> Expr.constant(3), 5).classification());
        assertEquals(Classification.NOT_FINITE, of(x -> Functions.log(x.get(0)), -1).classification());
        assertEquals(Classification.NOT_FINITE, of(x -> Functions.sqrt(x.get(0)), 0).classification());
    }

    /** Another unit for cost or parameters changes no verdict. */
    @ParameterizedTest
    @CsvSource({"1,1,1", "1e-30,1,1", "1e30,1,1", "1,1e9,1", "1,1,1e-12", "1e12,1e-7,1e9", "-1,1,1e8"})
    void verdictsAreScaleFree(double cost, double first, double second) {
        Function<Expr, Expr> f = x -> rosenbrock(Expr.stack(x.get(0).times(first), x.get(1).times(second))).plus(5)
                .times(cost);
        Curvature solution = of(f, 1 / first, 1 / second);
        assertEquals(cost > 0 ? Classification.MINIMUM : Classification.MAXIMUM, solution.classification());
        assertEquals(cost > 0 ? new Inertia(2, 0, 0) : new Inertia(0, 0, 2), solution.inertia());
        Curvature start = of(f, -1.2 / first, 1 / second);
        assertEquals(Classification.REGULAR, start.classification());
        Curvature saddle = of(x -> x.get(0).times(first).times(x.get(1).times(second)).plus(7).times(cost), 0, 0);
        assertEquals(Classification.SADDLE, saddle.classification());
        assertEquals(new Inertia(1, 0, 1), saddle.inertia());
    }

    @Test
    void directions() {
        Curvature saddle = of(x -> x.get(0).square().minus(x.get(1).square()), 1, 1);
        assertEquals(new Direction(2, 2, Direction.Kind.POSITIVE), saddle.along(new double[] {1, 0}));
        assertEquals(new Direction(-2, -2, Direction.Kind.NEGATIVE), saddle.along(new double[] {0, 1}));
        assertEquals(new Direction(0, 0, Direction.Kind.ZERO), saddle.along(new double[] {1, 1}));
        assertEquals(Direction.Kind.ZERO, of(x -> x.get(0).times(3), 1).along(new double[] {1}).kind());
        assertThrows(IllegalArgumentException.class, () -> saddle.along(new double[] {1}));
    }

    @Test
    void predictionsOfAQuadraticAreExact() {
        Curvature bowl = of(x -> x.get(0).square().times(2).plus(x.get(1).square()), 1, 2);
        Prediction step = bowl.predict(new double[] {-0.5, -1});
        assertEquals(2 + 4, step.linear());
        assertEquals(6 - 0.5 - 1, step.quadratic());
        assertEquals(step.quadratic(), step.actual());
        assertEquals(1, step.ratio());
    }

    @Test
    void stepsAlongTheGradient() {
        Curvature r = of(CurvatureTest::rosenbrock, -1.2, 1);
        double[] g = r.gradient();
        assertEquals((g[0] * g[0] + g[1] * g[1]) / r.hessian().quadraticForm(g), r.bestStep(), 1e-18);
        assertEquals(2 / r.eigenvalues()[1], r.largestStableStep());
        assertEquals(r.eigenvalues()[1], r.spectralRadius());
        assertEquals(r.eigenvalues()[1] / r.eigenvalues()[0], r.conditionNumber(), 1e-10);
        assertArrayEquals(new double[] {-g[0], -g[1]}, r.steepestDescent());
        Curvature down = of(x -> x.get(0).square().negate(), 1);
        assertEquals(Double.POSITIVE_INFINITY, down.bestStep());
        assertEquals(Double.POSITIVE_INFINITY, down.largestStableStep());
        Curvature flat = of(x -> x.get(0).times(2), 1);
        assertEquals(Double.POSITIVE_INFINITY, flat.bestStep());
        assertEquals(Double.POSITIVE_INFINITY, flat.conditionNumber());
        assertEquals(0, of(CurvatureTest::rosenbrock, 1, 1).bestStep());
        assertEquals(0.5, of(x -> x.get(0).square().times(1e200), 1).bestStep() * 1e200, 1e-15);
        assertEquals(Double.NaN, of(x -> Functions.sqrt(x.get(0)), -1).largestStableStep());
    }

    @Test
    void whatIsNotFiniteHasNoCurvature() {
        List<Curvature> points = List.of(of(x -> Functions.log(x.get(0)), -1), of(x -> Functions.sqrt(x.get(0)), 0),
                of(x -> Functions.exp(x.get(0)), 800),
                of(x -> Expr.constant(1).dividedBy(x.get(0)), 0), of(x -> x.get(0).times(Double.NaN), 1),
                of(x -> x.square().sum(), Double.POSITIVE_INFINITY, 1));
        for (Curvature point : points) {
            double[] one = new double[point.point().length];
            one[0] = 1;
            assertEquals(Classification.NOT_FINITE, point.classification());
            assertEquals(Direction.Kind.UNKNOWN, point.along(one).kind(), "no \"the cost falls as predicted\"");
            assertEquals(Double.NaN, point.bestStep());
            assertEquals(Double.NaN, point.largestStableStep());
            assertEquals(null, point.inertia());
            assertEquals(false, point.isStationary());
        }
    }

    /** Gradient descent on a quadratic converges below the stable step and diverges above it. */
    @Test
    void theLargestStableStepIsTheBorder() {
        Objective f = Objective.of(2, x -> x.get(0).square().times(50).plus(x.get(1).square()));
        double border = Curvature.of(f, new double[] {1, 1}).largestStableStep();
        assertTrue(descend(f, 0.99 * border) < 1e-3);
        assertTrue(descend(f, 1.01 * border) > 1e3);
    }

    private static double descend(Objective f, double step) {
        double[] x = {1, 1};
        for (int k = 0; k < 600; k++) {
            double[] g = f.gradient(x);
            x[0] -= step * g[0];
            x[1] -= step * g[1];
        }
        return f.value(x);
    }

    @Test
    void eigenvectors() {
        Curvature c = of(x -> x.get(0).square().times(3).plus(x.get(1).square()), 0, 0);
        assertArrayEquals(new double[] {2, 6}, c.eigenvalues());
        assertArrayEquals(new double[] {0, 1}, c.eigenvector(0));
        assertArrayEquals(new double[] {1, 0}, c.eigenvector(1));
        assertArrayEquals(new double[] {0, 1, 1, 0}, c.eigenvectors().data());
        double[] point = c.point();
        point[0] = 9;
        assertEquals(0, c.point()[0]);
    }
}
