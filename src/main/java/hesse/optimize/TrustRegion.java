package hesse.optimize;

import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;

/**
 * Newton's model, trusted within a radius that grows where it foretells the cost and shrinks where it does not (Conn, Gould and Toint,
 * Trust-Region Methods, 2000). Bounds: the model is solved for the parameters that none holds, the step clipped, and the generalised
 * Cauchy step taken where it promises much more.
 */
final class TrustRegion implements Path {
    private static final double ACCEPTED = 1e-4;
    private static final double POOR = 0.25;
    private static final double GOOD = 0.75;
    private static final double LARGEST = 1e100;
    /** The part of a step's promise that its bounds may cost it before steepest descent within them is taken instead. */
    private static final double CLIPPED = 0.1;
    private static final int IDLE = 10;
    /** The factor by which a row of the Hessian may be off before the parameters' units are changed. */
    private static final double UNLIKE = 64;

    private final Cost cost;
    private final Stationarity stationarity;
    /** Null where products with it serve. */
    private final SymmetricMatrix h;
    private double[] x;
    private final double[] g;
    private double value;
    private double radius;
    /** The last step taken, or what the radius is at first. */
    private double[] last;
    /** Whether the last Newton step of a Hessian that was asked lowered the gradient. */
    private boolean polishes = true;
    /** Steps in a row that did not change the cost visibly. */
    private int idle;

    TrustRegion(Cost cost, Method method, double[] start) {
        this.cost = cost;
        this.stationarity = new Stationarity(cost, start);
        this.h = method == Method.TRUST_REGION ? SymmetricMatrix.of(cost.n) : null;
        this.x = start.clone();
        this.g = new double[cost.n];
    }

    @Override
    public double[] x() {
        return x;
    }

    @Override
    public double value() {
        return value;
    }

    @Override
    public Stationarity stationarity() {
        return stationarity;
    }

    private double derivatives() {
        return h == null ? cost.gradient(x, g) : cost.hessian(x, g, h);
    }

    private double[] product(double[] v) {
        double[] hv = new double[cost.n];
        if (h == null) {
            cost.product(x, v, hv);
        } else {
            h.multiply(v, hv);
        }
        return hv;
    }

    @Override
    public void run() {
        value = derivatives();
        cost.requireFinite(value, g, x);
        radius = 0.5 * Math.max(Algebra.norm(x), Algebra.norm(g));
        last = Algebra.times(0.5, Algebra.norm(x) > Algebra.norm(g) ? x : g);
        for (;;) {
            settle();
            rescale();
            SubProblem model = model();
            while (!advance(model)) {
                // the radius is smaller now
            }
        }
    }

    /** Changes the parameters' units where the Hessian's rows have become unlike, and the radius with them. */
    private void rescale() {
        double[] factor = h == null ? null : cost.equilibrate(h, g, x, UNLIKE);
        for (int i = 0; factor != null && i < cost.n; i++) {
            x[i] /= factor[i];
            g[i] *= factor[i];
            for (int j = 0; j <= i; j++) {
                h.set(i, j, h.get(i, j) * factor[i] * factor[j]);
            }
            last[i] /= factor[i];
        }
        radius = factor == null ? radius : Algebra.norm(last);
    }

    /** Goes on from a point that is no end, or ends. */
    private void settle() {
        for (;;) {
            Cost.Stop stop = stationarity.reached(x, value, g, h);
            if (stop != null) {
                leave(stop);
            } else if (!polished()) {
                return;
            }
        }
    }

    private void leaveUnlessPolished(Cost.Stop stop) {
        if (stop.ending.isConverged() || !polished()) {
            leave(stop);
        }
        idle = 0;
    }

    private void leave(Cost.Stop stop) {
        double[] next = stationarity.lowerOrStop(stop, x, value, g, h);
        double[] s = Algebra.minus(next, x);
        if (!accepted(next, s, product(s))) {
            throw stop;
        }
        idle = 0;
        radius = Math.max(radius, Algebra.norm(s));
    }

    /** Takes the Newton step of a Hessian that was asked to judge an end, where it lowers the gradient. */
    private boolean polished() {
        double[] s = h == null && polishes ? stationarity.takeNewton() : null;
        if (s == null) {
            return false;
        }
        double[] next = x.clone();
        Algebra.add(next, 1, s);
        cost.box().project(next);
        double norm = Algebra.largest(g);
        if (!(cost.value(next) <= value + Cost.rounding(value)) || !accepted(next, Algebra.minus(next, x), product(s))) {
            return false;
        }
        polishes = Algebra.largest(g) < norm;
        return true;
    }

    /** A step of the model; whether it was taken. */
    private boolean advance(SubProblem model) {
        double[] s = model.step(radius);
        double[] hs = product(s);
        if (!cost.box().isOpen) {
            double[] inside = inside(s);
            double[] hi = product(inside);
            double[] cauchy = cauchy();
            double[] hc = product(cauchy);
            boolean takesCauchy = !(promised(inside, hi) >= CLIPPED * promised(cauchy, hc));
            s = takesCauchy ? cauchy : inside;
            hs = takesCauchy ? hc : hi;
        }
        double quadratic = promised(s, hs);
        double length = Algebra.norm(s);
        double[] next = x.clone();
        Algebra.add(next, 1, s);
        cost.box().project(next);
        boolean promisesNothing = quadratic <= Cost.rounding(value) && length <= 0.9 * radius;
        if (promisesNothing || Arrays.equals(next, x) || radius < Double.MIN_NORMAL) {
            stuck(s, quadratic, length);
            return true;
        }
        double trial = cost.value(next);
        double slack = 4 * Cost.rounding(value);
        double ratio = Double.isFinite(trial) ? (value - trial + slack) / (quadratic + slack) : Double.NEGATIVE_INFINITY;
        double before = value;
        if (!(ratio > ACCEPTED) || !accepted(next, s, hs)) {
            radius = 0.25 * Math.min(length, radius);
            if (quadratic <= Cost.rounding(value)) {
                stuck(s, quadratic, length);
                return true;
            }
            return false;
        }
        radius = ratio < POOR ? 0.25 * length : ratio > GOOD && length > 0.8 * radius ? Math.min(2 * radius, LARGEST) : radius;
        idle = Math.abs(before - value) <= cost.limits.change() * Math.abs(value) ? idle + 1 : 0;
        if (idle == IDLE) {
            leaveUnlessPolished(stationarity.stuck(x, value, g, h, s, quadratic,
                    new Cost.Stop(Ending.CHANGE_TOO_SMALL, IDLE + " steps changed the cost by less than " + cost.limits.change() + " of it")));
        }
        return true;
    }

    private void stuck(double[] s, double quadratic, double length) {
        leaveUnlessPolished(stationarity.stuck(x, value, g, h, s, quadratic, new Cost.Stop(Ending.STEP_TOO_SMALL,
                "no step of the model, down to length " + length + ", lowers the cost " + cost.units.user(value) + " at " + Cost.text(cost.user(x)))));
    }

    private SubProblem model() {
        int[] free = cost.box().free(x, g);
        return h == null ? new ConjugateGradients(g, free, this::product) : new ExactModel(g, h, free);
    }

    private double promised(double[] s, double[] hs) {
        return -Algebra.dot(g, s) - 0.5 * Algebra.dot(s, hs);
    }

    /** Moves to a point whose derivatives are finite; stays where they are not. */
    private boolean accepted(double[] next, double[] s, double[] hs) {
        double[] oldX = x;
        double[] oldG = g.clone();
        SymmetricMatrix oldH = h == null ? null : h.copy();
        double before = value;
        x = next;
        double after = derivatives();
        if (!Algebra.isFinite(g)) {
            x = oldX;
            System.arraycopy(oldG, 0, g, 0, g.length);
            if (h != null) {
                h.clear();
                h.add(1, oldH);
            }
            return false;
        }
        value = after;
        cost.step(x, s, oldG, hs, before, after, g);
        last = s;
        return true;
    }

    /** The step clipped to the bounds. */
    private double[] inside(double[] s) {
        double[] next = x.clone();
        Algebra.add(next, 1, s);
        return Algebra.minus(cost.box().project(next), x);
    }

    /** Along P(x - t g), t from the model's best and halved until the model falls enough. */
    private double[] cauchy() {
        double[] d = cost.box().clearHeld(Algebra.times(-1, g), x, g);
        double square = Algebra.dot(d, d);
        double curving = Algebra.dot(d, product(d));
        double t = Math.min(radius / Math.sqrt(square), curving > 0 ? square / curving : Double.POSITIVE_INFINITY);
        double[] s = inside(Algebra.times(t, d));
        for (int k = 0; k < 40; k++) {
            double slope = Algebra.dot(g, s);
            if (promised(s, product(s)) >= -0.1 * slope) {
                break;
            }
            t *= 0.5;
            s = inside(Algebra.times(t, d));
        }
        return s;
    }
}
