package hesse.optimize;

import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;

/**
 * One run of the interior-point method from a point: Newton steps on the optimality conditions of a sequence of barrier
 * problems, a filter line search with second-order corrections, and a {@link Restoration} where no step is acceptable.
 */
final class BarrierRun {
    /**
     * The part of the tolerance, in the cost's unit, by which all bounds' complementarity together may leave the cost
     * open.
     */
    private static final double GAP = 0.1;
    private static final int CORRECTIONS = 4;
    /** Residuals of the optimality conditions at which a point without acceptable step still counts as an answer. */
    private static final double ACCEPTABLE = 1e-6;
    /** Parts of the first violation: points beyond the one are never accepted, up to the other the cost decides. */
    private static final double LARGEST_VIOLATION = 1e4;
    private static final double SMALL_VIOLATION = 1e-4;
    private static final double RUNS_AWAY = 1e20;

    private final Run run;
    private final BarrierProblem problem;
    private final KktSystem kkt;
    private final Filter filter = new Filter();
    private final BarrierPoint at;
    private final LowestFeasible lowest;
    /** The barrier's parameter, which falls towards 0. */
    private double mu;

    /**
     * From a start that is moved off its bounds.
     *
     * @param barrier the first mu
     * @param x in the problem's units
     * @param lowest told of each feasible point
     */
    BarrierRun(BarrierProblem problem, double barrier, double[] x, LowestFeasible lowest) {
        this.run = problem.run;
        this.problem = problem;
        this.kkt = new KktSystem(problem.size, problem.m);
        this.mu = barrier;
        this.at = new BarrierPoint(problem, problem.inside(x));
        this.lowest = lowest;
    }

    /** Where it is. */
    BarrierPoint point() {
        return at;
    }

    /** Runs until a stop is thrown. */
    void run() {
        at.moveTo(at.z());
        if (!at.isFinite()) {
            throw new Stop(Ending.NOT_FINITE,
                    "the cost or a constraint is not finite inside the bounds at " + Stop.text(at.user()));
        }
        at.multipliers.estimate(kkt, at.g, at.a);
        double first = Math.max(1, at.violation());
        filter.clear(LARGEST_VIOLATION * first);
        double least = GAP * run.tolerances.gradient() / 11 / Math.max(1, problem.bounds);
        for (;;) {
            SymmetricMatrix w = at.hessian();
            requireError();
            while (at.error(mu) <= 10 * mu && mu > least) {
                mu = Math.max(least, Math.min(0.2 * mu, Math.pow(mu, 1.5)));
                filter.clear(LARGEST_VIOLATION * first);
            }
            boolean isFactored = kkt.factor(w, at.multipliers.curvature(at.z()), at.a, problem.slack, mu);
            double[] step = isFactored ? kkt.solve(at.rightHandSide(mu, at.c())) : null;
            if (step == null || !advance(step, w, SMALL_VIOLATION * first)) {
                restore(w);
            }
        }
    }

    /** Ends where the optimality conditions hold, or the point runs away. */
    private void requireError() {
        double error = at.error(0);
        double violation = at.userViolation();
        double real = run.units().user(at.value());
        lowest.see(at, real);
        double tolerance = run.tolerances.gradient();
        boolean isComplementary = at.multipliers.gap(at.z()) <= GAP * tolerance;
        if (error <= tolerance && isComplementary && at.isFeasible()) {
            throw new Stop(Ending.CONVERGED_GRADIENT,
                    "optimality conditions hold to " + at.userError() + ", constraints to " + violation
                            + ", complementarity leaves " + at.userGap() + " of the cost open");
        }
        if (Algebra.largest(at.z()) > RUNS_AWAY) {
            throw new Stop(Ending.UNBOUNDED, "the point runs away, cost " + real + " at " + Stop.text(at.user()));
        }
    }

    /** The part of its distance to a bound that a step may use. */
    private double tau() {
        return Math.max(0.99, 1 - mu);
    }

    /** The filter line search; whether a step was acceptable. */
    private boolean advance(double[] step, SymmetricMatrix w, double smallViolation) {
        double[] d = Arrays.copyOf(step, problem.size);
        double slope = Algebra.dot(at.barrierGradient(mu), d);
        FilterLine line = new FilterLine(filter, at.violation(), at.barrierCost(mu), slope, smallViolation);
        double longest = problem.reach(at.z(), d, tau());
        double shortest = line.shortest();
        for (double t = longest; t > shortest; t *= 0.5) {
            double[] next = at.z().clone();
            Algebra.add(next, t, d);
            double[] constraint = problem.constraints(next);
            double after = Algebra.sumOfSizes(constraint);
            if (line.accepts(t, after, problem.barrierCost(next, mu))) {
                take(line, next, step, t, t, w);
                return true;
            }
            if (t == longest && after >= line.violation() && corrected(line, step, constraint, t, w)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Second-order corrections, for steps that raise the violation; whether one was acceptable.
     *
     * @param trial the constraints' values at the end of the step
     * @param t its length
     */
    private boolean corrected(FilterLine line, double[] step, double[] trial, double t, SymmetricMatrix w) {
        double[] sum = at.c().clone();
        double[] constraint = trial;
        double[] last = step;
        double before = line.violation();
        double length = t;
        for (int k = 0; k < CORRECTIONS && problem.m > 0; k++) {
            for (int i = 0; i < problem.m; i++) {
                sum[i] = length * sum[i] + constraint[i];
            }
            last = kkt.solve(at.rightHandSide(mu, sum));
            if (last == null) {
                return false;
            }
            double[] d = Arrays.copyOf(last, problem.size);
            length = problem.reach(at.z(), d, tau());
            double[] next = at.z().clone();
            Algebra.add(next, length, d);
            constraint = problem.constraints(next);
            double after = Algebra.sumOfSizes(constraint);
            if (line.accepts(t, after, problem.barrierCost(next, mu))) {
                take(line, next, last, length, t, w);
                return true;
            }
            if (!(after <= 0.99 * before)) {
                return false;
            }
            before = after;
        }
        return false;
    }

    /** Moves to the next point, and the multipliers along; {@code tried} is the step's length before corrections. */
    private void take(FilterLine line, double[] next, double[] step, double t, double tried, SymmetricMatrix w) {
        double[] from = at.z();
        double before = at.value();
        double[] oldG = at.g.clone();
        line.pass(tried);
        at.moveTo(next);
        at.multipliers.move(step, t, mu, tau(), from, next);
        at.tell(Algebra.minus(next, from), oldG, w, before);
    }

    private void restore(SymmetricMatrix w) {
        double first = at.violation();
        if (problem.m == 0 || first <= 1e-12 || at.isFeasible() && at.error(0) <= ACCEPTABLE) {
            throw new Stop(at.error(0) <= ACCEPTABLE ? Ending.CONVERGED_DECREASE : Ending.STEP_TOO_SMALL,
                    "no step from " + Stop.text(at.user()) + " is acceptable; optimality conditions hold to "
                            + at.userError() + ", complementarity leaves " + at.userGap() + " of the cost open");
        }
        filter.leave(first, at.barrierCost(mu));
        double[] from = at.z();
        double before = at.value();
        double[] oldG = at.g.clone();
        new Restoration(at, kkt, filter, mu).run();
        at.multipliers.estimate(kkt, at.g, at.a);
        at.tell(Algebra.minus(at.z(), from), oldG, w, before);
    }
}
