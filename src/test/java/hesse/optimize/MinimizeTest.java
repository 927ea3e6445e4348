package hesse.optimize;

import static hesse.Functions.exp;
import static hesse.Functions.lessThan;
import static hesse.Functions.log;
import static hesse.Functions.select;
import static hesse.Functions.sqrt;
import static hesse.Functions.square;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.Expr;
import hesse.Objective;
import hesse.VectorFunction;
import hesse.curvature.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MinimizeTest {
    private static final Objective ROSENBROCK =
            Objective.of(2, x -> square(x.get(1).minus(square(x.get(0)))).times(100)
            .plus(square(x.get(0).negate().plus(1))));
    /** (x - 1)^2 + 25 (y + 2)^2, curvatures 2 and 50. */
    private static final Objective BOWL =
            Objective.of(2, x -> square(x.get(0).minus(1)).plus(square(x.get(1).plus(2)).times(25)));
    private static final double INF = Double.POSITIVE_INFINITY;

    /** Methods without constraints, but for the fixed step, whose step has to fit the function. */
    private static final Set<Method> UNCONSTRAINED =
            EnumSet.of(Method.AUTO, Method.GRADIENT_BACKTRACKING, Method.GRADIENT_CURVATURE, Method.LBFGS,
            Method.NEWTON,
            Method.TRUST_REGION, Method.NEWTON_CG);

    private static Minimize run(Objective f, Method method, double... start) {
        Minimize minimize = Minimize.of(f).from(start).method(method);
        return method == Method.GRADIENT_FIXED ? minimize.stepSize(0.02) : minimize;
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void everyMethodFindsTheBottomOfABowl(Method method) {
        Minimum result = run(BOWL, method, 5, 5).run();
        assertTrue(result.isConverged(), result.message());
        assertArrayEquals(new double[] {1, -2}, result.x(), 1e-7);
        assertEquals(0, result.value(), 1e-12);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void everyMethodKeepsBounds(Method method) {
        Minimum result = run(BOWL, method, 5, 5).bounds(new double[] {2, -INF}, new double[] {INF, -3}).run();
        assertTrue(result.isConverged(), method + ": " + result.message());
        assertArrayEquals(new double[] {2, -3}, result.x(), 1e-7);
    }

    /** As CONTRIBUTING says: GRADIENT_FIXED is GradientFixed. */
    @ParameterizedTest
    @EnumSource(value = Method.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void everyMethodIsAClassOfItsName(Method method) throws ClassNotFoundException {
        StringBuilder name = new StringBuilder("hesse.optimize.");
        for (String word : method.name().split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        Class<?> type = Class.forName(name.toString());
        assertTrue(List.of(LineMethod.class, RadiusMethod.class, Minimizer.class).stream()
                .anyMatch(role -> role.isAssignableFrom(type)), name.toString());
    }

    @Test
    void stepsSayWhatWasForetold() {
        Minimum result = Minimize.of(BOWL).from(5, 5).method(Method.GRADIENT_CURVATURE).run();
        for (Step step : result.steps()) {
            assertEquals(step.quadratic(), step.actual(), 1e-9 * Math.max(1, step.quadratic()),
                    "the model of a quadratic function holds");
            assertEquals(Direction.Kind.POSITIVE, step.kind());
            assertEquals(2 * step.quadratic(), step.linear(), 1e-9 * Math.max(1, step.linear()),
                    "the best step of a quadratic gains half of what the gradient promises");
        }
        assertEquals(1, Minimize.of(BOWL).from(5, 5).method(Method.NEWTON).run().steps().size(),
                "Newton's method takes a quadratic in one step");
        List<Step> steps = Minimize.of(ROSENBROCK).from(-1.2, 1).run().steps();
        assertThrows(UnsupportedOperationException.class, steps::clear);
        double value = ROSENBROCK.value(new double[] {-1.2, 1});
        for (Step step : steps) {
            assertEquals(value - step.value(), step.actual());
            value = step.value();
        }
    }

    @Test
    void gradientDescentDivergesBeyondTwoOverTheLargestEigenvalue() {
        assertTrue(Minimize.of(BOWL).from(5, 5).method(Method.GRADIENT_FIXED).stepSize(0.0399).run().isConverged());
        Minimum beyond = Minimize.of(BOWL).from(5, 5).method(Method.GRADIENT_FIXED).stepSize(0.0401)
                .maxIterations(100_000).run();
        assertEquals(Ending.NOT_FINITE, beyond.ending(), beyond.message());
        assertTrue(beyond.value() <= BOWL.value(new double[] {5, 5}), "the best point seen is kept: " + beyond.value());
    }

    @Test
    void sameBitsOnEveryRun() {
        for (Method method : UNCONSTRAINED) {
            Minimum a = Minimize.of(ROSENBROCK).from(-1.2, 1).method(method).maxIterations(500).run();
            Minimum b = Minimize.of(ROSENBROCK).from(-1.2, 1).method(method).maxIterations(500).run();
            assertArrayEquals(a.x(), b.x());
            assertEquals(a.steps().size(), b.steps().size());
        }
    }

    @Test
    void endings() {
        assertEquals(Ending.CONVERGED_GRADIENT, Minimize.of(ROSENBROCK).from(-1.2, 1).run().ending());
        assertEquals(Ending.CONVERGED_DECREASE,
                Minimize.of(Objective.of(1, x -> square(x.get(0)).plus(x.get(0)).plus(1e9))).from(3)
                .gradientTolerance(0).run().ending());
        assertEquals(Ending.ITERATION_LIMIT, Minimize.of(ROSENBROCK).from(-1.2, 1).maxIterations(3).run().ending());
        assertEquals(Ending.EVALUATION_LIMIT, Minimize.of(ROSENBROCK).from(-1.2, 1).maxEvaluations(5).run().ending());
        assertEquals(Ending.UNBOUNDED, Minimize.of(Objective.of(1, x -> square(x.get(0)).negate())).from(1).run()
                .ending());
        assertEquals(Ending.UNBOUNDED, Minimize.of(Objective.of(1, x -> x.get(0))).from(1).method(Method.LBFGS).run()
                .ending());
        Minimum not = Minimize.of(Objective.of(1, x -> log(x.get(0)))).from(-1).run();
        assertEquals(Ending.NOT_FINITE, not.ending());
        assertTrue(not.message().contains("-1.0"), not.message());
        Minimum cancelled = Minimize.of(ROSENBROCK).from(-1.2, 1).listener(step -> step.iteration() < 4).run();
        assertEquals(Ending.CANCELLED, cancelled.ending());
        assertEquals(4, cancelled.steps().size());
        assertEquals(Ending.STEP_TOO_SMALL,
                Minimize.of(Objective.of(
                1, x -> select(lessThan(x.get(0), Expr.constant(1)), square(x.get(0)).plus(5), square(x.get(0)))))
                .from(1).method(Method.GRADIENT_BACKTRACKING).run().ending(), "the cost jumps up wherever it falls");
        assertEquals(Ending.CHANGE_TOO_SMALL,
                Minimize.of(Objective.of(1, x -> exp(x.get(0).negate()).plus(1e6))).from(1)
                .method(Method.GRADIENT_BACKTRACKING)
                .gradientTolerance(0).changeTolerance(1e-9).run().ending());
    }

    @Test
    void anInterruptCancelsAndStays() {
        Thread.currentThread().interrupt();
        Minimum result = Minimize.of(ROSENBROCK).from(-1.2, 1).run();
        assertTrue(Thread.interrupted());
        assertEquals(Ending.CANCELLED, result.ending());
        assertTrue(Double.isFinite(result.value()));
    }

    @Test
    void constraintsHaveMultipliersAndProofs() {
        VectorFunction circle = VectorFunction.of(2, x -> Expr.stack(square(x.get(0)).plus(square(x.get(1)))));
        Minimum result = Minimize.of(Objective.of(2, x -> x.get(0).plus(x.get(1)))).from(1, 1)
                .subjectTo(circle, new double[] {-INF}, new double[] {2}).run();
        assertTrue(result.isConverged() && result.isSufficient(), result.message());
        assertArrayEquals(new double[] {-1, -1}, result.x(), 1e-8);
        assertEquals(0.5, result.multipliers()[0], 1e-7);
        Minimum bounded = Minimize.of(BOWL).from(3, 3).method(Method.INTERIOR_POINT)
                .bounds(new double[] {2, -INF}, new double[] {INF, INF}).run();
        assertEquals(2, bounded.boundMultipliers()[0], 1e-6, "the slope that the lower bound holds");
        Minimum saddle = Minimize.of(Objective.of(2, x -> x.get(0).times(x.get(1)))).from(1, 1)
                .subjectTo(circle, new double[] {2}, new double[] {2}).run();
        assertTrue(saddle.isConverged(), saddle.message());
        assertNotNull(saddle.reducedInertia());
    }

    @Test
    void infeasibleNamesWhatIsViolated() {
        VectorFunction sums = VectorFunction.of(
                2, x -> Expr.stack(x.get(0).plus(x.get(1)), x.get(0).plus(x.get(1)), x.get(0)));
        Minimum result = Minimize.of(BOWL).from(0, 0)
                .subjectTo(sums, new double[] {3, -INF, -10}, new double[] {INF, 1, 10}).run();
        assertEquals(Ending.INFEASIBLE, result.ending(), result.message());
        assertTrue(result.violated().length > 0 && Arrays.stream(result.violated()).allMatch(i -> i < 2),
                Arrays.toString(result.violated()));
    }

    @Test
    void badInputIsRefused() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Minimize.of(BOWL).from(1)).getMessage()
                .contains("1 entries, must have 2"));
        assertThrows(IllegalStateException.class, () -> Minimize.of(BOWL).run());
        assertThrows(IllegalArgumentException.class,
                () -> Minimize.of(BOWL).bounds(new double[] {1, 1}, new double[] {0, 2}));
        assertThrows(IllegalArgumentException.class,
                () -> Minimize.of(BOWL).from(1, 1).method(Method.GRADIENT_FIXED).run());
        VectorFunction one = VectorFunction.of(2, x -> x.get(0));
        assertThrows(IllegalArgumentException.class,
                () -> Minimize.of(BOWL).subjectTo(one, new double[2], new double[1]));
        assertThrows(IllegalArgumentException.class,
                () -> Minimize.of(BOWL).from(1, 1).subjectTo(one, new double[1], new double[1]).method(Method.NEWTON)
                .run());
        assertEquals("0 iterations, must be at least 1",
                assertThrows(IllegalArgumentException.class, () -> Minimize.of(BOWL).maxIterations(0)).getMessage());
    }

    @Test
    void pointsThatAreNotFiniteAreSteppedBackFrom() {
        Objective barrier = Objective.of(2,
                x -> log(x.get(0)).negate().plus(x.get(0)).plus(sqrt(x.get(1)).negate()).plus(x.get(1)));
        for (Method method : UNCONSTRAINED) {
            Minimum result = Minimize.of(barrier).from(30, 30).method(method).run();
            assertArrayEquals(new double[] {1, 0.25}, result.x(), 1e-6, method + ": " + result.message());
        }
    }

    /**
     * Functions that are not finite in half of the space, flat, discontinuous or unbounded: every method ends, with a
     * result.
     */
    @Test
    void fuzz() {
        long seed = 20261126;
        Random random = new Random(seed);
        List<String> endings = new ArrayList<>();
        for (int trial = 0; trial < 60; trial++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            int kind = trial % 6;
            Objective f = Objective.of(3, x -> {
                Expr bowl = square(x.get(0).minus(a)).plus(square(x.get(1).plus(b)))
                        .plus(square(x.get(2).times(x.get(0))));
                return switch (kind) {
                    case 0 -> bowl.plus(log(x.get(0).plus(x.get(1).times(b))));
                    case 1 -> Expr.constant(a).plus(x.get(0).times(0));
                    case 2 -> select(lessThan(x.get(0), x.get(1)), bowl.plus(3), bowl.negate());
                    case 3 -> x.get(0).times(a).plus(exp(x.get(1).times(b)).negate());
                    case 4 -> sqrt(x.get(0).minus(a)).plus(x.get(2).dividedBy(x.get(1)));
                    default -> bowl.plus(
                            select(lessThan(x.get(0), Expr.constant(a)), Expr.constant(Double.NaN), Expr.constant(0)));
                };
            });
            double[] start = DoubleStream.generate(random::nextGaussian).limit(3).toArray();
            for (Method method : Method.values()) {
                Minimum result = run(f, method, start).maxIterations(200).maxEvaluations(3_000).run();
                endings.add(method + " " + result.ending());
                assertEquals(3, result.x().length, "seed " + seed);
                assertTrue(result.value() <= f.value(start) + 1e-12 * Math.abs(result.value())
                        || !Double.isFinite(f.value(start)) || method == Method.INTERIOR_POINT,
                        "seed " + seed + ", trial " + trial + ", " + method + ": " + result.value() + " from "
                        + f.value(start) + ", " + result.message());
            }
        }
        assertTrue(endings.stream().distinct().count() > 15, endings.stream().distinct().toList().toString());
    }

    @Test
    void aMillionParametersInLinearMemory() {
        int n = 100_000;
        Objective f = Objective.of(n, x ->
                square(x.slice(1, n).minus(square(x.slice(0, n - 1)))).times(100)
                .plus(square(x.slice(0, n - 1).negate().plus(1))).sum());
        double[] start = new double[n];
        Arrays.setAll(start, i -> i % 2 == 0 ? 0.9 : 1.1);
        for (Method method : List.of(Method.AUTO, Method.LBFGS)) {
            Minimum result = Minimize.of(f).from(start).method(method).explain(false).gradientTolerance(1e-6).run();
            assertTrue(result.isConverged(), method + ": " + result.message());
            assertEquals(0, result.value(), 1e-9);
        }
    }
}
