package hesse.optimize;

import hesse.matrix.Cholesky;
import hesse.matrix.NotPositiveDefinite;
import hesse.matrix.SymmetricEigen;
import hesse.matrix.SymmetricMatrix;

/**
 * The model's minimum within the radius: Newton's step where it is inside, else (H + m I) s = -g with m >= 0 such that
 * ||s|| is the radius and H + m I has no negative eigenvalue (More and Sorensen, SIAM J. Sci. Stat. Comput. 4, 1983); m
 * by Newton's method on 1/||s|| in the basis of eigenvectors, which are computed once for all radii.
 */
final class ExactModel implements SubProblem {
    private static final int MOST = 100;

    private final double[] g;
    private final int[] free;
    private final int n;
    private final SymmetricMatrix h;
    private double[] newton;
    private SymmetricEigen eigen;
    /** The gradient in the basis of eigenvectors. */
    private double[] along;

    ExactModel(double[] gradient, SymmetricMatrix hessian, int[] free) {
        this.n = gradient.length;
        this.free = free;
        this.g = Algebra.part(gradient, free);
        this.h = Algebra.part(hessian, free);
        try {
            this.newton = Algebra.times(-1, Cholesky.of(h).solve(g));
        } catch (NotPositiveDefinite e) {
            this.newton = null;
        }
    }

    @Override
    public double[] step(double radius) {
        if (newton != null && Algebra.norm(newton) <= radius) {
            return Algebra.whole(newton, free, n);
        }
        if (!Double.isFinite(h.quadraticForm(g))) {
            return Algebra.whole(Algebra.times(-radius / Algebra.norm(g), g), free, n);
        }
        if (eigen == null) {
            eigen = SymmetricEigen.of(h);
            along = eigen.vectors().transposedMultiply(g);
        }
        return Algebra.whole(eigen.vectors().multiply(coordinates(radius)), free, n);
    }

    /**
     * With m = d - least, least the smaller of 0 and the smallest eigenvalue: d may be far below a rounding of m where
     * the gradient is nearly orthogonal to that eigenvector (the hard case).
     */
    private double[] coordinates(double radius) {
        double[] values = eigen.values();
        double least = Math.min(0, values[0]);
        double[] s = shifted(0, least);
        if (Algebra.isFinite(s) && Algebra.norm(s) <= radius) {
            if (least < 0) {
                double rest = Math.sqrt(Math.max(0, radius * radius - Algebra.dot(s, s)));
                s[0] += along[0] > 0 ? -rest : rest;
            }
            return s;
        }
        double low = 0;
        double high = Algebra.norm(along) / radius;
        double d = high;
        for (int k = 0; k < MOST; k++) {
            s = shifted(d, least);
            double length = Algebra.norm(s);
            if (Math.abs(length - radius) <= 1e-3 * radius) {
                break;
            }
            if (length > radius) {
                low = d;
            } else {
                high = d;
            }
            double sum = 0;
            for (int i = 0; i < s.length; i++) {
                sum += s[i] * s[i] / (values[i] - least + d);
            }
            double next = d + length * length / sum * (length - radius) / radius;
            d = next > low && next < high ? next : low + 0.5 * (high - low);
            if (high - low <= 1e-15 * high) {
                break;
            }
        }
        return s;
    }

    /** -(H + (d - least) I)^-1 g; entries where both are zero are 0. */
    private double[] shifted(double d, double least) {
        double[] s = new double[along.length];
        for (int i = 0; i < s.length; i++) {
            s[i] = along[i] == 0 ? 0 : -along[i] / (eigen.values()[i] - least + d);
        }
        return s;
    }
}
