package hesse.optimize;

/** Why a method stopped. */
public enum Ending {
    /**
     * The gradient, but for entries of parameters that bounds hold, is within its tolerance of what the parameters'
     * sizes make of it, or lost in its rounding; for the interior-point method, the residual of the optimality
     * conditions and the cost that complementarity leaves open are within their tolerances.
     */
    CONVERGED_GRADIENT(true),
    /**
     * The decrease that the quadratic model predicts is below the rounding of the cost, 2^-52 |f| or as its values show
     * it.
     */
    CONVERGED_DECREASE(true),
    /** The step is within its tolerance of the point (least squares). */
    CONVERGED_STEP(true),
    /** No step along a descent direction lowers the cost, though the model promises more than its rounding. */
    STEP_TOO_SMALL(false),
    /**
     * The point is not stationary, but no step leaves it: trial points are outside the domain, the cost jumps, or
     * residuals do not change with the parameters (least squares).
     */
    STUCK(false),
    /** The cost has not changed beyond its tolerance in several steps. */
    CHANGE_TOO_SMALL(false),
    ITERATION_LIMIT(false),
    EVALUATION_LIMIT(false),
    /** The cost falls beyond any bound. */
    UNBOUNDED(false),
    /** No point near here violates the constraints less; {@link Minimum#violated} names them. */
    INFEASIBLE(false),
    /** The cost or a derivative is not finite at the point, and no step leads away. */
    NOT_FINITE(false),
    /** The listener said stop, or the thread was interrupted. */
    CANCELLED(false);

    private final boolean converged;

    Ending(boolean converged) {
        this.converged = converged;
    }

    public boolean isConverged() {
        return converged;
    }
}
