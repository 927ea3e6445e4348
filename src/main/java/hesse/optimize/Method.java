package hesse.optimize;

/**
 * The methods of {@link Minimize}, from x to the next point with the gradient g and the Hessian H at x. "Needs
 * gradients" means no second derivatives but those that judge an end.
 */
public enum Method {
    /**
     * {@link #INTERIOR_POINT} under constraints; else {@link #TRUST_REGION} up to 300 parameters and {@link #NEWTON_CG}
     * beyond.
     */
    AUTO,
    /**
     * x - t g with the step t of {@link Minimize#stepSize}; diverges where t is beyond 2/lambda_max. Needs gradients.
     */
    GRADIENT_FIXED,
    /** x - t g, t halved until the cost falls enough (Armijo), and doubled from step to step. Needs gradients. */
    GRADIENT_BACKTRACKING,
    /**
     * x - t g with t = g'g / g'Hg, the best step of the quadratic model, where curvature is positive. Needs a product H
     * g a step.
     */
    GRADIENT_CURVATURE,
    /**
     * Limited-memory BFGS (Nocedal, Math. Comp. 35, 1980) with More and Thuente's line search. O(n) memory, needs
     * gradients.
     */
    LBFGS,
    /**
     * Newton's method with a line search; where the Hessian is not positive definite, its eigenvalues' sizes serve, or
     * of more than 300 parameters a shift of it. O(n^2) memory.
     */
    NEWTON,
    /**
     * Newton's model solved exactly within a radius (More and Sorensen, SIAM J. Sci. Stat. Comput. 4, 1983). O(n^2)
     * memory.
     */
    TRUST_REGION,
    /**
     * The same solved by conjugate gradients on Hessian-vector products (Steihaug, SIAM J. Numer. Anal. 20, 1983). O(n)
     * memory.
     */
    NEWTON_CG,
    /**
     * A primal-dual interior-point method with a filter (Waechter and Biegler, Math. Program. 106, 2006). For
     * constraints.
     */
    INTERIOR_POINT
}
