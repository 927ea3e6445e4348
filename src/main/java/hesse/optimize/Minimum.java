package hesse.optimize;

import hesse.VectorFunction;
import hesse.curvature.Inertia;
import hesse.matrix.SymmetricMatrix;
import java.util.List;

/**
 * Where a run of {@link Minimize} stopped, and why.
 *
 * @param x the best feasible point seen (the one that converged where the run did; with constraints, the last one)
 * @param value the cost there
 * @param gradient the cost's gradient there
 * @param ending why it stopped
 * @param message the ending for a person, with figures
 * @param method which method ran
 * @param steps in order; unmodifiable
 * @param evaluations how often the cost was evaluated
 * @param multipliers lambda of the constraints, with the Lagrangian L = f + lambda'c; empty without constraints
 * @param boundMultipliers of the bounds: positive where a lower one holds x, negative where an upper one does; 0 where
 *     none does; empty without bounds and constraints
 * @param violated the indices of the constraints that are violated beyond the tolerance
 * @param reducedInertia the signs of the eigenvalues of the Hessian (with constraints the Lagrangian's) on the null
 *     space of the active constraints and bounds: all positive is sufficient for a strict local minimum; null where it
 *     was not looked at, since the run did not converge or has more than 300 parameters and no method that holds the
 *     Hessian
 * @param hessian the Hessian there, with constraints the Lagrangian's; null where {@code reducedInertia} is
 * @param active the gradients of the constraints, and unit vectors for the bounds, that hold the point; empty where
 *     that was not looked at
 */
public record Minimum(double[] x, double value, double[] gradient, Ending ending, String message, Method method,
        List<Step> steps, Evaluations evaluations, double[] multipliers, double[] boundMultipliers, int[] violated,
        Inertia reducedInertia, SymmetricMatrix hessian, List<double[]> active) {
    public boolean isConverged() {
        return ending.isConverged();
    }

    /** Whether second derivatives prove a strict local minimum. */
    public boolean isSufficient() {
        boolean isLookedAt = ending.isConverged() && reducedInertia != null;
        return isLookedAt && reducedInertia.negative() == 0 && reducedInertia.zero() == 0;
    }

    /**
     * The inverse of the Hessian, Z (Z'W Z)^-1 Z' with W the cost's Hessian (the Lagrangian's under constraints) and Z
     * a basis of the directions that the active bounds and constraints leave: where the cost is a negative logarithm of
     * a likelihood, the covariance of the parameters. A parameter that nothing determines has infinite variance; one
     * that bounds or constraints hold has none, NaN. Covariances of either with others are NaN.
     *
     * @throws IllegalStateException where curvature was not looked at, or is negative
     */
    public SymmetricMatrix covariance() {
        return requireCurvature().of(null);
    }

    /**
     * The sandwich V (sum_i s_i s_i') V, V as {@link #covariance()} and s_i the gradients of the terms whose sum the
     * cost is (Huber 1967; White, Econometrica 50, 1982): right for independent terms though the model of their
     * deviations is not.
     *
     * @param terms one value a term, as {@link VectorFunction#perRow} makes it of the body of a sum over rows
     * @throws IllegalStateException where curvature was not looked at, or is negative
     */
    public SymmetricMatrix covariance(VectorFunction terms) {
        if (terms.n() != x.length) {
            throw new IllegalArgumentException("terms of " + terms.n() + " parameters, the minimum has " + x.length);
        }
        return requireCurvature().of(terms.jacobian(x));
    }

    private Covariance requireCurvature() {
        if (hessian == null) {
            throw new IllegalStateException("no covariance: curvature was not looked at, " + message);
        }
        return new Covariance(hessian, active);
    }
}
