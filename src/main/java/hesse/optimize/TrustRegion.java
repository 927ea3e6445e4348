package hesse.optimize;

import hesse.matrix.SymmetricMatrix;

/**
 * Newton's model, trusted within a radius that grows where it foretells the cost and shrinks where it does not (Conn, Gould and Toint,
 * Trust-Region Methods, 2000). Bounds: the model is solved for the parameters that none holds, the step clipped, and the generalised
 * Cauchy step taken where it promises much more.
 */
final class TrustRegion {
    private static final double ACCEPTED = 1e-4;
    private static final double POOR = 0.25;
    private static final double GOOD = 0.75;
    private static final double LARGEST = 1e100;
    /** The part of the cost that rounding may add to a decrease. */
    private static final double ROUNDING = 1e-15;
    private static final int IDLE = 10;

    private final Cost cost;
    /** Null where products with it serve. */
    private final SymmetricMatrix h;
    private double[] x;
    private final double[] g;
    private double value;
    private double radius;

    TrustRegion(Cost cost, Method method, double[] start) {
        this.cost = cost;
        this.h = method == Method.TRUST_REGION ? SymmetricMatrix.of(cost.n) : null;
        this.x = start;
        this.g = new double[cost.n];
    }

    double[] x() {
        return x;
    }

    double value() {
        return value;
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

    void run() {
        value = derivatives();
        cost.requireFinite(value, g, x);
        cost.requireSlope(x, value, g);
        radius = Math.max(1, Algebra.norm(x)) / (h == null ? 1 : 2);
        int idle = 0;
        SubProblem model = model();
        for (;;) {
            double[] s = model.step(radius);
            double[] hs = product(s);
            double quadratic = promised(s, hs);
            if (!cost.box.isOpen) {
                double[] inside = inside(s);
                double[] hi = product(inside);
                double[] cauchy = cauchy();
                double[] hc = product(cauchy);
                boolean takesCauchy = !(promised(inside, hi) >= 0.1 * promised(cauchy, hc));
                s = takesCauchy ? cauchy : inside;
                hs = takesCauchy ? hc : hi;
                quadratic = promised(s, hs);
            }
            double length = Algebra.norm(s);
            requireProgress(quadratic, length);
            double[] next = x.clone();
            Algebra.add(next, 1, s);
            cost.box.project(next);
            double trial = cost.value(next);
            double slack = ROUNDING * Math.abs(value);
            double ratio = Double.isFinite(trial) ? (value - trial + slack) / (quadratic + slack) : Double.NEGATIVE_INFINITY;
            if (!(ratio > ACCEPTED) || !accepted(next, s, hs)) {
                radius = 0.25 * Math.min(length, radius);
                continue;
            }
            double change = value - trial;
            value = trial;
            radius = ratio < POOR ? 0.25 * length : ratio > GOOD && length > 0.8 * radius ? Math.min(2 * radius, LARGEST) : radius;
            cost.requireSlope(x, value, g);
            idle = Math.abs(change) <= cost.limits.change() * Math.abs(value) ? idle + 1 : 0;
            if (idle == IDLE) {
                throw new Cost.Stop(Ending.CHANGE_TOO_SMALL, IDLE + " steps changed the cost by less than " + cost.limits.change() + " of it");
            }
            model = model();
        }
    }

    private SubProblem model() {
        int[] free = cost.box.free(x, g);
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
        cost.step(x, s, oldG, hs, before, after, cost.box.stationarity(x, g));
        value = before;
        return true;
    }

    private void requireProgress(double quadratic, double length) {
        boolean cut = length > 0.9 * radius;
        if (!cut) {
            cost.requirePromise(quadratic, value);
        }
        if (!(length > 1e-16 * Algebra.norm(x)) && !(radius > 1e-12) || radius < 1e-300) {
            throw new Cost.Stop(Ending.STEP_TOO_SMALL, "no step of the model, down to length " + length + ", lowers the cost " + value + " at " + Cost.text(x));
        }
        if (cut && quadratic <= 0.1 * ROUNDING * Math.abs(value) && length <= 1e-10 * Math.max(1, Algebra.norm(x))) {
            throw new Cost.Stop(Ending.STEP_TOO_SMALL, "steps of length " + length + " promise less than the rounding of the cost " + value + " at " + Cost.text(x));
        }
    }

    /** The step clipped to the bounds. */
    private double[] inside(double[] s) {
        double[] next = x.clone();
        Algebra.add(next, 1, s);
        return Algebra.minus(cost.box.project(next), x);
    }

    /** Along P(x - t g), t from the model's best and halved until the model falls enough. */
    private double[] cauchy() {
        double[] d = cost.box.clearHeld(Algebra.times(-1, g), x, g);
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
