package hesse.optimize;

import hesse.curvature.Direction;

/**
 * One step, from x to x + d, as it was foreseen and as it came.
 *
 * @param iteration from 1
 * @param value the cost after the step
 * @param gradientNorm the largest entry of the gradient after the step, projected onto the bounds; by the interior-point method the
 *     largest residual of the optimality conditions
 * @param infeasibility the largest violation of a constraint after the step; 0 without constraints
 * @param length ||d||
 * @param curvature d'Hd / d'd at x; of the Lagrangian with constraints, of J'J in least squares; NaN where it was not asked
 * @param kind its sign; unknown where the curvature was not asked
 * @param linear -g'd, the decrease that the gradient alone predicts
 * @param quadratic -g'd - d'Hd/2, the decrease that the quadratic model predicts
 * @param actual f(x) - f(x + d)
 * @param point x + d for at most 16 parameters, else empty
 */
public record Step(int iteration, double value, double gradientNorm, double infeasibility, double length, double curvature, Direction.Kind kind,
        double linear, double quadratic, double actual, double[] point) {
    /** A point of more parameters is not kept. */
    static final int KEPT = 16;

    /** Actual over predicted decrease: near 1 where the quadratic model holds. */
    public double ratio() {
        return actual / quadratic;
    }
}
