package hesse.optimize;

/**
 * Where the interior-point method has no acceptable step: lowers the violation alone, by damped Gauss-Newton steps
 * scaled with the distance to the bounds they head for, until the filter accepts the point.
 */
final class Restoration {
    private static final int STEPS = 500;
    /** The part of ||c|| below which the scaled gradient of ||c||^2/2 says that no step lowers it. */
    private static final double STATIONARY = 1e-8;
    /** The part of its violation that the point must lose. */
    private static final double LEFT = 0.9;
    /** The part of its distance to a bound that a step may use. */
    private static final double REACH = 0.995;
    private static final double SUFFICIENT = 1e-4;
    private static final double LEAST_DAMPING = 1e-10;
    private static final double MOST_DAMPING = 1e20;

    private final BarrierPoint at;
    private final KktSystem kkt;
    private final Filter filter;
    private final double mu;
    /** 0 for undamped steps. */
    private double damping;

    /** @param mu the barrier's parameter */
    Restoration(BarrierPoint at, KktSystem kkt, Filter filter, double mu) {
        this.at = at;
        this.kkt = kkt;
        this.filter = filter;
        this.mu = mu;
    }

    /** Moves the point to one that the filter accepts; stops where none is found. */
    void run() {
        double first = at.violation();
        for (int k = 0; k < STEPS; k++) {
            if (lowers() && at.violation() <= LEFT * first && filter.accepts(at.violation(), at.barrierCost(mu))) {
                return;
            }
        }
        throw infeasible();
    }

    /** Tries one step; whether it lowered the violation. */
    private boolean lowers() {
        BarrierProblem problem = at.problem;
        double square = Algebra.dot(at.c(), at.c());
        FeasibilityStep lowering = new FeasibilityStep(at);
        if (lowering.stationarity() <= STATIONARY * Math.sqrt(square) || damping > MOST_DAMPING) {
            throw infeasible();
        }
        double[] d = damping == 0 ? lowering.shortest(kkt, mu) : lowering.damped(damping);
        double t = d == null ? 0 : problem.reach(at.z(), d, REACH);
        double[] next = at.z().clone();
        if (d != null) {
            Algebra.add(next, t, d);
        }
        double[] trial = d == null ? at.c() : problem.constraints(next);
        double after = Algebra.dot(trial, trial);
        if (!(after < square * (1 - SUFFICIENT * t)) || !Double.isFinite(problem.cost(next))) {
            damping = Math.max(LEAST_DAMPING, 10 * damping);
            return false;
        }
        damping = damping <= LEAST_DAMPING ? 0 : damping / 10;
        at.moveTo(next);
        if (!Algebra.isFinite(at.g) || !Algebra.isFinite(at.a.data())) {
            throw new Stop(Ending.NOT_FINITE, "a derivative is not finite at " + Stop.text(at.user()));
        }
        return true;
    }

    private Stop infeasible() {
        StringBuilder names = new StringBuilder();
        for (int i : at.problem.constraints.violated(at.user(), at.problem.run.tolerances.violation())) {
            names.append(names.isEmpty() ? "" : ", ").append(i);
        }
        return new Stop(Ending.INFEASIBLE,
                "no point near " + Stop.text(at.user()) + " violates the constraints less; violated by up to "
                + at.userViolation() + ": " + names);
    }
}
