package hesse.optimize;

import hesse.matrix.SymmetricMatrix;

/**
 * What the parameters' sizes make of each entry of the gradient, r_i = sum_j |H_ij| size_j: the terms of H x, whose
 * rounding the gradient has and whose parts count as 0. Without a Hessian r is estimated by products with H, of random
 * signs, where the gradient has fallen by much. The size of a parameter is |x_j|, or a part of its way from the start.
 */
final class ParameterSizes {
    /** The part of a parameter, or of its way, that a Newton step may still ask for where the gradient counts as 0. */
    private static final double STEP = 1e-6;
    /**
     * The part of its way from the start that counts as a parameter's size where no Hessian is at hand to judge what is
     * left.
     */
    private static final double WAY = 0x1p-10;
    /** A fall of the gradient after which r is estimated again. */
    private static final double FALLEN = 1e-3;

    private final Iterate at;
    private final Run run;
    /** The start, in the user's units. */
    private final double[] start;
    /** The farthest that each parameter was from it, in the user's units. */
    private final double[] way;
    /** r, as last computed or estimated; null before. */
    private double[] rows;
    /** The number of products so far, and the gradient's largest entry at the last one. */
    private int probes;
    private double probedAt = Double.POSITIVE_INFINITY;

    /** At a start. */
    ParameterSizes(Iterate at) {
        this.at = at;
        this.run = at.run;
        this.start = run.user(at.x());
        this.way = new double[run.n];
    }

    /** Follows the iterate to where it is; whether it had never left the start before. */
    boolean follow() {
        boolean isFirst = true;
        double[] x = run.user(at.x());
        for (int j = 0; j < run.n; j++) {
            isFirst &= way[j] == 0;
            way[j] = Math.max(way[j], Math.abs(x[j] - start[j]));
        }
        return isFirst;
    }

    /** Whether r is not known, or was estimated where the gradient was much larger than now. */
    boolean areOutdated(double norm) {
        return rows == null || norm <= FALLEN * probedAt;
    }

    boolean areFinite() {
        return Algebra.isFinite(rows);
    }

    /** Whether entry i of the gradient is within a part of r_i. */
    boolean isBelow(double tolerance, int i) {
        double entry = at.g()[i];
        return Math.abs(entry) <= tolerance * rows[i] || entry == 0;
    }

    /** |x_j|, or the part of its way that counts as its size where that is larger, in the run's units. */
    private double size(int j, double part) {
        return Math.max(Math.abs(at.x()[j]), part * run.units().own(way[j], j));
    }

    /** Whether all entries of the gradient, but those that bounds hold, are within a part of r. */
    boolean isBelow(double tolerance) {
        double[] g = at.g();
        for (int i = 0; i < g.length; i++) {
            if (!(Math.abs(g[i]) <= tolerance * rows[i]) && !run.box().holds(i, at.x(), g)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a step is a small part of every parameter. */
    boolean isShort(double[] step, double part) {
        for (int j = 0; j < step.length; j++) {
            if (!(Math.abs(step[j]) <= STEP * size(j, part))) {
                return false;
            }
        }
        return true;
    }

    /** Takes r from the Hessian at the iterate, the sizes with a part of the way. */
    void measure(SymmetricMatrix h, double part) {
        double[] sums = new double[run.n];
        for (int i = 0; i < run.n; i++) {
            for (int j = 0; j < run.n; j++) {
                sums[i] += Math.abs(h.get(i, j)) * size(j, part);
            }
        }
        rows = sums;
    }

    /** Estimates r by one product with H, of random signs; keeps the largest of the estimates at one point. */
    void probe(double norm) {
        double[] v = new double[run.n];
        for (int j = 0; j < v.length; j++) {
            v[j] = (mixed(j + (long) probes * run.n) & 1) == 0 ? size(j, WAY) : -size(j, WAY);
        }
        probes++;
        if (Algebra.largest(v) == 0) {
            rows = rows == null ? v : rows;
            return;
        }
        double[] hv = new double[run.n];
        run.product(at.x(), v, hv);
        for (int i = 0; i < hv.length; i++) {
            hv[i] = norm == probedAt ? Math.max(rows[i], Math.abs(hv[i])) : Math.abs(hv[i]);
        }
        rows = hv;
        probedAt = norm;
    }

    /** Steele, Lea and Flood's mixing function (OOPSLA 2014): signs without a pattern, the same on every run. */
    private static long mixed(long index) {
        long z = index * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
