package hesse.optimize;

import hesse.curvature.Curvature;
import hesse.curvature.Inertia;
import hesse.matrix.SymmetricEigen;
import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;

/**
 * The quadratic model of a cost where first derivatives nearly vanish, in the parameters that no bound holds: the signs
 * of the Hessian's eigenvalues, the Newton step that is left, and the direction of least curvature. All in the
 * eigenvectors of the equilibrated Hessian, so that nothing depends on the parameters' units (by Sylvester's law the
 * signs are those of the Hessian).
 */
final class LocalModel {
    private final SymmetricMatrix h;
    private final int[] free;
    /** D of the equilibrated D H D, by free parameter. */
    private final double[] scale;
    /** Of D H D; null where no parameter is free. */
    private final SymmetricEigen eigen;

    /**
     * At a point.
     *
     * @param h the Hessian there, n by n
     * @param free the parameters that may move
     */
    LocalModel(SymmetricMatrix h, int[] free) {
        this.h = h;
        this.free = free;
        double[][] rows = Algebra.part(h, free).toArray();
        this.scale = Units.factors(rows);
        this.eigen = free.length == 0 ? null : SymmetricEigen.of(SymmetricMatrix.fromFull(rows));
    }

    Inertia inertia() {
        if (eigen == null) {
            return new Inertia(0, 0, 0);
        }
        double zero = zero(eigen.values());
        int positive = (int) Arrays.stream(eigen.values()).filter(e -> e > zero).count();
        int negative = (int) Arrays.stream(eigen.values()).filter(e -> e < -zero).count();
        return new Inertia(positive, free.length - positive - negative, negative);
    }

    /**
     * -|H|^+ g, Newton's step with the sizes of the eigenvalues; those that are 0 to rounding count as large as that
     * rounding.
     */
    double[] step(double[] g) {
        if (eigen == null) {
            return new double[h.n()];
        }
        double[] own = Algebra.part(g, free);
        for (int i = 0; i < own.length; i++) {
            own[i] *= scale[i];
        }
        double zero = Math.max(Double.MIN_NORMAL, zero(eigen.values()));
        double[] along = eigen.vectors().transposedMultiply(own);
        for (int k = 0; k < along.length; k++) {
            along[k] /= -Math.max(Math.abs(eigen.values()[k]), zero);
        }
        double[] step = eigen.vectors().multiply(along);
        for (int i = 0; i < step.length; i++) {
            step[i] *= scale[i];
        }
        return Algebra.whole(step, free, h.n());
    }

    /** The eigenvector of the least eigenvalue, its largest entry 1 in size. */
    double[] leastCurved() {
        double[] least = eigen.vector(0);
        for (int i = 0; i < least.length; i++) {
            least[i] *= scale[i];
        }
        return Algebra.whole(Algebra.times(1 / Algebra.largest(least), least), free, h.n());
    }

    /** -(g's + s'Hs/2), the decrease of the cost that the model predicts of a step. */
    double promised(double[] g, double[] step) {
        return -Algebra.dot(g, step) - 0.5 * h.quadraticForm(step);
    }

    /** The size below which an eigenvalue is 0 to rounding. */
    static double zero(double[] ascending) {
        double radius = Math.max(Math.abs(ascending[0]), Math.abs(ascending[ascending.length - 1]));
        return Math.max(Curvature.ZERO_TOLERANCE, ascending.length * Math.ulp(4.0)) * radius;
    }
}
