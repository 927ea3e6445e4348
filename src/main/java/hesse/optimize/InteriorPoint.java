package hesse.optimize;

import hesse.curvature.Inertia;
import hesse.matrix.SymmetricMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A primal-dual interior-point method with a filter line search (Waechter and Biegler, Math. Program. 106, 2006): runs from the start with several
 * first barriers until one ends at a minimum, from both sides of a saddle, and from an answer in units of its own.
 */
final class InteriorPoint {
    /**
     * A run that gets stuck, or ends where second derivatives do not prove a minimum, is begun again with the next: a large barrier may
     * lead away from where the start points.
     */
    private static final double[] FIRST_BARRIERS = {0.1, 1e-3, 1e-6};
    private static final Set<Ending> STUCK = EnumSet.of(Ending.INFEASIBLE, Ending.STEP_TOO_SMALL, Ending.UNBOUNDED);
    /** How many saddles in a row are left, and by which part of the parameters. */
    private static final int SADDLES = 3;
    private static final double ASIDE = 0.1;
    private static final int REFINEMENTS = 8;
    /** The part of the cost's unit below which what the answer's parameters make of the cost is measured in a unit of its own. */
    private static final double FINER = 0x1p-10;
    /** The part of what a run has gained below which what is left is 0. */
    private static final double LEFT = 0x1p-104;

    private final Cost cost;
    private final Constraints constraints;
    private final double[] start;
    private BarrierProblem problem;
    /** The run that is under way, or was the last. */
    private BarrierRun run;
    private BarrierPoint end;
    private Inertia inertia;

    /**
     * Where a run ended.
     *
     * @param inertia the signs of the Lagrangian's curvature on what is free, null where the run did not converge
     */
    private record Answer(Cost.Stop stop, BarrierPoint at, Inertia inertia) {
        boolean isConverged() {
            return stop.ending.isConverged();
        }

        boolean isMinimum() {
            return isConverged() && inertia.zero() == 0 && inertia.negative() == 0;
        }
    }

    /** @param start in the user's units */
    InteriorPoint(Cost cost, Constraints constraints, double[] start) {
        this.cost = cost;
        this.constraints = constraints;
        this.start = start;
    }

    /** The answer where there is one, else where the last run is; null before the first. */
    private BarrierPoint last() {
        return end != null || run == null ? end : run.point();
    }

    /** The answer where there is one, else the best feasible point seen, else the last point. */
    double[] x() {
        if (inertia == null && run != null && run.best() != null) {
            return run.best();
        }
        return last() == null ? start : cost.user(last().problem.x(last().z));
    }

    /** Of the constraints as they were given. */
    double[] multipliers() {
        double[] u = new double[constraints.m];
        for (int i = 0; last() != null && i < u.length; i++) {
            u[i] = last().multipliers[i] * last().problem.scale[i] / last().problem.costScale;
        }
        return u;
    }

    /** The signs of the Lagrangian's curvature where a run converged, else null. */
    Inertia inertia() {
        return inertia;
    }

    double[] boundMultipliers() {
        double[] u = new double[constraints.n];
        for (int j = 0; last() != null && j < u.length; j++) {
            u[j] = (last().low[j] - last().high[j]) / last().problem.costScale / last().problem.units.size(j);
        }
        return u;
    }

    void run() {
        Answer answer = refined(beyondSaddles(first()));
        cost.use(answer.at.problem.units);
        end = answer.at;
        inertia = answer.inertia;
        throw answer.stop;
    }

    private Answer first() {
        cost.chooseUnit(start);
        problem = new BarrierProblem(cost, constraints, start);
        Answer answer = null;
        for (double barrier : FIRST_BARRIERS) {
            Answer next = runFrom(barrier, start);
            boolean stuck = STUCK.contains(next.stop.ending);
            boolean better = answer == null || next.isConverged() && (!answer.isConverged() || next.at.value < answer.at.value);
            if (better || !stuck && !answer.isConverged()) {
                answer = next;
            }
            if (!stuck && (!next.isConverged() || next.isMinimum())) {
                break;
            }
        }
        return answer;
    }

    /**
     * What counts as 0 is a part of the cost's unit, which a start far away makes large: where the answer's parameters make far less of the cost,
     * goes on from it in units of its own.
     */
    private Answer refined(Answer first) {
        Answer answer = first;
        for (int k = 0; k < REFINEMENTS && answer.isConverged(); k++) {
            cost.use(answer.at.problem.units);
            double[] x = cost.user(problem.x(answer.at.z));
            double energy = cost.units.own(cost.energy(x));
            if (!(energy < FINER && energy > LEFT * cost.gained(answer.at.value))) {
                return answer;
            }
            cost.chooseUnits(x);
            problem = new BarrierProblem(cost, constraints, x);
            Answer next = runFrom(FIRST_BARRIERS[2], cost.units.own(x));
            boolean isLower = next.at.problem.units.user(next.at.value) <= answer.at.problem.units.user(answer.at.value);
            if (!next.isConverged() || !isLower) {
                return answer;
            }
            answer = next;
        }
        return answer;
    }

    /** Where the curvature of an answer is negative along a direction that its constraints leave: runs from both sides of it, while they lead lower. */
    private Answer beyondSaddles(Answer first) {
        Answer answer = first;
        for (int k = 0; k < SADDLES && answer.inertia != null && answer.inertia.negative() > 0; k++) {
            Answer lower = answer;
            for (double[] aside : aside(answer)) {
                Answer next = runFrom(FIRST_BARRIERS[1], aside);
                boolean isLower = next.isConverged() && next.at.value < lower.at.value - Cost.rounding(lower.at.value);
                lower = isLower ? next : lower;
            }
            if (lower == answer) {
                return answer;
            }
            answer = lower;
        }
        return answer;
    }

    /** Points beside a saddle: a lower one where there are no constraints, else one on either side along the least curvature. */
    private List<double[]> aside(Answer answer) {
        BarrierPoint at = answer.at;
        double[] x = problem.x(at.z);
        SymmetricMatrix w = problem.hessian(at.z, at.multipliers);
        if (constraints.m == 0) {
            int[] free = IntStream.range(0, constraints.n)
                    .filter(j -> Math.abs(at.low[j] - at.high[j]) <= BarrierPoint.ACTIVE && !problem.isFixed(j)).toArray();
            double[] gradient = new double[constraints.n];
            double[] lower = new LocalModel(w, free).lower(cost, x, cost.gradient(x, gradient), gradient);
            return lower == null ? List.of() : List.of(lower);
        }
        double[] way = ReducedHessian.leastCurved(w, at.active(w));
        List<double[]> points = new ArrayList<>();
        for (double t : new double[] {ASIDE, -ASIDE}) {
            double[] point = x.clone();
            Algebra.add(point, t * Math.max(1, Algebra.largest(x)), way);
            points.add(cost.box().project(point));
        }
        return points;
    }

    private Answer runFrom(double barrier, double[] x) {
        double[] best = run == null ? null : run.best();
        double bestValue = run == null ? Double.POSITIVE_INFINITY : run.bestValue();
        run = new BarrierRun(problem, barrier, x, best, bestValue);
        try {
            run.run();
            throw new AssertionError("a run ends by a stop");
        } catch (Cost.Stop stop) {
            BarrierPoint at = run.point();
            SymmetricMatrix w = stop.ending.isConverged() ? problem.hessian(at.z, at.multipliers) : null;
            return new Answer(stop, at, w == null ? null : ReducedHessian.inertia(w, at.active(w)));
        }
    }

    /** The Lagrangian's curvature at the answer, in the user's unit, on what is free; null where a run did not converge. */
    Covariance covariance() {
        if (inertia == null) {
            return null;
        }
        Units units = end.problem.units;
        SymmetricMatrix w = end.problem.hessian(end.z, end.multipliers);
        List<double[]> active = end.active(w);
        for (int i = 0; i < constraints.n; i++) {
            for (int j = 0; j <= i; j++) {
                w.set(i, j, units.user(w.get(i, j)) / units.size(i) / units.size(j));
            }
        }
        for (double[] row : active) {
            Arrays.setAll(row, j -> row[j] / units.size(j));
        }
        return new Covariance(w, active);
    }
}
