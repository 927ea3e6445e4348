package hesse.curvature;

/** What kind of point a point is. */
public enum Classification {
    /** The gradient is not small: the cost falls along it. */
    REGULAR,
    /** Stationary, all eigenvalues positive. */
    MINIMUM,
    /** Stationary, all eigenvalues negative. */
    MAXIMUM,
    /** Stationary, eigenvalues of both signs. */
    SADDLE,
    /** Stationary, some eigenvalue zero and no two of opposite signs: second derivatives do not decide. */
    DEGENERATE,
    /** The value, gradient or Hessian has entries that are not finite. */
    NOT_FINITE
}
