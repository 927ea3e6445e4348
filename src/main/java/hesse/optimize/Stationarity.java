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
 * Where a run without constraints may end. Every test compares like with like, so that none depends on the cost's zero,
 * its unit or the parameters' units:
 *
 * <ul>
 *   <li>a gradient's entry i with what the parameters' sizes make of it, r_i = sum_j |H_ij| |x_j|: below a rounding of
 *       r_i it is lost, below the tolerance it counts as 0;
 *   <li>a Newton step with the parameters: where the gradient counts as 0 it is a small part of each, too, or the
 *       valley is too flat for the gradient to tell;
 *   <li>for parameters that end at 0, where nothing but the way they came has a size, both with a part of that way, and
 *       what the step promises with what the run has gained;
 *   <li>what that step promises with the rounding of the cost.
 * </ul>
 *
 * A method without a Hessian estimates r by products with H, of random signs, where the gradient has fallen by much; up
 * to {@value Run#SMALL} parameters it asks for the Hessian where the run might end.
 */
final class Stationarity {
    /** The part of r_i up to which an entry of the gradient is lost in its rounding. */
    private static final double LOST = 0x1p-50;
    /** The part of a parameter, or of its way, that a Newton step may still ask for where the gradient counts as 0. */
    private static final double STEP = 1e-6;
    /**
     * The part of its way from the start that counts as a parameter's size where no Hessian is at hand to judge what is
     * left.
     */
    private static final double WAY = 0x1p-10;
    /** What a step may still promise, of what the run has gained, where parameters are measured by their way. */
    private static final double LEFT = 1e-24;
    /**
     * The same, of what the last step has gained: a start beside a minimum gains little, and Newton's method leaves the
     * square of that.
     */
    private static final double LEFT_BY_STEP = 1e-16;
    /** A fall of the gradient after which r is estimated again. */
    private static final double FALLEN = 1e-3;
    /** A fall of the gradient after which a Hessian that contradicted is asked again. */
    private static final double AGAIN = 0.1;
    /** A fall of the gradient by one Newton step after which its Hessian is asked again: the step converges. */
    private static final double SQUARED = 1e-6;
    /** Products by which r is estimated where many parameters allow no Hessian. */
    private static final int PROBES = 3;

    private final Iterate at;
    private final Run run;
    /** The start, and how far each parameter was from it, in the user's units. */
    private final double[] start;
    private final double[] way;
    /** r, as last computed or estimated. */
    private double[] rows;
    /** The number of products so far, and the gradient's largest entry at the last one. */
    private int probes;
    private double probedAt = Double.POSITIVE_INFINITY;
    /**
     * The gradient's largest entry where a Hessian was last asked that said no, and whether its Newton step was taken.
     */
    private double contradictedAt = Double.POSITIVE_INFINITY;
    private boolean asksAgain;
    /** The last Hessian that was asked here. */
    private SymmetricMatrix own;
    private Inertia inertia;
    private Covariance covariance;
    /**
     * The Newton step of the last Hessian, where it says that the run may not end; null where there is none, or it was
     * taken.
     */
    private double[] newton;

    /** At a start. */
    Stationarity(Iterate at) {
        this.at = at;
        this.run = at.run;
        this.start = run.user(at.x());
        this.way = new double[run.n];
    }

    /** The signs of the curvature where the run ended, or null. */
    Inertia inertia() {
        return inertia;
    }

    /**
     * The Hessian where the run ended and the bounds that hold the point there, in the user's units; null where that
     * was not looked at.
     */
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

    /** Why the run may end where the iterate is; null where it may not. */
    Stop reached() {
        boolean isFirst = true;
        double[] x = run.user(at.x());
        for (int j = 0; j < run.n; j++) {
            isFirst &= way[j] == 0;
            way[j] = Math.max(way[j], Math.abs(x[j] - start[j]));
        }
        if (at.h() != null || isFirst && run.hessianAt(x) != null) {
            return judged(at.h() == null ? hessian() : at.h());
        }
        double norm = largest();
        boolean isZero = norm == 0;
        if (!isZero && (rows == null || norm <= FALLEN * probedAt)) {
            probe(norm);
        }
        boolean isSquared = asksAgain && norm <= SQUARED * contradictedAt;
        asksAgain = false;
        double tolerance = run.tolerances.gradient();
        if (!isSquared && (!isZero && !isBelow(tolerance) || norm > AGAIN * contradictedAt)) {
            return null;
        }
        if (run.isSmall()) {
            Stop stop = judged(hessian());
            contradictedAt = stop == null ? norm : contradictedAt;
            return stop;
        }
        for (int k = 1; k < PROBES && !isZero; k++) {
            probe(norm);
        }
        return isZero || isBelow(tolerance) ? small() : null;
    }

    /** The same by the Hessian there. */
    private Stop judged(SymmetricMatrix h) {
        newton = null;
        double tolerance = run.tolerances.gradient();
        rows = rows(h, 0);
        if (!Algebra.isFinite(rows)) {
            return null;
        }
        if (largest() == 0 && tolerance > 0) {
            return new Stop(Ending.CONVERGED_GRADIENT, "the gradient is 0");
        }
        boolean isLost = isBelow(LOST);
        if (isLost && tolerance > 0) {
            return new Stop(Ending.CONVERGED_GRADIENT,
                    "the gradient is lost in its own rounding, largest entry " + userLargest());
        }
        boolean isBelow = isBelow(tolerance);
        rows = rows(h, 1);
        boolean isBelowOnItsWay = isBelow || isBelow(tolerance);
        newton = newton(h);
        double[] step = newton == null && (isLost || isBelowOnItsWay) ? model(h).step(at.g()) : newton;
        if (step == null) {
            return null;
        }
        double promised = -0.5 * Algebra.dot(at.g(), step);
        double rounding = Run.rounding(at.value());
        if (promised <= rounding || isLost) {
            return lost(promised, rounding, "");
        }
        double left = Math.max(LEFT * run.gained(at.value()), LEFT_BY_STEP * run.gainedLast());
        boolean isSmall = isBelow && isShort(step, 0) || isBelowOnItsWay && isShort(step, 1) && promised <= left;
        return isSmall ? small() : null;
    }

    private LocalModel model(SymmetricMatrix h) {
        return new LocalModel(h, run.box().free(at.x(), at.g()));
    }

    /**
     * What to say where no step lowers the cost any more: that nothing was left to gain beyond the rounding that values
     * show, or that the method is stuck.
     */
    Stop stuck(Impasse impasse) {
        SymmetricMatrix held = at.h() == null && run.isSmall() ? hessian() : at.h();
        double promised = impasse.promised();
        if (held != null) {
            Stop reached = judged(held);
            if (reached != null) {
                return reached;
            }
            boolean isFinite = Algebra.isFinite(rows);
            promised = isFinite ? -0.5 * Algebra.dot(at.g(), model(held).step(at.g())) : Double.POSITIVE_INFINITY;
        }
        double rounding = Math.max(Run.rounding(at.value()), Noise.estimate(run, at.x(), impasse.direction()));
        return promised <= rounding ? lost(promised, rounding, ", as its values show it") : impasse.stop();
    }

    /** Has second derivatives judge an end: returns a lower point where they lead to one, else throws the end. */
    double[] lowerOrStop(Stop stop) {
        if (!stop.ending.isConverged()) {
            throw stop;
        }
        SymmetricMatrix held = at.h() != null || run.isSmall() ? hessian() : null;
        if (held == null) {
            throw stop.and("; curvature not looked at");
        }
        if (!Algebra.isFinite(held.toPacked())) {
            throw stop.and("; second derivatives are not finite there");
        }
        int[] free = freeAtAnEnd();
        LocalModel model = new LocalModel(held, free);
        double[] next = new NegativeCurvature(run, model, at.x(), at.value(), at.g()).lower();
        if (next != null) {
            return next;
        }
        inertia = model.inertia();
        covariance = new Covariance(run.hessianAt(run.user(at.x())), held(free));
        int negative = inertia.negative();
        throw negative == 0 ? stop
                : stop.and("; the cost curves down in " + negative + " directions, too little to be used");
    }

    /** The parameters whose entry of the gradient counts as 0, and others that no bound holds. */
    private int[] freeAtAnEnd() {
        double tolerance = run.tolerances.gradient();
        double[] g = at.g();
        return IntStream.range(0, run.n)
                .filter(i -> Math.abs(g[i]) <= tolerance * rows[i] || g[i] == 0 || !run.box().holds(i, at.x(), g))
                .toArray();
    }

    /** The unit vectors of the parameters that are not free. */
    private List<double[]> held(int[] free) {
        List<double[]> held = new ArrayList<>();
        for (int i = 0; i < run.n; i++) {
            if (Arrays.binarySearch(free, i) < 0) {
                double[] unit = new double[run.n];
                unit[i] = 1;
                held.add(unit);
            }
        }
        return held;
    }

    /** |x_j|, or the part of its way that counts as its size where that is larger, in the run's units. */
    private double size(int j, double part) {
        return Math.max(Math.abs(at.x()[j]), part * run.units().own(way[j], j));
    }

    /** Whether all entries of the gradient, but those that bounds hold, are within a part of r. */
    private boolean isBelow(double tolerance) {
        double[] g = at.g();
        for (int i = 0; i < g.length; i++) {
            if (!(Math.abs(g[i]) <= tolerance * rows[i]) && !run.box().holds(i, at.x(), g)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a step is a small part of every parameter. */
    private boolean isShort(double[] step, double part) {
        for (int j = 0; j < step.length; j++) {
            if (!(Math.abs(step[j]) <= STEP * size(j, part))) {
                return false;
            }
        }
        return true;
    }

    /** r_i = sum_j |H_ij| size_j. */
    private double[] rows(SymmetricMatrix h, double part) {
        double[] sums = new double[run.n];
        for (int i = 0; i < run.n; i++) {
            for (int j = 0; j < run.n; j++) {
                sums[i] += Math.abs(h.get(i, j)) * size(j, part);
            }
        }
        return sums;
    }

    /** Estimates r by one product with H, of random signs; keeps the largest of the estimates at one point. */
    private void probe(double norm) {
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

    private SymmetricMatrix hessian() {
        own = own == null ? SymmetricMatrix.of(run.n) : own;
        run.hessian(at.x(), new double[run.n], own);
        return own;
    }

    /** The step to the model's minimum; null where it has none. */
    private double[] newton(SymmetricMatrix h) {
        int[] free = run.box().free(at.x(), at.g());
        try {
            boolean isAnyFree = free.length > 0;
            double[] own = Algebra.part(at.g(), free);
            double[] step = isAnyFree ? Cholesky.of(Algebra.part(h, free)).solve(own) : own;
            return Algebra.isFinite(step) ? Algebra.whole(Algebra.times(-1, step), free, run.n) : null;
        } catch (NotPositiveDefinite e) {
            return null;
        }
    }

    private double largest() {
        return largest(at.g());
    }

    private double largest(double[] g) {
        return Algebra.largest(run.box().clearHeld(g.clone(), at.x(), g));
    }

    private double userLargest() {
        return largest(run.units().userGradient(at.g()));
    }

    private Stop small() {
        return new Stop(Ending.CONVERGED_GRADIENT, "largest entry of the gradient " + userLargest() + ", each below "
                + run.tolerances.gradient() + " of what the parameters' sizes make of it");
    }

    private Stop lost(double promised, double rounding, String how) {
        Units units = run.units();
        return new Stop(Ending.CONVERGED_DECREASE,
                "predicted decrease " + units.user(promised) + " is below the rounding "
                + units.user(rounding) + " of the cost " + units.user(at.value()) + how);
    }
}
