package hesse.optimize;

import static hesse.Functions.cos;
import static hesse.Functions.exp;
import static hesse.Functions.lessThan;
import static hesse.Functions.log;
import static hesse.Functions.select;
import static hesse.Functions.sin;
import static hesse.Functions.sqrt;
import static hesse.Functions.square;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.Expr;
import hesse.Objective;
import hesse.VectorFunction;
import hesse.curvature.Inertia;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** "Converged" is a claim that depends neither on the cost's zero, nor on its unit, nor on the parameters'. */
class StoppingTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final Set<Method> CURVED =
            EnumSet.of(Method.AUTO, Method.TRUST_REGION, Method.NEWTON, Method.NEWTON_CG, Method.LBFGS);
    private static final Function<Expr, Expr> ROSENBROCK = x ->
            square(x.get(1).minus(square(x.get(0)))).times(100).plus(square(x.get(0).negate().plus(1)));

    private static Minimize run(Objective f, Method method, double... start) {
        Minimize minimize = Minimize.of(f).from(start).method(method);
        return method == Method.GRADIENT_FIXED ? minimize.stepSize(1e-3) : minimize;
    }

    /** All problems, all methods but the fixed step, whose step is in the cost's unit. */
    @Test
    void factorsOfTheCostLeaveEveryBitOfARun() {
        List<String> failed = new ArrayList<>();
        for (MoreGarbowHillstrom problem : MoreGarbowHillstrom.all()) {
            for (Method method : EnumSet.complementOf(EnumSet.of(Method.AUTO, Method.GRADIENT_FIXED))) {
                Minimum one = run(problem.sumOfSquares(), method, problem.start()).maxIterations(60).explain(false)
                        .run();
                for (double factor : new double[] {0x1p-40, 0x1p40}) {
                    Minimum other = run(problem.sumOfSquares().times(factor), method, problem.start()).maxIterations(60)
                            .explain(false).run();
                    boolean same = Arrays.equals(one.x(), other.x()) && one.value() * factor == other.value()
                            && one.ending() == other.ending()
                            && one.steps().size() == other.steps().size()
                            && one.evaluations().equals(other.evaluations());
                    if (!same) {
                        failed.add(problem.number() + " " + method + " times " + factor + ": " + one.message() + " / "
                                + other.message());
                    }
                }
            }
        }
        assertEquals(List.of(), failed);
    }

    @Test
    void aFixedStepInTheCostsUnitDoesTheSame() {
        Minimum one = Minimize.of(Objective.of(2, ROSENBROCK)).from(-1.2, 1).method(Method.GRADIENT_FIXED)
                .stepSize(0x1p-10).maxIterations(500).run();
        Minimum other = Minimize.of(Objective.of(2, ROSENBROCK).times(0x1p40)).from(-1.2, 1)
                .method(Method.GRADIENT_FIXED).stepSize(0x1p-50).maxIterations(500).run();
        assertArrayEquals(one.x(), other.x());
    }

    /** Powers of two as units of the parameters: the same run, where a Hessian may be asked for units. */
    @ParameterizedTest
    @CsvSource({"30,-30", "-30,30", "30,30", "-30,-30", "7,-12"})
    void unitsOfParametersLeaveEveryBitOfARun(int first, int second) {
        double a = Math.scalb(1.0, first);
        double b = Math.scalb(1.0, second);
        Objective scaled = Objective.of(2, x -> ROSENBROCK.apply(Expr.stack(x.get(0).times(a), x.get(1).times(b))));
        for (Method method : CURVED) {
            Minimum one = run(Objective.of(2, ROSENBROCK), method, -1.2, 1).run();
            Minimum other = run(scaled, method, -1.2 / a, 1 / b).run();
            assertTrue(other.isConverged() && other.isSufficient(), method + ": " + other.message());
            assertArrayEquals(new double[] {one.x()[0] / a, one.x()[1] / b}, other.x(), method.name());
            assertEquals(one.steps().size(), other.steps().size());
        }
    }

    /** Each cost with a number added: the same verdict, x to the digits that the number's rounding leaves. */
    @ParameterizedTest
    @CsvSource({"1e10", "-1e10", "1e4", "1e14"})
    void numbersAddedToTheCostLimitDigitsOnly(double added) {
        for (Method method : CURVED) {
            Minimum result = run(Objective.of(2, x -> ROSENBROCK.apply(x).plus(added)), method, -1.2, 1).run();
            assertTrue(result.isConverged() && result.isSufficient(), method + ": " + result.message());
            double rounding = Math.ulp(added);
            assertTrue(Objective.of(2, ROSENBROCK).value(result.x()) <= 4 * rounding, method + ": " + result.message());
            assertTrue(result.ending() != Ending.CONVERGED_DECREASE || result.message().contains("rounding"),
                    result.message());
        }
    }

    @Test
    void meyerFromTenTimesItsStart() {
        MoreGarbowHillstrom meyer = MoreGarbowHillstrom.all().stream().filter(problem -> problem.number() == 10)
                .findFirst().orElseThrow();
        for (Method method : CURVED) {
            Minimum result = run(meyer.sumOfSquares(), method, 0.2, 40_000, 2_500).explain(false).run();
            assertTrue(!result.isConverged() || meyer.isMinimum(result.value()),
                    method + " at " + result.value() + ": " + result.message());
            assertTrue(method != Method.AUTO || result.isConverged(), result.message());
        }
    }

    @ParameterizedTest
    @EnumSource(value = Method.class, mode = EnumSource.Mode.EXCLUDE, names = "GRADIENT_FIXED")
    void smallFactorsAreNoMinima(Method method) {
        for (double factor : new double[] {1e-12, 1e-200, 1e200}) {
            Minimum bowl = run(Objective.of(2,
                    x -> square(x.get(0).minus(3)).plus(square(x.get(1).minus(1))).times(factor)), method, 0, 0).run();
            assertTrue(bowl.isConverged(), bowl.message());
            assertArrayEquals(new double[] {3, 1}, bowl.x(), 1e-7, method + " " + factor);
            Minimum line = run(Objective.of(1, x -> square(x.get(0).minus(3)).times(factor)), method, 0).run();
            assertArrayEquals(new double[] {3}, line.x(), 1e-7);
        }
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void smallParametersBesideABound(Method method) {
        Minimum result = run(Objective.of(1, x -> square(x.get(0).minus(1e-12))), method, 1.1e-12)
                .bounds(new double[] {0}, new double[] {INF}).run();
        assertTrue(result.isConverged(), result.message());
        assertEquals(1e-12, result.x()[0], 1e-20);
    }

    /**
     * The barrier begins far from a start that is small, and ends where the answer's own sizes say so, not the
     * barrier's first.
     */
    @ParameterizedTest
    @CsvSource({"0", "1e-30", "5e-10", "1", "1e3"})
    void theBarrierEndsInUnitsOfTheAnswer(double start) {
        Function<Expr, Expr> small = x -> square(x.minus(1e-12));
        Minimize open = Minimize.of(Objective.of(1, x -> small.apply(x.get(0)))).method(Method.INTERIOR_POINT)
                .from(start);
        Minimum one = open.bounds(new double[] {0}, new double[] {INF}).run();
        assertTrue(one.isConverged() && one.isSufficient(), one.message());
        assertEquals(1e-12, one.x()[0], 1e-17, one.message());
        assertEquals(1e-12, open.bounds(new double[] {0}, new double[] {1}).run().x()[0], 1e-17);
        Minimum held = open.bounds(new double[] {2e-12}, new double[] {INF}).run();
        assertEquals(2e-12, held.x()[0], 2e-18, held.message());
        assertEquals(2e-12, held.boundMultipliers()[0], 2e-18, held.message());
        assertEquals(new Inertia(0, 0, 0), held.reducedInertia());
    }

    @Test
    void theBarrierKeepsItsWordUnderConstraintsAndInOtherUnits() {
        double[] open = {INF, INF};
        for (double unit : new double[] {1e-12, 1e-6, 1, 1e6}) {
            Objective f = Objective.of(2, x ->
                    square(x.get(0).dividedBy(unit).minus(1)).plus(square(x.get(1).minus(1))));
            Minimize minimize = Minimize.of(f).method(Method.INTERIOR_POINT).bounds(new double[2], open);
            for (double first : new double[] {1.1 * unit, 1}) {
                Minimum result = minimize.from(first, 3).run();
                assertTrue(result.isConverged() && result.isSufficient(), result.message());
                assertArrayEquals(new double[] {1, 1}, new double[] {result.x()[0] / unit, result.x()[1]}, 1e-6,
                        unit + ": " + result.message());
            }
            VectorFunction sum = VectorFunction.of(2, x -> x.get(0).dividedBy(unit).plus(x.get(1)));
            Minimum onALine = Minimize.of(f).bounds(new double[2], open).from(1.1 * unit, 3)
                    .subjectTo(sum, new double[] {1}, new double[] {1}).run();
            assertArrayEquals(new double[] {0.5, 0.5}, new double[] {onALine.x()[0] / unit, onALine.x()[1]}, 1e-6,
                    unit + ": " + onALine.message());
            assertEquals(1, onALine.multipliers()[0], 1e-4);
            assertEquals(0.25, onALine.covariance().get(1, 1), 1e-6);
            assertEquals(-0.25, onALine.covariance().get(1, 0) / unit, 1e-6);
        }
    }

    /** From where a run ended, at most one step more. */
    @Test
    void aMinimumIsRecognised() {
        List<Function<Expr, Expr>> costs =
                List.of(ROSENBROCK, x -> ROSENBROCK.apply(x).plus(1e10), x -> ROSENBROCK.apply(x).times(1e-20),
                x -> exp(x.get(0)).minus(x.get(0)).plus(square(x.get(1).minus(x.get(0)))),
                x -> cos(x.get(0)).plus(sin(x.get(1))),
                x -> ROSENBROCK.apply(x.times(1e-7)));
        for (Function<Expr, Expr> cost : costs) {
            Objective f = Objective.of(2, cost);
            for (Method method : CURVED) {
                Minimum first = run(f, method, -1.2, 1).run();
                Minimum again = run(f, method, first.x()).run();
                assertTrue(first.isConverged() && again.isConverged() && again.steps().size() <= 1,
                        method + ": " + first.message() + " / " + again.steps().size() + " steps, "
                        + again.message());
            }
        }
    }

    /** Wiggles of 1e-6 with slopes of 0.1: the point returned is the one whose gradient vanished. */
    @ParameterizedTest
    @EnumSource(value = Method.class, mode = EnumSource.Mode.EXCLUDE, names = "GRADIENT_FIXED")
    void thePointReturnedIsTheOneThatConverged(Method method) {
        Objective wiggles = Objective.of(10, x -> square(x.minus(1)).plus(sin(x.times(1e5)).times(1e-6)).sum());
        Minimum result = run(wiggles, method, new double[10]).gradientTolerance(1e-10).run();
        assertTrue(result.isConverged(), result.message());
        for (double slope : result.gradient()) {
            assertEquals(0, slope, 1e-4, method + ": " + result.message());
        }
    }

    /**
     * The cost jumps down at the bound, to an infinite slope: all methods see that point, none can go on from it, the
     * end speaks of it.
     */
    @Test
    void anEndSpeaksOfThePointItReports() {
        Objective cusp = Objective.of(1, x ->
                select(lessThan(Expr.constant(0), x.get(0)), square(x.get(0).plus(1)).plus(5), sqrt(x.get(0))));
        for (Method method : EnumSet.complementOf(EnumSet.of(Method.INTERIOR_POINT, Method.GRADIENT_FIXED))) {
            Minimum result = run(cusp, method, 4).bounds(new double[] {0}, new double[] {INF}).maxIterations(200).run();
            assertEquals(0, result.x()[0], method + ": " + result.message());
            assertEquals(0, result.value());
            assertTrue(!result.isConverged(), method + ": " + result.message());
            assertTrue(result.message().endsWith("; the lowest point seen is returned, cost 0.0 at x = (0.0)"),
                    method + ": " + result.message());
        }
    }

    /**
     * Softplus and the logarithm of a logistic, far out where exp(x) is all there is of a term: as many steps as their
     * closed forms take.
     */
    @ParameterizedTest
    @CsvSource({"0, 600", "0, 700", "0, 30", "0, -50", "1, -400", "1, -700", "1, -30", "1, 100"})
    void writtenOutFunctionsTakeAsManySteps(int which, double start) {
        List<Function<Expr, Expr>> costs = List.of(x -> log(exp(x).plus(1)).plus(square(x.plus(1)).times(1e-3)),
                x -> log(exp(x.negate()).plus(1).reciprocal()).negate().plus(square(x).times(1e-3)));
        double[] right = {-4.856979792354565, 4.665120412405543};
        for (Method method : List.of(Method.AUTO, Method.NEWTON, Method.TRUST_REGION, Method.NEWTON_CG)) {
            Minimum result = run(Objective.of(1, x -> costs.get(which).apply(x.get(0))), method, start).run();
            assertTrue(result.isConverged() && result.isSufficient(), method + ": " + result.message());
            assertEquals(right[which], result.x()[0], 1e-8, method + ": " + result.message());
            assertTrue(result.steps().size() <= 15, method + ": " + result.steps().size() + " steps");
        }
    }

    /** A cost whose rounding is that of terms far larger than it: seen in its values. */
    @ParameterizedTest
    @EnumSource(value = Method.class, names = {"LBFGS", "TRUST_REGION", "NEWTON", "NEWTON_CG"})
    void roundingIsSeenInValues(Method method) {
        Objective f = Objective.of(3, x ->
                square(x.minus(0.7)).sum().plus(exp(x.sum()).times(0)).plus(1e9).minus(1e9 - 1e-3));
        Minimum result = run(f, method, 3, -1, 2).gradientTolerance(0).run();
        assertTrue(result.isConverged(), result.message());
        assertArrayEquals(new double[] {0.7, 0.7, 0.7}, result.x(), 1e-3);
    }

    @Test
    void flatValleysAreWalked() {
        for (double flatness : new double[] {1e-9, 1e-12}) {
            Objective valley = Objective.of(2,
                    x -> square(x.sum().minus(2)).plus(square(x.get(0).minus(x.get(1)).minus(8)).times(flatness)));
            for (Method method : List.of(Method.TRUST_REGION, Method.NEWTON, Method.NEWTON_CG, Method.LBFGS)) {
                Minimum result = run(valley, method, 1, 1).run();
                assertTrue(result.isConverged(), result.message());
                assertArrayEquals(new double[] {5, -3}, result.x(), 1e-2,
                        method + " " + flatness + ": " + result.message());
            }
        }
    }
}
