package hesse.optimize;

import hesse.matrix.SymmetricMatrix;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * {@link Method#INTERIOR_POINT}: a primal-dual interior-point method with a filter line search (Waechter and Biegler,
 * Math. Program. 106, 2006). Runs from the start with several first barriers until one ends at a minimum, from both
 * sides of a saddle, and from an answer in units of its own.
 */
final class InteriorPoint implements Minimizer {
    /**
     * The first mu of a run. A run that gets stuck, or ends where second derivatives do not prove a minimum, is begun
     * again with the next: a large barrier may lead away from where the start points.
     */
    private static final double[] FIRST_BARRIERS = {0.1, 1e-3, 1e-6};
    private static final Set<Ending> STUCK = EnumSet.of(Ending.INFEASIBLE, Ending.STEP_TOO_SMALL, Ending.UNBOUNDED);
    /** How many saddles in a row are left, and how far beside them runs begin, as a part of the parameters. */
    private static final int SADDLES = 3;
    private static final double ASIDE = 0.1;
    private static final int REFINEMENTS = 8;
    /**
     * The part of the cost's unit below which what the answer's parameters make of the cost is measured in a unit of
     * its own.
     */
    private static final double FINER = 0x1p-10;
    /** The part of what a run has gained below which what is left is 0. */
    private static final double LEFT = 0x1p-104;

    private final Run run;
    private final StackedConstraints constraints;
    private final double[] start;
    private final LowestFeasible lowest = new LowestFeasible();
    private BarrierProblem problem;
    /** Where the run is that is under way, or was the last; null before the first. */
    private BarrierPoint last;
    /** The answer; null where something ended the runs before they had one. */
    private BarrierEnd end;

    /** @param start in the user's units */
    InteriorPoint(Run run, StackedConstraints constraints, double[] start) {
        this.run = run;
        this.constraints = constraints;
        this.start = start;
    }

    @Override
    public Minimum run() {
        Stop stop = Stop.of(this::go);
        BarrierPoint at = end == null ? last : end.at();
        boolean isJudged = end != null && end.inertia() != null;
        double[] x = x(at, isJudged);
        double[] g = new double[x.length];
        double value = run.finish(x, g);
        Covariance curvature = isJudged ? end.covariance() : null;
        return new Minimum(x, value, g, stop.ending, stop.getMessage(), Method.INTERIOR_POINT, run.history.steps(),
                run.budget.spent(), at == null ? new double[constraints.m] : at.multipliers.userConstraints(),
                at == null ? new double[constraints.n] : at.multipliers.userBounds(),
                constraints.violated(x, run.tolerances.violation()), isJudged ? end.inertia() : null,
                isJudged ? curvature.hessian() : null, isJudged ? curvature.active() : List.of());
    }

    /**
     * The answer where a run converged, else the best feasible point seen, else the last point; in the user's units.
     */
    private double[] x(BarrierPoint at, boolean isJudged) {
        if (!isJudged && lowest.x() != null) {
            return lowest.x();
        }
        return at == null ? start : at.userInside();
    }

    private void go() {
        BarrierEnd answer = refined(beyondSaddles(first()));
        run.use(answer.at().problem.units);
        end = answer;
        throw answer.stop();
    }

    private BarrierEnd first() {
        run.chooseUnit(start);
        problem = new BarrierProblem(run, constraints, start);
        BarrierEnd answer = null;
        for (double barrier : FIRST_BARRIERS) {
            BarrierEnd next = runFrom(barrier, start);
            boolean stuck = STUCK.contains(next.stop().ending);
            boolean isLower = answer == null || !answer.isConverged() || next.at().value() < answer.at().value();
            if (answer == null || next.isConverged() && isLower || !stuck && !answer.isConverged()) {
                answer = next;
            }
            if (!stuck && (!next.isConverged() || next.isMinimum())) {
                break;
            }
        }
        return answer;
    }

    /**
     * What counts as 0 is a part of the cost's unit, which a start far away makes large: where the answer's parameters
     * make far less of the cost, goes on from it in units of its own.
     */
    private BarrierEnd refined(BarrierEnd first) {
        BarrierEnd answer = first;
        for (int k = 0; k < REFINEMENTS && answer.isConverged(); k++) {
            BarrierPoint at = answer.at();
            run.use(at.problem.units);
            double[] x = run.user(problem.x(at.z()));
            double energy = run.units().own(run.energy(x));
            if (!(energy < FINER && energy > LEFT * run.gained(at.value()))) {
                return answer;
            }
            run.chooseUnits(x);
            problem = new BarrierProblem(run, constraints, x);
            BarrierEnd next = runFrom(FIRST_BARRIERS[2], run.units().own(x));
            boolean isLower = userValue(next.at()) <= userValue(at);
            if (!next.isConverged() || !isLower) {
                return answer;
            }
            answer = next;
        }
        return answer;
    }

    private static double userValue(BarrierPoint at) {
        return at.problem.units.user(at.value());
    }

    /**
     * Where an answer's curvature is negative along a direction that its constraints leave: runs from both sides of it,
     * while they lead lower.
     */
    private BarrierEnd beyondSaddles(BarrierEnd first) {
        BarrierEnd answer = first;
        for (int k = 0; k < SADDLES && answer.inertia() != null && answer.inertia().negative() > 0; k++) {
            BarrierEnd lower = answer;
            for (double[] aside : aside(answer.at())) {
                BarrierEnd next = runFrom(FIRST_BARRIERS[1], aside);
                double value = lower.at().value();
                boolean isLower = next.isConverged() && next.at().value() < value - Run.rounding(value);
                lower = isLower ? next : lower;
            }
            if (lower == answer) {
                return answer;
            }
            answer = lower;
        }
        return answer;
    }

    /**
     * Points beside a saddle: a lower one where there are no constraints, else one on either side along the least
     * curvature.
     */
    private List<double[]> aside(BarrierPoint at) {
        double[] x = problem.x(at.z());
        SymmetricMatrix w = problem.hessian(at.z(), at.multipliers.constraints());
        if (constraints.m == 0) {
            int[] free = IntStream.range(0, constraints.n)
                    .filter(j -> at.pressed(j) <= BarrierPoint.ACTIVE && !problem.isFixed(j)).toArray();
            double[] g = new double[constraints.n];
            double value = run.gradient(x, g);
            double[] lower = new NegativeCurvature(run, new LocalModel(w, free), x, value, g).lower();
            return lower == null ? List.of() : List.of(lower);
        }
        double[] way = ReducedHessian.leastCurved(w, at.active(w));
        List<double[]> points = new ArrayList<>();
        for (double t : new double[] {ASIDE, -ASIDE}) {
            double[] point = x.clone();
            Algebra.add(point, t * Math.max(1, Algebra.largest(x)), way);
            points.add(run.box().project(point));
        }
        return points;
    }

    private BarrierEnd runFrom(double barrier, double[] x) {
        BarrierRun barriers = new BarrierRun(problem, barrier, x, lowest);
        last = barriers.point();
        try {
            barriers.run();
            throw new AssertionError("a run ends by a stop");
        } catch (Stop stop) {
            return BarrierEnd.of(stop, last);
        }
    }
}
