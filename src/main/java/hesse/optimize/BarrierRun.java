package hesse.optimize;

import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;

/**
 * One run of the interior-point method from a point: Newton steps on the optimality conditions of a sequence of barrier problems, a filter line
 * search with second-order corrections, and where no step is acceptable a restoration that lowers the violation alone.
 */
final class BarrierRun {
    /** The part of the tolerance, in the cost's unit, by which all bounds' complementarity together may leave the cost open. */
    private static final double GAP = 0.1;
    private static final int CORRECTIONS = 4;
    private static final int RESTORATIONS = 500;
    private static final double ACCEPTABLE = 1e-6;
    private static final double STATIONARY = 1e-8;
    private static final double LEAST_DAMPING = 1e-10;
    private static final double MOST_DAMPING = 1e20;

    private final Cost cost;
    private final BarrierProblem problem;
    private final KktSystem kkt;
    private final Filter filter = new Filter();
    private final BarrierPoint at;
    private double mu;
    private double[] best;
    private double bestValue;

    /**
     * From a start that is moved off its bounds.
     *
     * @param x in the problem's units
     * @param best the lowest feasible point of earlier runs in the user's units, or null
     * @param bestValue the cost there
     */
    BarrierRun(BarrierProblem problem, double barrier, double[] x, double[] best, double bestValue) {
        this.cost = problem.cost;
        this.problem = problem;
        this.kkt = new KktSystem(problem.size, problem.m);
        this.mu = barrier;
        this.at = new BarrierPoint(problem, problem.inside(x));
        this.best = best;
        this.bestValue = bestValue;
    }

    /** Where it is. */
    BarrierPoint point() {
        return at;
    }

    /** The lowest feasible point of this and earlier runs, in the user's units; or null. */
    double[] best() {
        return best;
    }

    double bestValue() {
        return bestValue;
    }

    /** Runs until a stop is thrown. */
    void run() {
        at.moveTo(at.z);
        if (!at.isFinite()) {
            throw new Cost.Stop(Ending.NOT_FINITE, "the cost or a constraint is not finite inside the bounds at " + Cost.text(problem.user(at.z)));
        }
        at.leastSquaresMultipliers(kkt);
        double first = Math.max(1, BarrierPoint.violation(at.c));
        filter.clear(1e4 * first);
        double least = GAP * cost.limits.gradient() / 11 / Math.max(1, problem.bounds);
        for (;;) {
            SymmetricMatrix w = at.hessian();
            requireError();
            while (at.error(mu) <= 10 * mu && mu > least) {
                mu = Math.max(least, Math.min(0.2 * mu, Math.pow(mu, 1.5)));
                filter.clear(1e4 * first);
            }
            double[] step = kkt.factor(w, at.barrierCurvature(), at.a, problem.slack, mu) ? kkt.solve(at.rightHandSide(mu, at.c)) : null;
            if (step == null || !advance(step, w, 1e-4 * first)) {
                restore(w);
            }
        }
    }

    private void requireError() {
        double error = at.error(0);
        double violation = at.realViolation();
        double real = cost.units.user(at.value);
        if (at.isFeasible() && real < bestValue) {
            bestValue = real;
            best = cost.user(problem.x(at.z));
        }
        boolean isComplementary = problem.gap(at.z, at.low, at.high) <= GAP * cost.limits.gradient();
        if (error <= cost.limits.gradient() && isComplementary && at.isFeasible()) {
            throw new Cost.Stop(Ending.CONVERGED_GRADIENT, "optimality conditions hold to " + at.userError() + ", constraints to " + violation
                    + ", complementarity leaves " + at.userGap() + " of the cost open");
        }
        if (Algebra.largest(at.z) > 1e20) {
            throw new Cost.Stop(Ending.UNBOUNDED, "the point runs away, cost " + real + " at " + Cost.text(problem.user(at.z)));
        }
    }

    /** The filter line search; whether a step was acceptable. */
    private boolean advance(double[] step, SymmetricMatrix w, double smallViolation) {
        double[] d = Arrays.copyOf(step, problem.size);
        double tau = Math.max(0.99, 1 - mu);
        double slope = Algebra.dot(at.barrierGradient(mu), d);
        FilterLine line = new FilterLine(filter, BarrierPoint.violation(at.c), barrierCost(at.z, at.value), slope, smallViolation);
        double longest = problem.reach(at.z, d, tau);
        double shortest = line.shortest();
        for (double t = longest; t > shortest; t *= 0.5) {
            double[] next = at.z.clone();
            Algebra.add(next, t, d);
            double[] constraint = problem.constraints(next);
            double after = BarrierPoint.violation(constraint);
            if (line.accepts(t, after, barrierCost(next, problem.cost(next)))) {
                take(line, next, step, t, t, w);
                return true;
            }
            if (t == longest && after >= line.violation() && corrected(line, step, constraint, tau, t, w)) {
                return true;
            }
        }
        return false;
    }

    private double barrierCost(double[] z, double cost) {
        return cost + problem.barrier(z, mu);
    }

    /** Second-order corrections, for steps that raise the violation. */
    private boolean corrected(FilterLine line, double[] step, double[] trial, double tau, double t, SymmetricMatrix w) {
        double[] sum = at.c.clone();
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
            length = problem.reach(at.z, d, tau);
            double[] next = at.z.clone();
            Algebra.add(next, length, d);
            constraint = problem.constraints(next);
            double after = BarrierPoint.violation(constraint);
            if (line.accepts(t, after, barrierCost(next, problem.cost(next)))) {
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

    /** Moves there, and multipliers along. */
    private void take(FilterLine line, double[] next, double[] step, double t, double tried, SymmetricMatrix w) {
        double[] d = Algebra.minus(next, at.z);
        double[] dz = Arrays.copyOf(step, problem.size);
        double[] lowStep = new double[problem.size];
        double[] highStep = new double[problem.size];
        double tau = Math.max(0.99, 1 - mu);
        double dual = 1;
        for (int j = 0; j < problem.size; j++) {
            if (at.low[j] > 0) {
                double distance = at.z[j] - problem.lower[j];
                lowStep[j] = mu / distance - at.low[j] - at.low[j] / distance * dz[j];
                dual = lowStep[j] < 0 ? Math.min(dual, -tau * at.low[j] / lowStep[j]) : dual;
            }
            if (at.high[j] > 0) {
                double distance = problem.upper[j] - at.z[j];
                highStep[j] = mu / distance - at.high[j] + at.high[j] / distance * dz[j];
                dual = highStep[j] < 0 ? Math.min(dual, -tau * at.high[j] / highStep[j]) : dual;
            }
        }
        line.pass(tried);
        double before = at.value;
        double[] oldG = at.g.clone();
        at.moveTo(next);
        for (int i = 0; i < problem.m; i++) {
            at.multipliers[i] += t * step[problem.size + i];
        }
        for (int j = 0; j < problem.size; j++) {
            at.low[j] = kept(at.low[j] + dual * lowStep[j], at.z[j] - problem.lower[j]);
            at.high[j] = kept(at.high[j] + dual * highStep[j], problem.upper[j] - at.z[j]);
        }
        tell(d, oldG, w, before);
    }

    /** Keeps a bound's multiplier near what the barrier says. */
    private double kept(double multiplier, double distance) {
        return multiplier == 0 ? 0 : Math.max(Math.min(multiplier, 1e10 * mu / distance), mu / distance / 1e10);
    }

    private void tell(double[] d, double[] oldG, SymmetricMatrix w, double before) {
        double[] dx = problem.x(d);
        double[] wd = w.multiply(dx);
        double curving = Algebra.dot(dx, wd);
        double linear = -Algebra.dot(problem.x(oldG), dx) / problem.costScale;
        double[] step = problem.user(d);
        double square = Algebra.dot(step, step);
        curving /= problem.costScale;
        cost.tell(new Step(cost.steps.size() + 1, at.value / problem.costScale, at.userError(), at.realViolation(), Math.sqrt(square),
                square == 0 ? 0 : curving / square, Cost.kind(dx, wd), linear, linear - 0.5 * curving,
                (before - at.value) / problem.costScale, dx.length <= Step.KEPT ? problem.user(at.z) : new double[0]));
    }

    /**
     * Lowers the violation alone, by damped Gauss-Newton steps scaled with the distance to the bounds they head for, until the filter
     * accepts the point.
     */
    private void restore(SymmetricMatrix w) {
        double first = BarrierPoint.violation(at.c);
        if (problem.m == 0 || first <= 1e-12 || at.isFeasible() && at.error(0) <= ACCEPTABLE) {
            throw new Cost.Stop(at.error(0) <= ACCEPTABLE ? Ending.CONVERGED_DECREASE : Ending.STEP_TOO_SMALL, "no step from " + Cost.text(problem.user(at.z))
                    + " is acceptable; optimality conditions hold to " + at.userError() + ", complementarity leaves " + at.userGap() + " of the cost open");
        }
        filter.leave(first, barrierCost(at.z, at.value));
        double damping = 0;
        double[] oldG = at.g.clone();
        double[] from = at.z.clone();
        double before = at.value;
        for (int k = 0; k < RESTORATIONS; k++) {
            double square = Algebra.dot(at.c, at.c);
            FeasibilityStep lowering = new FeasibilityStep(problem, at.z, at.c, at.a);
            if (lowering.stationarity() <= STATIONARY * Math.sqrt(square) || damping > MOST_DAMPING) {
                infeasible();
            }
            double[] d = damping == 0 ? lowering.shortest(kkt, mu) : lowering.damped(damping);
            double t = d == null ? 0 : problem.reach(at.z, d, 0.995);
            double[] next = at.z.clone();
            if (d != null) {
                Algebra.add(next, t, d);
            }
            double[] trial = d == null ? at.c : problem.constraints(next);
            double after = Algebra.dot(trial, trial);
            if (!(after < square * (1 - 1e-4 * t)) || !Double.isFinite(problem.cost(next))) {
                damping = Math.max(LEAST_DAMPING, 10 * damping);
                continue;
            }
            damping = damping <= LEAST_DAMPING ? 0 : damping / 10;
            at.moveTo(next);
            if (!Algebra.isFinite(at.g) || !Algebra.isFinite(at.a.data())) {
                throw new Cost.Stop(Ending.NOT_FINITE, "a derivative is not finite at " + Cost.text(problem.user(at.z)));
            }
            if (BarrierPoint.violation(at.c) <= 0.9 * first && filter.accepts(BarrierPoint.violation(at.c), barrierCost(at.z, at.value))) {
                at.leastSquaresMultipliers(kkt);
                tell(Algebra.minus(at.z, from), oldG, w, before);
                return;
            }
        }
        infeasible();
    }

    private void infeasible() {
        StringBuilder names = new StringBuilder();
        for (int i : problem.constraints.violated(problem.user(at.z), Math.max(cost.limits.violation(), 1e-8))) {
            names.append(names.isEmpty() ? "" : ", ").append(i);
        }
        throw new Cost.Stop(Ending.INFEASIBLE, "no point near " + Cost.text(problem.user(at.z)) + " violates the constraints less; violated by up to "
                + at.realViolation() + ": " + names);
    }
}
