package hesse.optimize;

import hesse.curvature.Curvature;
import hesse.curvature.Inertia;
import hesse.matrix.SymmetricEigen;
import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;

/**
 * The quadratic model where first derivatives nearly vanish: the signs of the Hessian's eigenvalues for the parameters that no bound holds,
 * the step that is left, and, where an eigenvalue is negative, a step along its eigenvector to a lower cost. All in the eigenvectors of the
 * equilibrated Hessian, so that nothing depends on the parameters' units (by Sylvester's law the signs are those of the Hessian).
 */
final class LocalModel {
    private static final double ENOUGH = 0.1;
    private static final int SHORTENINGS = 30;
    private static final double SHORTER = 0.25;
    private static final int LENGTHENINGS = 100;
    /** The part of its promise that a longer step keeps while the model holds. */
    private static final double KEPT = 0.5;

    private final SymmetricMatrix h;
    private final int[] free;
    private final double[] scale;
    private final SymmetricEigen eigen;

    /**
     * At a point.
     *
     * @param h the Hessian
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

    /** -|H|^+ g, Newton's step with the eigenvalues' sizes, those that are 0 to rounding taken as large as that. */
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
    private double[] leastCurved() {
        double[] least = eigen.vector(0);
        for (int i = 0; i < least.length; i++) {
            least[i] *= scale[i];
        }
        return Algebra.whole(Algebra.times(1 / Algebra.largest(least), least), free, h.n());
    }

    /** The size below which an eigenvalue is 0 to rounding. */
    static double zero(double[] ascending) {
        double radius = Math.max(Math.abs(ascending[0]), Math.abs(ascending[ascending.length - 1]));
        return Math.max(Curvature.ZERO_TOLERANCE, ascending.length * Math.ulp(4.0)) * radius;
    }

    /**
     * A point at which the cost is lower by a good part of what the model promises along the direction of negative curvature, the better of
     * its two ways; null where there is none.
     */
    double[] lower(Cost cost, double[] u, double value, double[] g) {
        if (inertia().negative() == 0) {
            return null;
        }
        double[] direction = leastCurved();
        double towards = Algebra.dot(g, direction) > 0 ? -1 : 1;
        double[] back = Algebra.times(-1, direction);
        boolean hasLessRoom = Algebra.dot(g, direction) == 0 && cost.box().reach(u, direction) < cost.box().reach(u, back);
        double[] first = towards < 0 || hasLessRoom ? back : direction;
        double[] second = towards < 0 || hasLessRoom ? direction : back;
        double t = Math.max(1, Algebra.largest(u));
        for (int k = 0; k < SHORTENINGS; k++, t *= SHORTER) {
            double[] one = along(cost, u, value, g, first, t, ENOUGH);
            double[] other = along(cost, u, value, g, second, t, ENOUGH);
            if (one != null || other != null) {
                boolean takesFirst = other == null || one != null && cost.value(one) <= cost.value(other);
                return lengthened(cost, u, value, g, takesFirst ? first : second, t, takesFirst ? one : other);
            }
        }
        return null;
    }

    /** Goes on along a way while the model holds: at first nothing is known of lengths. */
    private double[] lengthened(Cost cost, double[] u, double value, double[] g, double[] way, double t, double[] from) {
        double[] last = from;
        double length = t;
        for (int k = 0; k < LENGTHENINGS; k++) {
            length /= SHORTER;
            double[] next = along(cost, u, value, g, way, length, KEPT);
            if (next == null || Arrays.equals(next, last)) {
                return last;
            }
            last = next;
        }
        return last;
    }

    /** The point at a distance, where the cost falls by a part of what the model promises; else null. */
    private double[] along(Cost cost, double[] u, double value, double[] g, double[] way, double t, double part) {
        double[] next = u.clone();
        Algebra.add(next, t, way);
        cost.box().project(next);
        double[] step = Algebra.minus(next, u);
        double promised = -Algebra.dot(g, step) - 0.5 * h.quadraticForm(step);
        if (!(promised > Cost.rounding(value))) {
            return null;
        }
        return cost.value(next) <= value - part * promised ? next : null;
    }
}
