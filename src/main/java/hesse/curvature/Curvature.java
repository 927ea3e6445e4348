package hesse.curvature;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

import hesse.Objective;
import hesse.matrix.Matrix;
import hesse.matrix.SymmetricEigen;
import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;

/**
 * A cost function at a point as its second derivatives show it: spectrum, kind of point, curvature along directions,
 * and how far a step may go.
 *
 * <p>Verdicts are scale-free: multiplying the cost by a factor, or measuring any one parameter in another unit, changes
 * none. For them the Hessian is equilibrated, D H D with D diagonal and all rows of largest entry 1 (Ruiz,
 * RAL-TR-2001-034), which by Sylvester's law keeps the signs of its eigenvalues. One of these is zero where it is below
 * {@value #ZERO_TOLERANCE} of the largest in size. The gradient is small where, in these units, the step |H|^+ g (the
 * Newton step with the eigenvalues' sizes, zero ones replaced by the tolerance) is below {@value #STEP_TOLERANCE} of
 * ||x||, or promises a change of the cost below {@value #DECREASE_TOLERANCE} of |f|. Eigenvalues and condition number
 * are those of the Hessian as it is.
 */
public final class Curvature {
    /**
     * The part of the largest eigenvalue of the equilibrated Hessian below which one is zero, and the part of
     * |d|'|H||d| below which the curvature along d is.
     */
    public static final double ZERO_TOLERANCE = 1e-13;
    /** Sweeps of Ruiz' iteration, which halves the exponents' distance from 0 each time. */
    private static final int EQUILIBRATIONS = 20;
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
    /** Built when a verdict is first asked; building it twice does no harm. */
    private Equilibrated equilibrated;

    /** The eigenvalues of D H D, and D. */
    private record Equilibrated(double[] scale, SymmetricEigen eigen) {}

    private Curvature(Objective objective, double[] x) {
        this.objective = objective;
        this.x = x.clone();
        this.gradient = new double[objective.n()];
        this.hessian = SymmetricMatrix.of(objective.n());
        this.value = objective.hessian(this.x, gradient, hessian);
        this.eigen = SymmetricEigen.of(hessian);
    }

    /** Evaluates the objective at x, n entries, and decomposes its Hessian: O(n^3) time, O(n^2) memory. */
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

    private Equilibrated equilibrated() {
        if (equilibrated == null) {
            double[] scale = new double[x.length];
            Arrays.fill(scale, 1);
            double[][] rows = hessian.toArray();
            for (int k = 0; k < EQUILIBRATIONS; k++) {
                equilibrate(rows, scale);
            }
            equilibrated = new Equilibrated(scale, SymmetricEigen.of(SymmetricMatrix.fromFull(rows)));
        }
        return equilibrated;
    }

    /** Divides rows and columns by the root of the row's largest entry; powers of two, so that nothing is rounded. */
    private static void equilibrate(double[][] rows, double[] scale) {
        double[] factor = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            double largest = 0;
            for (double entry : rows[i]) {
                largest = Math.max(largest, Math.abs(entry));
            }
            boolean usable = largest > 0 && largest < Double.POSITIVE_INFINITY;
            factor[i] = usable ? Math.scalb(1.0, -Math.floorDiv(Math.getExponent(largest), 2)) : 1;
            scale[i] *= factor[i];
        }
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows.length; j++) {
                rows[i][j] *= factor[i] * factor[j];
            }
        }
    }

    /** The signs of the eigenvalues; null where value, gradient or Hessian are not finite. */
    public Inertia inertia() {
        if (!isFinite()) {
            return null;
        }
        double[] values = equilibrated().eigen.values();
        double zero = ZERO_TOLERANCE * radius(values);
        int positive = 0;
        int negative = 0;
        for (double eigenvalue : values) {
            positive += eigenvalue > zero ? 1 : 0;
            negative += eigenvalue < -zero ? 1 : 0;
        }
        return new Inertia(positive, x.length - positive - negative, negative);
    }

    /** What kind of point this is, by the gradient and the signs of the eigenvalues as the class says. */
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

    /** Whether the gradient is small, in the sense stated above; not where the point is not finite. */
    public boolean isStationary() {
        if (!isFinite()) {
            return false;
        }
        SymmetricEigen scaled = equilibrated().eigen;
        double[] g = new double[x.length];
        double[] point = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            g[i] = gradient[i] * equilibrated().scale[i];
            point[i] = x[i] / equilibrated().scale[i];
        }
        double size = norm(g);
        if (size == 0) {
            return true;
        }
        double zero = ZERO_TOLERANCE * radius(scaled.values());
        double step = 0;
        double change = 0;
        for (int k = 0; k < x.length; k++) {
            double along = dot(scaled.vector(k), g) / size;
            double curvature = Math.max(Math.abs(scaled.values()[k]), zero) / size;
            step = Math.hypot(step, along / curvature);
            change += along / curvature * along;
        }
        return step <= STEP_TOLERANCE * norm(point) || change * size <= DECREASE_TOLERANCE * Math.abs(value);
    }

    /** The eigenvalue that is largest in size, in size: the 2-norm of the Hessian. */
    public double spectralRadius() {
        return radius(eigen.values());
    }

    private static double radius(double[] ascending) {
        return Math.max(Math.abs(ascending[0]), Math.abs(ascending[ascending.length - 1]));
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

    /**
     * Slope and curvature along a direction d, of n entries and any length.
     *
     * @throws IllegalArgumentException where d has another number of entries
     */
    public Direction along(double[] d) {
        double curvature = hessian.quadraticForm(d);
        double zero = ZERO_TOLERANCE * sizeOfTerms(d);
        return new Direction(dot(gradient, d), curvature, isFinite() ? kind(curvature, zero) : Direction.Kind.UNKNOWN);
    }

    private static Direction.Kind kind(double curvature, double zero) {
        if (curvature > zero) {
            return Direction.Kind.POSITIVE;
        }
        return curvature < -zero ? Direction.Kind.NEGATIVE : Direction.Kind.ZERO;
    }

    /** |d|'|H||d|, the sum of the sizes of the terms of d'H d. */
    private double sizeOfTerms(double[] d) {
        double sum = 0;
        for (int i = 0; i < d.length; i++) {
            for (int j = 0; j < d.length; j++) {
                sum += Math.abs(d[i] * hessian.get(i, j) * d[j]);
            }
        }
        return sum;
    }

    /**
     * Predicted and actual decrease for a step s, of n entries; evaluates the objective at x + s.
     *
     * @throws IllegalArgumentException where s has another number of entries
     */
    public Prediction predict(double[] step) {
        double slope = dot(gradient, step);
        double[] moved = x.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += step[i];
        }
        double quadratic = fma(0.5, hessian.quadraticForm(step), slope);
        return new Prediction(0.0 - slope, 0.0 - quadratic, value - objective.value(moved));
    }

    /**
     * The step along -g, in units of g, that minimises the quadratic model: g'g / g'Hg. Infinite where the curvature
     * along the gradient is not positive, 0 where the gradient is zero, NaN where the point is not finite.
     */
    public double bestStep() {
        if (!isFinite()) {
            return Double.NaN;
        }
        double length = norm(gradient);
        if (length == 0) {
            return 0;
        }
        double[] unit = gradient.clone();
        for (int i = 0; i < unit.length; i++) {
            unit[i] /= length;
        }
        Direction along = along(unit);
        return along.kind() == Direction.Kind.POSITIVE ? 1 / along.curvature() : Double.POSITIVE_INFINITY;
    }

    /**
     * The step, in units of g, beyond which gradient descent diverges near here: 2/lambda_max; infinite where
     * lambda_max is not positive, NaN where the point is not finite.
     */
    public double largestStableStep() {
        double largest = eigen.values()[x.length - 1];
        return !isFinite() ? Double.NaN : largest > 0 ? 2 / largest : Double.POSITIVE_INFINITY;
    }

    private static double dot(double[] a, double[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("the direction has " + b.length + " entries, must have " + a.length);
        }
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum = fma(a[i], b[i], sum);
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
