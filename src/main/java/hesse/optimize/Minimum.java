package hesse.optimize;

import hesse.curvature.Inertia;
import java.util.List;

/**
 * Where a method stopped, and why.
 *
 * @param x the best feasible point seen (to the rounding of the cost; with constraints, the last one)
 * @param value the cost there
 * @param gradient the cost's gradient there
 * @param ending why it stopped
 * @param message the same for a person, with figures
 * @param method which method ran
 * @param steps what happened, in order
 * @param evaluations what it took
 * @param multipliers of the constraints, L = f + lambda'c; empty without
 * @param boundMultipliers of the bounds: positive where a lower one holds x, negative where an upper one does; empty without
 * @param violated the indices of the constraints that are violated beyond the tolerance
 * @param reducedInertia the signs of the eigenvalues of the Hessian (with constraints the Lagrangian's) on the null space of the active
 *     constraints and bounds: all positive is sufficient for a strict local minimum; null where it was not computed
 */
public record Minimum(double[] x, double value, double[] gradient, Ending ending, String message, Method method, List<Step> steps,
        Evaluations evaluations, double[] multipliers, double[] boundMultipliers, int[] violated, Inertia reducedInertia) {
    public boolean isConverged() {
        return ending.isConverged();
    }

    /** Whether second derivatives prove a strict local minimum. */
    public boolean isSufficient() {
        return ending.isConverged() && reducedInertia != null && reducedInertia.negative() == 0 && reducedInertia.zero() == 0;
    }
}
