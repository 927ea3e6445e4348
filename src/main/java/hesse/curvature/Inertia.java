package hesse.curvature;

/** How many eigenvalues of a Hessian are positive, zero and negative, as {@link Curvature} tells them apart. */
public record Inertia(int positive, int zero, int negative) {}
