package hesse.curvature;

/** The numbers of positive, zero and negative eigenvalues of a Hessian, as {@link Curvature} tells them apart. */
public record Inertia(int positive, int zero, int negative) {}
