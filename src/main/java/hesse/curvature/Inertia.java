package hesse.curvature;

/** How many eigenvalues of a Hessian are positive, zero (see {@link Curvature#ZERO_TOLERANCE}) and negative. */
public record Inertia(int positive, int zero, int negative) {}
