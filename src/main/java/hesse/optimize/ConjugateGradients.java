package hesse.optimize;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

import java.util.function.UnaryOperator;

/**
 * Conjugate gradients that stop at the radius, or along it where curvature is negative (Steihaug, SIAM J. Numer. Anal.
 * 20, 1983).
 */
final class ConjugateGradients implements SubProblem {
    private static final int MOST = 500;

    private final double[] g;
    private final int[] free;
    private final UnaryOperator<double[]> product;

    ConjugateGradients(double[] g, int[] free, UnaryOperator<double[]> product) {
        this.g = g;
        this.free = free;
        this.product = product;
    }

    /** Sets the entries of parameters that are not free to 0. */
    private void clear(double[] v) {
        if (free.length == v.length) {
            return;
        }
        int k = 0;
        for (int i = 0; i < v.length; i++) {
            if (k < free.length && free[k] == i) {
                k++;
            } else {
                v[i] = 0;
            }
        }
    }

    @Override
    public double[] step(double radius) {
        double[] s = new double[g.length];
        double[] r = g.clone();
        clear(r);
        double[] d = Algebra.times(-1, r);
        double square = Algebra.dot(r, r);
        double enough = square * Math.pow(Math.min(0.5, Math.pow(square, 0.25)), 2);
        for (int k = 0; k < Math.min(2L * free.length, MOST) && square > enough; k++) {
            double[] hd = product.apply(d);
            clear(hd);
            double curving = Algebra.dot(d, hd);
            double along = square / curving;
            if (!(curving > 0) || lengthAfter(s, d, along) >= radius) {
                Algebra.add(s, toRadius(s, d, radius), d);
                return s;
            }
            Algebra.add(s, along, d);
            Algebra.add(r, along, hd);
            double next = Algebra.dot(r, r);
            double beta = next / square;
            square = next;
            for (int i = 0; i < d.length; i++) {
                d[i] = fma(beta, d[i], -r[i]);
            }
        }
        return s;
    }

    /** ||s + t d||. */
    private static double lengthAfter(double[] s, double[] d, double t) {
        return Math.sqrt(Math.max(0, Algebra.dot(s, s) + 2 * t * Algebra.dot(s, d) + t * t * Algebra.dot(d, d)));
    }

    /** The t > 0 with ||s + t d|| = radius. */
    private static double toRadius(double[] s, double[] d, double radius) {
        double dd = Algebra.dot(d, d);
        double sd = Algebra.dot(s, d);
        double left = Math.max(0, (radius - Algebra.norm(s)) * (radius + Algebra.norm(s)));
        double root = Math.sqrt(sd * sd + dd * left);
        return sd > 0 ? left / (sd + root) : (root - sd) / dd;
    }
}
