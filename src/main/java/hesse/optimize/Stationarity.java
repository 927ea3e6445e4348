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
 * {@link ParameterSizes} has r. A method without a Hessian asks for one where the run might end, up to {@value
 * Run#SMALL} parameters.
 */
final class Stationarity {
    /** The part of r_i up to which an entry of the gradient is lost in its rounding. */
    private static final double LOST = 0x1p-50;
    /** What a step may still promise, of what the run has gained, where parameters are measured by their way. */
    private static final double LEFT = 1e-24;
    /**
     * The same, of what the last step has gained: a start beside a minimum gains little, and Newton's method leaves the
     * square of that.
     */
    private static final double LEFT_BY_STEP = 1e-16;
    /** A fall of the gradient after which a Hessian that contradicted is asked again. */
    private static final double AGAIN = 0.1;
    /** A fall of the gradient by one Newton step after which its Hessian is asked again: the step converges. */
    private static final double SQUARED = 1e-6;
    /** Products by which r is estimated where many parameters allow no Hessian. */
    private static final int PROBES = 3;

    private final Iterate at;
    private final Run run;
    private final ParameterSizes sizes;
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
        this.sizes = new ParameterSizes(at);
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
        boolean isFirst = sizes.follow();
        if (at.h() != null || isFirst && run.hessianAt(run.user(at.x())) != null) {
            return judged(at.h() == null ? hessian() : at.h());
        }
        double norm = largest();
        boolean isZero = norm == 0;
        if (!isZero && sizes.areOutdated(norm)) {
            sizes.probe(norm);
        }
        boolean isSquared = asksAgain && norm <= SQUARED * contradictedAt;
        asksAgain = false;
        double tolerance = run.tolerances.gradient();
        if (!isSquared && (!isZero && !sizes.isBelow(tolerance) || norm > AGAIN * contradictedAt)) {
            return null;
        }
        if (run.isSmall()) {
            Stop stop = judged(hessian());
            contradictedAt = stop == null ? norm : contradictedAt;
            return stop;
        }
        for (int k = 1; k < PROBES && !isZero; k++) {
            sizes.probe(norm);
        }
        return isZero || sizes.isBelow(tolerance) ? small() : null;
    }

    /** The same by the Hessian there. */
    private Stop judged(SymmetricMatrix h) {
        newton = null;
        double tolerance = run.tolerances.gradient();
        sizes.measure(h, 0);
        if (!sizes.areFinite()) {
            return null;
        }
        if (largest() == 0 && tolerance > 0) {
            return new Stop(Ending.CONVERGED_GRADIENT, "the gradient is 0");
        }
        boolean isLost = sizes.isBelow(LOST);
        if (isLost && tolerance > 0) {
            return new Stop(Ending.CONVERGED_GRADIENT,
                    "the gradient is lost in its own rounding, largest entry " + userLargest());
        }
        boolean isBelow = sizes.isBelow(tolerance);
        sizes.measure(h, 1);
        boolean isBelowOnItsWay = isBelow || sizes.isBelow(tolerance);
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
        boolean isSmall = isBelow && sizes.isShort(step, 0)
                || isBelowOnItsWay && sizes.isShort(step, 1) && promised <= left;
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
            promised = sizes.areFinite() ? -0.5 * Algebra.dot(at.g(), model(held).step(at.g()))
                    : Double.POSITIVE_INFINITY;
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
        return IntStream.range(0, run.n)
                .filter(i -> sizes.isBelow(tolerance, i) || !run.box().holds(i, at.x(), at.g())).toArray();
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
