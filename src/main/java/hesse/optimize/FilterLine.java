package hesse.optimize;

/**
 * What a filter line search accepts along one step (Waechter and Biegler, SIAM J. Optim. 16, 2005): where the violation
 * is small and the step promises enough, Armijo's decrease of the barrier problem's cost, else less of the violation or
 * of the cost.
 *
 * @param violation the sum of sizes of the constraints' values where the step starts
 * @param cost the barrier problem's cost there
 * @param slope of that cost along the step
 * @param smallViolation up to where the cost decides
 */
record FilterLine(Filter filter, double violation, double cost, double slope, double smallViolation) {
    /** Exponents of the rule by which the cost decides. */
    private static final double SWITCH_COST = 2.3;
    private static final double SWITCH_VIOLATION = 1.1;
    private static final double ARMIJO = 1e-4;
    /** The part of the cost that rounding may hide. */
    private static final double ROUNDING = 1e-14;

    /** The length below which steps are not worth trying. */
    double shortest() {
        double least = Filter.MARGIN;
        if (slope < 0) {
            least = Math.min(least, Filter.MARGIN * violation / -slope);
            if (violation <= smallViolation) {
                least = Math.min(least, Math.pow(violation, SWITCH_VIOLATION) / Math.pow(-slope, SWITCH_COST));
            }
        }
        return Math.max(1e-14, 0.05 * least);
    }

    private boolean isCostDecisive(double t) {
        return violation <= smallViolation && slope < 0
                && t * Math.pow(-slope, SWITCH_COST) > Math.pow(violation, SWITCH_VIOLATION);
    }

    /**
     * Whether the point at t is acceptable, {@code after} the violation and {@code next} the barrier problem's cost
     * there.
     */
    boolean accepts(double t, double after, double next) {
        if (!Double.isFinite(after) || !Double.isFinite(next) || !filter.accepts(after, next)) {
            return false;
        }
        double rounding = ROUNDING * Math.abs(cost);
        if (isCostDecisive(t)) {
            return next <= cost + ARMIJO * t * slope + rounding;
        }
        return after <= (1 - Filter.MARGIN) * violation || next <= cost - Filter.MARGIN * violation + rounding;
    }

    /** Has the filter remember where the step started, unless it was the cost that decided. */
    void pass(double t) {
        if (!isCostDecisive(t)) {
            filter.leave(violation, cost);
        }
    }
}
