package hesse.optimize;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

import hesse.matrix.Cholesky;
import hesse.matrix.NotPositiveDefinite;
import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;

/** The methods that choose a direction and then how far: gradient descent, L-BFGS, Newton; bounds by projection of the whole path. */
final class Descent implements Path {
    private static final double SUFFICIENT = 1e-4;
    private static final int HALVINGS = 100;
    /** Steps in a row without a change that can be seen. */
    private static final int IDLE = 5;

    private final Cost cost;
    private final Stationarity stationarity;
    private final Method method;
    private final double stepSize;
    private final boolean explains;
    private final Lbfgs lbfgs = new Lbfgs();
    private final LineSearch wolfe;
    private SymmetricMatrix h;
    private SymmetricMatrix nextH;
    private double[] x;
    private double[] g;
    private double value;
    private double lastStep;

    Descent(Cost cost, Method method, double[] start, double stepSize, boolean explains) {
        this.cost = cost;
        this.stationarity = new Stationarity(cost, start);
        this.method = method;
        this.stepSize = stepSize;
        this.explains = explains;
        this.x = start;
        this.g = new double[cost.n];
        this.wolfe = method == Method.LBFGS ? new LineSearch(cost) : null;
        this.h = method == Method.NEWTON ? SymmetricMatrix.of(cost.n) : null;
        this.nextH = method == Method.NEWTON ? SymmetricMatrix.of(cost.n) : null;
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

    @Override
    public void run() {
        value = method == Method.NEWTON ? cost.hessian(x, g, h) : cost.gradient(x, g);
        cost.requireFinite(value, g, x);
        int idle = 0;
        double[] d = new double[cost.n];
        double[] next = new double[cost.n];
        double[] nextG = new double[cost.n];
        for (;;) {
            settle();
            double first = direction(d);
            double slope = Algebra.dot(g, d);
            if (!(slope < 0)) {
                lbfgs.clear();
                first = descent(d);
                slope = Algebra.dot(g, d);
            }
            double after = method == Method.LBFGS && cost.box().isOpen ? wolfe(d, slope, first, next, nextG) : projected(d, slope, first, next, nextG);
            if (Double.isNaN(after)) {
                leaveUnlessPolished(stationarity.stuck(x, value, g, method == Method.NEWTON ? h : null, d, -0.5 * slope, new Cost.Stop(Ending.STEP_TOO_SMALL,
                        "no step along a descent direction lowers the cost " + cost.units.user(value) + " at " + Cost.text(cost.user(x)))));
                continue;
            }
            double before = value;
            move(next, nextG, after);
            idle = Math.abs(before - value) <= cost.limits.change() * Math.abs(value) ? idle + 1 : 0;
            if (idle == IDLE) {
                leaveUnlessPolished(stationarity.stuck(x, value, g, method == Method.NEWTON ? h : null, d, -0.5 * slope, new Cost.Stop(Ending.CHANGE_TOO_SMALL,
                        IDLE + " steps changed the cost by less than " + cost.limits.change() + " of it")));
                idle = 0;
            }
        }
    }

    /** Takes a step, and tells it. */
    private void move(double[] next, double[] nextG, double after) {
        double[] s = Algebra.minus(next, x);
        double[] hs = method == Method.NEWTON ? h.multiply(s) : explains ? product(s) : null;
        if (method == Method.LBFGS) {
            lbfgs.add(x, g, next, nextG);
        }
        SymmetricMatrix oldH = h;
        h = nextH;
        nextH = oldH;
        double[] oldG = g.clone();
        double before = value;
        System.arraycopy(next, 0, x, 0, cost.n);
        System.arraycopy(nextG, 0, g, 0, cost.n);
        value = after;
        cost.step(x, s, oldG, hs, before, value, g);
    }

    /** Goes on from a point that is no end, or ends. */
    private void settle() {
        for (;;) {
            Cost.Stop stop = stationarity.reached(x, value, g, method == Method.NEWTON ? h : null);
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
    }

    private void leave(Cost.Stop stop) {
        double[] next = stationarity.lowerOrStop(stop, x, value, g, method == Method.NEWTON ? h : null);
        if (!moved(next, value, Double.POSITIVE_INFINITY)) {
            throw stop;
        }
        lbfgs.clear();
        lastStep = 0;
    }

    /** Takes the Newton step of a Hessian that was asked to judge an end, where it lowers cost and gradient. */
    private boolean polished() {
        double[] s = method == Method.LBFGS ? stationarity.takeNewton() : null;
        if (s == null) {
            return false;
        }
        double[] next = x.clone();
        Algebra.add(next, 1, s);
        return moved(cost.box().project(next), value + Cost.rounding(value), Algebra.largest(g));
    }

    /** Moves to a point where derivatives are finite, the cost is no higher than a bound and the gradient smaller than another. */
    private boolean moved(double[] next, double highest, double bound) {
        double[] nextG = new double[cost.n];
        double after = method == Method.NEWTON ? cost.hessian(next, nextG, nextH) : cost.gradient(next, nextG);
        if (!(after <= highest && Algebra.largest(nextG) < bound)) {
            return false;
        }
        move(next, nextG, after);
        return true;
    }

    private double[] product(double[] s) {
        double[] hs = new double[cost.n];
        cost.product(x, s, hs);
        return hs;
    }

    /** Fills the direction; returns the first step along it to try. */
    private double direction(double[] d) {
        return switch (method) {
            case LBFGS -> quasiNewton(d);
            case NEWTON -> newton(d);
            case GRADIENT_CURVATURE -> curvature(d);
            default -> descent(d);
        };
    }

    private double descent(double[] d) {
        for (int i = 0; i < d.length; i++) {
            d[i] = 0.0 - g[i];
        }
        cost.box().clearHeld(d, x, g);
        return method == Method.GRADIENT_FIXED ? cost.units.user(stepSize) : lastStep > 0 ? 2 * lastStep : Math.min(1, 1 / Algebra.norm(d));
    }

    private double curvature(double[] d) {
        double otherwise = descent(d);
        double curving = Algebra.dot(d, product(d));
        return curving > 0 ? Algebra.dot(d, d) / curving : otherwise;
    }

    private double quasiNewton(double[] d) {
        System.arraycopy(g, 0, d, 0, d.length);
        cost.box().clearHeld(d, x, g);
        double first = lbfgs.isEmpty() ? Math.min(1, 1 / Algebra.norm(d)) : 1;
        lbfgs.direction(d, x, g, cost.box());
        return first;
    }

    /** Where the Hessian is not positive definite, its eigenvalues' sizes serve, or of many parameters a shift of it. */
    private double newton(double[] d) {
        int[] free = cost.box().free(x, g);
        SymmetricMatrix part = Algebra.part(h, free);
        try {
            Cholesky factors = cost.n <= Minimize.SMALL ? Cholesky.of(part) : Cholesky.ofShifted(part);
            double[] step = factors.solve(Algebra.part(g, free));
            System.arraycopy(Algebra.whole(Algebra.times(-1, step), free, cost.n), 0, d, 0, d.length);
        } catch (NotPositiveDefinite e) {
            boolean isSmall = cost.n <= Minimize.SMALL && Algebra.isFinite(part.toPacked());
            System.arraycopy(isSmall ? new LocalModel(h, free).step(g) : new double[d.length], 0, d, 0, d.length);
        }
        boolean isStep = Algebra.isFinite(d) && Algebra.largest(d) > 0;
        return isStep ? 1 : descent(d);
    }

    private double wolfe(double[] d, double slope, double first, double[] next, double[] nextG) {
        if (!wolfe.search(x, d, value, slope, first)) {
            return tooSmall(wolfe.sawFinite());
        }
        System.arraycopy(wolfe.x(), 0, next, 0, next.length);
        System.arraycopy(wolfe.g(), 0, nextG, 0, nextG.length);
        return wolfe.value();
    }

    /** The first of the steps first, first/2, first/4 ... along P(x + t d) that lowers the cost enough. */
    private double projected(double[] d, double slope, double first, double[] next, double[] nextG) {
        double t = first;
        boolean sawFinite = false;
        for (int k = 0; k < HALVINGS; k++, t *= 0.5) {
            for (int i = 0; i < d.length; i++) {
                next[i] = fma(t, d[i], x[i]);
            }
            cost.box().project(next);
            if (Arrays.equals(next, x)) {
                break;
            }
            double promised = cost.box().isOpen ? t * slope : Algebra.dot(g, Algebra.minus(next, x));
            if (!(promised < 0) && method == Method.GRADIENT_FIXED) {
                break;
            }
            double after = method == Method.NEWTON ? cost.value(next) : cost.gradient(next, nextG);
            boolean finite = Double.isFinite(after) && (method == Method.NEWTON || Algebra.isFinite(nextG));
            sawFinite |= finite;
            if (method == Method.GRADIENT_FIXED) {
                if (!finite) {
                    throw new Cost.Stop(Ending.NOT_FINITE, "the cost is " + cost.units.user(after) + " at " + Cost.text(cost.user(next)) + ": gradient descent diverged; take a step below 2/lambda_max");
                }
                return after;
            }
            if (finite && after <= value + SUFFICIENT * promised && promised < 0 && (method != Method.NEWTON || isUsable(next, nextG))) {
                lastStep = t;
                return after;
            }
        }
        return tooSmall(sawFinite);
    }

    /** NaN: no step lowers the cost. */
    private double tooSmall(boolean sawFinite) {
        if (!sawFinite) {
            throw new Cost.Stop(Ending.NOT_FINITE, "the cost is not finite at any step tried from " + Cost.text(cost.user(x)));
        }
        return Double.NaN;
    }

    /** Value, gradient and Hessian of the next point, which must be finite. */
    private boolean isUsable(double[] next, double[] nextG) {
        cost.hessian(next, nextG, nextH);
        return Algebra.isFinite(nextG);
    }
}
