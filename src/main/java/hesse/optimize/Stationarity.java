package hesse.optimize;

import hesse.curvature.Inertia;
import hesse.matrix.Cholesky;
import hesse.matrix.NotPositiveDefinite;
import hesse.matrix.SymmetricMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a run without constraints may end. Every test compares like with like, so that none depends on the cost's zero, its unit or the
 * parameters' units:
 *
 * <ul>
 *   <li>a gradient's entry i with what the parameters' sizes make of it, r_i = sum_j |H_ij| |x_j|: below a rounding of r_i it is lost, below
 *       the tolerance it counts as 0;
 *   <li>a Newton step with the parameters: where the gradient counts as 0 it is a small part of each, too, or the valley is too flat for the
 *       gradient to tell;
 *   <li>for parameters that end at 0, where nothing but the way they came has a size, both with a part of that way, and what the step promises
 *       with what the run has gained;
 *   <li>what that step promises with the rounding of the cost.
 * </ul>
 *
 * A method without a Hessian estimates r by products with H, of random signs, where the gradient has fallen by much; up to {@value
 * Minimize#SMALL} parameters it asks for the Hessian where the run might end.
 */
final class Stationarity {
    private static final double LOST = 0x1p-50;
    /** The part of a parameter, or of its way, that a Newton step may still ask for where the gradient counts as 0. */
    private static final double STEP = 1e-6;
    /** The part of its way from the start that counts as a parameter's size where no Hessian is at hand to judge what is left. */
    private static final double WAY = 0x1p-10;
    /** What a step may still promise, of what the run has gained, where parameters are measured by their way. */
    private static final double LEFT = 1e-24;
    /** The same, of what the last step has gained: a start beside a minimum gains little, and Newton's method leaves the square of that. */
    private static final double LEFT_BY_STEP = 1e-16;
    /** A fall of the gradient after which r is estimated again. */
    private static final double FALLEN = 1e-3;
    /** A fall of the gradient after which a Hessian that contradicted is asked again. */
    private static final double AGAIN = 0.1;
    /** A fall of the gradient by one Newton step after which its Hessian is asked again: the step converges. */
    private static final double SQUARED = 1e-6;
    private static final int PROBES = 3;

    private final Cost cost;
    /** The start, and how far each parameter was from it, in the user's units. */
    private final double[] start;
    private final double[] way;
    /** What the parameters' sizes make of each entry of the gradient, as last computed or estimated. */
    private double[] rows;
    private int probes;
    private double probedAt = Double.POSITIVE_INFINITY;
    /** Whether the Newton step of that Hessian was taken. */
    private boolean asksAgain;
    private double contradictedAt = Double.POSITIVE_INFINITY;
    private SymmetricMatrix own;
    private Inertia inertia;
    private Covariance covariance;
    private double[] newton;

    Stationarity(Cost cost, double[] start) {
        this.cost = cost;
        this.start = cost.user(start);
        this.way = new double[cost.n];
    }

    /** The signs of the curvature where the run ended, or null. */
    Inertia inertia() {
        return inertia;
    }

    /** The Hessian where the run ended and the bounds that hold the point there, in the user's units; null where that was not looked at. */
    Covariance covariance() {
        return covariance;
    }

    /** The Newton step of a Hessian that was asked whether the run may end and said no, once; or null. */
    double[] takeNewton() {
        double[] step = newton;
        newton = null;
        asksAgain |= step != null;
        return step;
    }

    /**
     * Whether the run may end at a point.
     *
     * @param h the Hessian there, or null where the method holds none
     * @return why; or null
     */
    Cost.Stop reached(double[] u, double value, double[] g, SymmetricMatrix h) {
        boolean isFirst = true;
        double[] x = cost.user(u);
        for (int j = 0; j < cost.n; j++) {
            isFirst &= way[j] == 0;
            way[j] = Math.max(way[j], Math.abs(x[j] - start[j]));
        }
        if (h != null || isFirst && cost.hessianAt(x) != null) {
            return judged(u, value, g, h == null ? hessian(u) : h);
        }
        double norm = largest(u, g);
        boolean isZero = norm == 0;
        if (!isZero && (rows == null || norm <= FALLEN * probedAt)) {
            probe(u, norm);
        }
        boolean isSquared = asksAgain && norm <= SQUARED * contradictedAt;
        asksAgain = false;
        if (!isSquared && (!isZero && !isBelow(cost.limits.gradient(), u, g) || norm > AGAIN * contradictedAt)) {
            return null;
        }
        if (cost.n <= Minimize.SMALL) {
            Cost.Stop stop = judged(u, value, g, hessian(u));
            contradictedAt = stop == null ? norm : contradictedAt;
            return stop;
        }
        for (int k = 1; k < PROBES && !isZero; k++) {
            probe(u, norm);
        }
        return isZero || isBelow(cost.limits.gradient(), u, g) ? small(userLargest(u, g)) : null;
    }

    private Cost.Stop judged(double[] u, double value, double[] g, SymmetricMatrix h) {
        newton = null;
        double tolerance = cost.limits.gradient();
        rows = rows(u, h, 0);
        if (!Algebra.isFinite(rows)) {
            return null;
        }
        if (largest(u, g) == 0 && tolerance > 0) {
            return new Cost.Stop(Ending.CONVERGED_GRADIENT, "the gradient is 0");
        }
        boolean isLost = isBelow(LOST, u, g);
        if (isLost && tolerance > 0) {
            return new Cost.Stop(Ending.CONVERGED_GRADIENT, "the gradient is lost in its own rounding, largest entry " + userLargest(u, g));
        }
        boolean isBelow = isBelow(tolerance, u, g);
        rows = rows(u, h, 1);
        boolean isBelowOnItsWay = isBelow || isBelow(tolerance, u, g);
        newton = newton(u, g, h);
        double[] step = newton == null && (isLost || isBelowOnItsWay) ? new LocalModel(h, cost.box().free(u, g)).step(g) : newton;
        if (step == null) {
            return null;
        }
        double promised = -0.5 * Algebra.dot(g, step);
        if (promised <= Cost.rounding(value) || isLost) {
            return lost(promised, value, Cost.rounding(value), "");
        }
        double left = Math.max(LEFT * cost.gained(value), LEFT_BY_STEP * cost.gainedLast());
        boolean isSmall = isBelow && isShort(step, u, 0) || isBelowOnItsWay && isShort(step, u, 1) && promised <= left;
        return isSmall ? small(userLargest(u, g)) : null;
    }

    /**
     * What to say where no step lowers the cost any more: that nothing was left to gain beyond the rounding that values show, or that the
     * method is stuck.
     *
     * @param h the Hessian, or null
     * @param d the direction of the steps tried
     * @param model what a model promised of them
     * @param otherwise the end of a method that is stuck
     */
    Cost.Stop stuck(double[] u, double value, double[] g, SymmetricMatrix h, double[] d, double model, Cost.Stop otherwise) {
        SymmetricMatrix held = h == null && cost.n <= Minimize.SMALL ? hessian(u) : h;
        double promised = model;
        if (held != null) {
            Cost.Stop reached = judged(u, value, g, held);
            if (reached != null) {
                return reached;
            }
            promised = !Algebra.isFinite(rows) ? Double.POSITIVE_INFINITY : -0.5 * Algebra.dot(g, new LocalModel(held, cost.box().free(u, g)).step(g));
        }
        double rounding = Math.max(Cost.rounding(value), Noise.estimate(cost, u, d));
        return promised <= rounding ? lost(promised, value, rounding, ", as its values show it") : otherwise;
    }

    /**
     * Has second derivatives judge an end: returns a lower point where they lead on, else throws the end.
     *
     * @param h the Hessian, or null where the method holds none
     */
    double[] lowerOrStop(Cost.Stop stop, double[] u, double value, double[] g, SymmetricMatrix h) {
        if (!stop.ending.isConverged()) {
            throw stop;
        }
        SymmetricMatrix held = h != null || cost.n <= Minimize.SMALL ? hessian(u) : null;
        if (held == null) {
            throw stop.and("; curvature not looked at");
        }
        if (!Algebra.isFinite(held.toPacked())) {
            throw stop.and("; second derivatives are not finite there");
        }
        double[] clear = g.clone();
        for (int i = 0; i < clear.length; i++) {
            clear[i] = Math.abs(clear[i]) <= cost.limits.gradient() * rows[i] ? 0 : clear[i];
        }
        int[] free = IntStream.range(0, cost.n).filter(i -> clear[i] == 0 || !cost.box().holds(i, u, g)).toArray();
        LocalModel model = new LocalModel(held, free);
        double[] next = model.lower(cost, u, value, g);
        if (next != null) {
            return next;
        }
        inertia = model.inertia();
        covariance = new Covariance(cost.hessianAt(cost.user(u)), held(free));
        throw inertia.negative() == 0 ? stop : stop.and("; the cost curves down in " + inertia.negative() + " directions, too little to be used");
    }

    /** The unit vectors of the parameters that are not free. */
    private List<double[]> held(int[] free) {
        List<double[]> held = new ArrayList<>();
        for (int i = 0; i < cost.n; i++) {
            if (Arrays.binarySearch(free, i) < 0) {
                double[] unit = new double[cost.n];
                unit[i] = 1;
                held.add(unit);
            }
        }
        return held;
    }

    private double size(double[] u, int j, double part) {
        return Math.max(Math.abs(u[j]), part * cost.units.own(way[j], j));
    }

    private boolean isBelow(double tolerance, double[] u, double[] g) {
        for (int i = 0; i < g.length; i++) {
            if (!(Math.abs(g[i]) <= tolerance * rows[i]) && !cost.box().holds(i, u, g)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a step is a small part of every parameter. */
    private boolean isShort(double[] step, double[] u, double part) {
        for (int j = 0; j < u.length; j++) {
            if (!(Math.abs(step[j]) <= STEP * size(u, j, part))) {
                return false;
            }
        }
        return true;
    }

    /** What the parameters' sizes make of each entry of the gradient. */
    private double[] rows(double[] u, SymmetricMatrix h, double part) {
        double[] sums = new double[cost.n];
        for (int i = 0; i < cost.n; i++) {
            for (int j = 0; j < cost.n; j++) {
                sums[i] += Math.abs(h.get(i, j)) * size(u, j, part);
            }
        }
        return sums;
    }

    /** Estimates the same by a product with H at each call; keeps the largest of those at one point. */
    private void probe(double[] u, double norm) {
        double[] v = new double[cost.n];
        for (int j = 0; j < v.length; j++) {
            v[j] = (mixed(j + (long) probes * cost.n) & 1) == 0 ? size(u, j, WAY) : -size(u, j, WAY);
        }
        probes++;
        if (Algebra.largest(v) == 0) {
            rows = rows == null ? v : rows;
            return;
        }
        double[] hv = new double[cost.n];
        cost.product(u, v, hv);
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

    private SymmetricMatrix hessian(double[] u) {
        own = own == null ? SymmetricMatrix.of(cost.n) : own;
        cost.hessian(u, new double[cost.n], own);
        return own;
    }

    /** The step to the model's minimum; null where it has none. */
    private double[] newton(double[] u, double[] g, SymmetricMatrix h) {
        int[] free = cost.box().free(u, g);
        try {
            double[] step = free.length == 0 ? new double[0] : Cholesky.of(Algebra.part(h, free)).solve(Algebra.part(g, free));
            return Algebra.isFinite(step) ? Algebra.whole(Algebra.times(-1, step), free, cost.n) : null;
        } catch (NotPositiveDefinite e) {
            return null;
        }
    }

    private double largest(double[] u, double[] g) {
        return Algebra.largest(cost.box().clearHeld(g.clone(), u, g));
    }

    private double userLargest(double[] u, double[] g) {
        return largest(u, cost.units.userGradient(g));
    }

    private Cost.Stop small(double norm) {
        return new Cost.Stop(Ending.CONVERGED_GRADIENT,
                "largest entry of the gradient " + norm + ", each below " + cost.limits.gradient() + " of what the parameters' sizes make of it");
    }

    private Cost.Stop lost(double promised, double value, double rounding, String how) {
        return new Cost.Stop(Ending.CONVERGED_DECREASE, "predicted decrease " + cost.units.user(promised) + " is below the rounding " + cost.units.user(rounding) + " of the cost "
                + cost.units.user(value) + how);
    }
}
