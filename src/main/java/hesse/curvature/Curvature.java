package hesse.curvature;

import hesse.Objective;
import hesse.matrix.Matrix;
import hesse.matrix.SymmetricEigen;
import hesse.matrix.SymmetricMatrix;

/**
 * A cost function at a point as its second derivatives show it: spectrum, kind of point, curvature along directions, and how
 * far a step may go.
 *
 * <p>Tolerances are scale-free: multiplying the cost by a factor or measuring the parameters in another unit changes no
 * answer. An eigenvalue is zero where it is below {@value #ZERO_TOLERANCE} of the largest in size. The gradient is small where
 * the step |H|^+ g (the Newton step with the eigenvalues' sizes, those of zero ones replaced by the tolerance) is below
 * {@value #STEP_TOLERANCE} of ||x||, or promises a change of the cost below {@value #DECREASE_TOLERANCE} of |f|.
 */
public final class Curvature {
    /** The part of the largest eigenvalue below which one is zero. */
    public static final double ZERO_TOLERANCE = 1e-12;
    /** The part of ||x|| below which the remaining step makes a point stationary. */
    public static final double STEP_TOLERANCE = 1e-6;
    /** The part of |f| below which the remaining change makes a point stationary. */
    public static final double DECREASE_TOLERANCE = 1e-14;

    private final Objective objective;
    private final double[] x;
    private final double value;
    private final double[] gradient;
    private final SymmetricMatrix hessian;
    private final SymmetricEigen eigen;

    private Curvature(Objective objective, double[] x) {
        this.objective = objective;
        this.x = x.clone();
        this.gradient = new double[objective.n()];
        this.hessian = SymmetricMatrix.of(objective.n());
        this.value = objective.hessian(this.x, gradient, hessian);
        this.eigen = SymmetricEigen.of(hessian);
    }

    /** Evaluates the objective at x and decomposes its Hessian. */
    public static Curvature of(Objective objective, double[] x) {
        return new Curvature(objective, x);
    }

    /** The point, a copy. */
    public double[] point() {
        return x.clone();
    }

    /** f(x). */
    public double value() {
        return value;
    }

    /** The gradient, a copy. */
    public double[] gradient() {
        return gradient.clone();
    }

    /** The Hessian, a copy. */
    public SymmetricMatrix hessian() {
        return SymmetricMatrix.fromPacked(x.length, hessian.toPacked());
    }

    /** The Hessian's eigenvalues, ascending; a copy. */
    public double[] eigenvalues() {
        return eigen.values().clone();
    }

    /** Eigenvector k, of length 1, belonging to eigenvalue k. */
    public double[] eigenvector(int k) {
        return eigen.vector(k);
    }

    /** The eigenvectors as columns, orthonormal; a copy. */
    public Matrix eigenvectors() {
        return Matrix.of(eigen.vectors().toArray());
    }

    /** The signs of the eigenvalues. */
    public Inertia inertia() {
        int positive = 0;
        int negative = 0;
        double zero = ZERO_TOLERANCE * spectralRadius();
        for (double eigenvalue : eigen.values()) {
            positive += eigenvalue > zero ? 1 : 0;
            negative += eigenvalue < -zero ? 1 : 0;
        }
        return new Inertia(positive, x.length - positive - negative, negative);
    }

    /** What kind of point this is. */
    public Classification classification() {
        if (!isFinite()) {
            return Classification.NOT_FINITE;
        }
        if (!isStationary()) {
            return Classification.REGULAR;
        }
        Inertia inertia = inertia();
        if (inertia.positive() > 0 && inertia.negative() > 0) {
            return Classification.SADDLE;
        }
        if (inertia.zero() > 0) {
            return Classification.DEGENERATE;
        }
        return inertia.negative() == 0 ? Classification.MINIMUM : Classification.MAXIMUM;
    }

    /** Whether value, gradient and Hessian are all finite. */
    public boolean isFinite() {
        boolean finite = Double.isFinite(value) && Double.isFinite(spectralRadius());
        for (double entry : gradient) {
            finite &= Double.isFinite(entry);
        }
        return finite;
    }

    /** Whether the gradient is small, in the sense stated above. */
    public boolean isStationary() {
        double size = norm(gradient);
        if (size == 0) {
            return true;
        }
        double radius = spectralRadius();
        double step = 0;
        double change = 0;
        for (int k = 0; k < x.length; k++) {
            double along = dot(eigen.vector(k), gradient) / size;
            double curvature = Math.max(Math.abs(eigen.values()[k]), ZERO_TOLERANCE * radius) / size;
            step = Math.hypot(step, along / curvature);
            change += along / curvature * along;
        }
        return step <= STEP_TOLERANCE * norm(x) || change * size <= DECREASE_TOLERANCE * Math.abs(value);
    }

    /** The eigenvalue that is largest in size, in size: the 2-norm of the Hessian. */
    public double spectralRadius() {
        double[] values = eigen.values();
        return Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
    }

    /** The largest over the smallest eigenvalue in size; infinite where one is zero to rounding. */
    public double conditionNumber() {
        double smallest = Double.POSITIVE_INFINITY;
        for (double eigenvalue : eigen.values()) {
            smallest = Math.min(smallest, Math.abs(eigenvalue));
        }
        double radius = spectralRadius();
        return radius == 0 ? Double.POSITIVE_INFINITY : radius / smallest;
    }

    /** The direction of steepest descent, -g. */
    public double[] steepestDescent() {
        double[] d = gradient.clone();
        for (int i = 0; i < d.length; i++) {
            d[i] = 0.0 - d[i];
        }
        return d;
    }

    /** Slope and curvature along a direction. */
    public Direction along(double[] d) {
        double curvature = hessian.quadraticForm(d);
        double length = norm(d);
        double zero = ZERO_TOLERANCE * spectralRadius() * length * length;
        Direction.Kind kind = curvature > zero
                ? Direction.Kind.POSITIVE
                : curvature < -zero ? Direction.Kind.NEGATIVE : Direction.Kind.ZERO;
        return new Direction(dot(gradient, d), curvature, kind);
    }

    /** Predicted and actual decrease for a step. */
    public Prediction predict(double[] step) {
        double slope = dot(gradient, step);
        double[] moved = x.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += step[i];
        }
        double quadratic = Math.fma(0.5, hessian.quadraticForm(step), slope);
        return new Prediction(0.0 - slope, 0.0 - quadratic, value - objective.value(moved));
    }

    /**
     * The step along -g, in units of g, that minimises the quadratic model: g'g / g'Hg. Infinite where the curvature along the
     * gradient is not positive, 0 where the gradient is zero.
     */
    public double bestStep() {
        double square = dot(gradient, gradient);
        if (square == 0) {
            return 0;
        }
        Direction down = along(steepestDescent());
        return down.kind() == Direction.Kind.POSITIVE ? square / down.curvature() : Double.POSITIVE_INFINITY;
    }

    /** The step of gradient descent beyond which it diverges near here: 2/lambda_max; infinite where lambda_max is not positive. */
    public double largestStableStep() {
        double largest = eigen.values()[x.length - 1];
        return largest > 0 ? 2 / largest : largest <= 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    }

    private static double dot(double[] a, double[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("the direction has " + b.length + " entries, must have " + a.length);
        }
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum = Math.fma(a[i], b[i], sum);
        }
        return sum;
    }

    private static double norm(double[] v) {
        double norm = 0;
        for (double entry : v) {
            norm = Math.hypot(norm, entry);
        }
        return norm;
    }
}
