package hesse.optimize;

import hesse.curvature.Curvature;
import hesse.curvature.Direction;

/**
 * One step of a run, from x to x + d: what the gradient g and the Hessian H at x predicted of it, and what came.
 *
 * @param iteration from 1
 * @param value the cost f(x + d)
 * @param gradientNorm the largest entry of the gradient at x + d, projected onto the bounds; by the interior-point
 *     method the largest residual of the optimality conditions
 * @param infeasibility the largest violation of a constraint at x + d; 0 without constraints
 * @param length ||d||
 * @param curvature d'Hd / d'd; H is the Lagrangian's with constraints and J'J in least squares; NaN where it was not
 *     asked
 * @param kind the sign of the curvature; unknown where it was not asked
 * @param linear -g'd, the decrease that the gradient alone predicts
 * @param quadratic -g'd - d'Hd/2, the decrease that the quadratic model predicts
 * @param actual f(x) - f(x + d)
 * @param point x + d for at most 16 parameters, else empty
 */
public record Step(int iteration, double value, double gradientNorm, double infeasibility, double length,
        double curvature,
        Direction.Kind kind, double linear, double quadratic, double actual, double[] point) {
    /** Points of more parameters are not kept. */
    static final int KEPT = 16;

    /** Actual over predicted decrease: near 1 where the quadratic model holds. */
    public double ratio() {
        return actual / quadratic;
    }

    /** The sign of d'Hd: zero where it is lost in rounding, unknown where it is not finite. */
    static Direction.Kind kind(double[] d, double[] hd) {
        double curving = Algebra.dot(d, hd);
        double zero = Curvature.ZERO_TOLERANCE * Algebra.norm(d) * Algebra.norm(hd);
        if (!Double.isFinite(curving)) {
            return Direction.Kind.UNKNOWN;
        }
        if (curving > zero) {
            return Direction.Kind.POSITIVE;
        }
        return curving < -zero ? Direction.Kind.NEGATIVE : Direction.Kind.ZERO;
    }
}
