package hesse.optimize;

import static hesse.Functions.cos;
import static hesse.Functions.exp;
import static hesse.Functions.log;
import static hesse.Functions.pow;
import static hesse.Functions.square;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.Expr;
import hesse.Objective;
import hesse.Rows;
import hesse.VectorFunction;
import hesse.curvature.Inertia;
import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Maxima and saddles are left, minima proved, covariances right. */
class SecondOrderTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    private static Minimize run(Objective f, Method method, double... start) {
        Minimize minimize = Minimize.of(f).from(start).method(method);
        return method == Method.GRADIENT_FIXED ? minimize.stepSize(0.01).maxIterations(100_000) : minimize;
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void maximaAreLeft(Method method) {
        Minimum wells = run(Objective.of(1, x -> square(square(x.get(0)).minus(1))), method, 0).run();
        assertTrue(wells.isConverged() && wells.isSufficient(), wells.message());
        assertEquals(1, Math.abs(wells.x()[0]), 1e-6);
        Minimum wave = run(Objective.of(1, x -> cos(x.get(0))), method, 0).run();
        assertEquals(-1, wave.value(), 1e-9, wave.message());
        Minimum hill = run(Objective.of(1, x -> square(x.get(0)).negate()), method, 0)
                .bounds(new double[] {-1}, new double[] {2}).run();
        assertTrue(hill.isConverged() && hill.isSufficient(), hill.message());
        assertEquals(2, hill.x()[0], 1e-8);
        assertEquals(-4, hill.boundMultipliers()[0], 1e-7, "the slope that the upper bound holds");
        Minimum atBound = run(Objective.of(1, x -> square(x.get(0)).negate()), method, 0)
                .bounds(new double[] {0}, new double[] {2}).run();
        assertEquals(2, atBound.x()[0], 1e-8, "a bound that nothing presses on holds nothing");
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void saddlesAreLeft(Method method) {
        Objective saddle = Objective.of(2,
                x -> x.get(0).times(x.get(1)).plus(square(square(x.get(0)))).plus(square(square(x.get(1)))));
        for (double[] start : new double[][] {{0, 0}, {1, 1}, {0.3, 0.3}}) {
            Minimum result = run(saddle, method, start).run();
            assertEquals(-0.125, result.value(), 1e-6,
                    method + " from " + Arrays.toString(start) + ": " + result.message());
        }
        for (double unit : new double[] {0x1p20, 0x1p-20}) {
            Objective scaled = Objective.of(2,
                    x -> square(square(x.get(0).times(unit)).minus(1)).plus(square(x.get(1).dividedBy(unit))));
            Minimum result = run(scaled, method == Method.GRADIENT_FIXED ? Method.GRADIENT_CURVATURE : method, 0, 0)
                    .run();
            assertEquals(0, result.value(), 1e-6, method + ": " + result.message());
        }
    }

    /** Hock and Schittkowski 25: slopes of 1e-7 at the start. */
    @Test
    void aFlatStartIsNoMinimum() {
        Objective f = Objective.of(3, x -> {
            Expr sum = Expr.constant(0);
            for (int i = 1; i < 100; i++) {
                double u = 25 + Math.pow(-50 * Math.log(.01 * i), 2 / 3.0);
                sum = sum.plus(square(
                        exp(pow(x.get(1).negate().plus(u), x.get(2)).dividedBy(x.get(0)).negate()).minus(.01 * i)));
            }
            return sum;
        });
        for (Method method : EnumSet.of(Method.AUTO, Method.NEWTON, Method.NEWTON_CG, Method.LBFGS,
                Method.INTERIOR_POINT)) {
            Minimum result = run(f, method, 100, 12.5, 3).bounds(new double[] {.1, 0, 0}, new double[] {100, 25.6, 5})
                    .run();
            assertTrue(result.isConverged() && result.isSufficient(), method + ": " + result.message());
            assertArrayEquals(new double[] {50, 25, 1.5}, result.x(), 1e-4, method.name());
        }
    }

    @Test
    void whatIsNotLookedAtIsSaid() {
        int n = 301;
        Objective f = Objective.of(n, x -> square(square(x).minus(1)).sum());
        Minimum blind = run(f, Method.LBFGS, new double[n]).run();
        assertTrue(blind.isConverged() && !blind.isSufficient() && blind.message().contains("curvature not looked at"),
                blind.message());
        assertNull(blind.reducedInertia());
        assertThrows(IllegalStateException.class, blind::covariance);
        Minimum seeing = run(f, Method.TRUST_REGION, new double[n]).run();
        assertTrue(seeing.isSufficient(), seeing.message());
        assertEquals(new Inertia(n, 0, 0), seeing.reducedInertia());
        Minimum flat = run(Objective.of(2, x -> square(x.sum().minus(1))), Method.AUTO, 0, 0).run();
        assertEquals(new Inertia(1, 1, 0), flat.reducedInertia());
        assertTrue(flat.isConverged() && !flat.isSufficient());
    }

    /** Bounds hold a parameter, each by its slope, by every method alike. */
    @ParameterizedTest
    @EnumSource(Method.class)
    void boundMultipliers(Method method) {
        Objective bowl = Objective.of(3, x ->
                square(x.get(0).minus(1)).plus(square(x.get(1).plus(2))).plus(square(x.get(2))));
        Minimum result = run(bowl, method, 5, -5, 3).bounds(new double[] {2, -INF, -1}, new double[] {INF, -3, 1})
                .run();
        assertArrayEquals(new double[] {2, -2, 0}, result.boundMultipliers(), 1e-6, result.message());
        assertTrue(result.isSufficient() || method == Method.GRADIENT_FIXED, result.message());
    }

    /** Lowest variance of 60 assets: duality bounds what the barrier leaves, and that is within the tolerance. */
    @Test
    void complementarityIsTold() {
        int n = 60;
        Random random = new Random(5);
        double[] gain = random.doubles(n, 0, 0.1).toArray();
        double[] own = random.doubles(n, 0.02, 0.07).toArray();
        Objective f = Objective.of(n, x ->
                hesse.Functions.dot(Expr.constant(own), x.times(x)).minus(hesse.Functions.dot(Expr.constant(gain), x)));
        double[] start = new double[n];
        Arrays.fill(start, 1.0 / n);
        double[] most = new double[n];
        Arrays.fill(most, INF);
        Minimize minimize = Minimize.of(f).from(start).bounds(new double[n], most)
                .subjectTo(VectorFunction.of(n, x -> x.sum()), new double[] {1}, new double[] {1});
        double best = minimize.gradientTolerance(1e-13).run().value();
        for (double tolerance : new double[] {1e-6, 1e-9, 1e-11}) {
            Minimum result = minimize.gradientTolerance(tolerance).run();
            assertTrue(result.isConverged() && result.message().contains("complementarity leaves"), result.message());
            assertTrue(result.value() - best <= tolerance, result.value() + " for " + best + ": " + result.message());
        }
    }

    @Test
    void covarianceIsTheInverseHessian() {
        Objective f = Objective.of(3, x ->
                square(x.get(0).minus(1)).times(2).plus(x.get(0).times(x.get(1))).plus(square(x.get(1)).times(3))
                .plus(square(x.get(2)).times(1e-20)));
        for (Method method : Set.of(Method.AUTO, Method.LBFGS, Method.INTERIOR_POINT)) {
            SymmetricMatrix covariance = run(f, method, 3, 2, 1).run().covariance();
            assertEquals(6.0 / 23, covariance.get(0, 0), 1e-9, method.name());
            assertEquals(-1.0 / 23, covariance.get(1, 0), 1e-9);
            assertEquals(4.0 / 23, covariance.get(1, 1), 1e-9);
            assertEquals(5e19, covariance.get(2, 2), 1e10);
        }
    }

    @Test
    void whatNothingDeterminesIsInfiniteAndWhatABoundHoldsHasNone() {
        Objective f = Objective.of(4, x ->
                square(x.get(0).plus(x.get(1)).minus(1)).plus(square(x.get(2).minus(3)).times(2))
                .plus(square(x.get(3).plus(1))));
        SymmetricMatrix covariance = run(f, Method.AUTO, 0, 0, 0, 1)
                .bounds(new double[] {-INF, -INF, -INF, 0}, new double[] {INF, INF, INF, INF}).run().covariance();
        assertEquals(INF, covariance.get(0, 0));
        assertEquals(INF, covariance.get(1, 1));
        assertEquals(0.25, covariance.get(2, 2), 1e-12);
        assertEquals(Double.NaN, covariance.get(3, 3));
        assertEquals(Double.NaN, covariance.get(3, 2));
        VectorFunction sum = VectorFunction.of(2, x -> x.sum());
        SymmetricMatrix onALine = Minimize.of(Objective.of(2, x -> square(x).sum())).from(2, 1)
                .subjectTo(sum, new double[] {1}, new double[] {1}).run().covariance();
        assertEquals(0.25, onALine.get(0, 0), 1e-9, "half of a line's 1/2");
        assertEquals(-0.25, onALine.get(1, 0), 1e-9);
    }

    /** Exponential waiting times with a rate: H = N/rate^2, and the sandwich the variance of the mean's inverse. */
    @Test
    void theSandwichOfScores() {
        Random random = new Random(11);
        double[] times = random.doubles(400).map(u -> 3 * u * u).toArray();
        Rows rows = Rows.of(times.length).column("t", times);
        Objective f = Objective.sum(1, rows, (x, row) -> x.get(0).times(row.get("t")).minus(log(x.get(0))));
        VectorFunction terms = VectorFunction.perRow(
                1, rows, (x, row) -> x.get(0).times(row.get("t")).minus(log(x.get(0))));
        Minimum result = run(f, Method.AUTO, 1).run();
        double mean = Arrays.stream(times).average().orElseThrow();
        double rate = 1 / mean;
        assertEquals(rate, result.x()[0], 1e-9);
        assertEquals(rate * rate / times.length, result.covariance().get(0, 0), 1e-12);
        double scores = Arrays.stream(times).map(t -> (t - mean) * (t - mean)).sum();
        assertEquals(Math.pow(rate, 4) * scores / times.length / times.length, result.covariance(terms).get(0, 0),
                1e-12);
        assertThrows(IllegalArgumentException.class, () -> result.covariance(VectorFunction.of(2, x -> x)));
    }
}
