package hesse.optimize;

/**
 * The steps of methods that trust a quadratic model within a radius: it grows where the model foretells the cost and
 * shrinks where it does not (Conn, Gould and Toint, Trust-Region Methods, 2000). Under bounds the model is solved for
 * the parameters that none holds, the step clipped, and the generalised Cauchy step taken where it promises much more.
 */
final class RadiusDescent implements UnconstrainedMethod {
    /**
     * Ratios of actual to predicted decrease: above the first a step is taken, below the second the radius shrinks,
     * above the third it grows.
     */
    private static final double ACCEPTED = 1e-4;
    private static final double POOR = 0.25;
    private static final double GOOD = 0.75;
    private static final double LARGEST = 1e100;
    /** The part of what the Cauchy step promises that the clipped step must promise to be taken. */
    private static final double CLIPPED = 0.1;
    /** Steps in a row that do not change the cost beyond its tolerance, after which the method is idle. */
    private static final int IDLE = 10;
    /** The factor by which a row of the Hessian may be off before the parameters' units are changed. */
    private static final double UNLIKE = 64;
    private static final int HALVINGS = 40;

    private final RadiusMethod method;
    private final Iterate at;
    private final Run run;
    private double radius;
    /** The last step taken; before the first a step whose length is the radius. */
    private double[] last;
    /**
     * Whether Newton steps of Hessians that the method does not hold are worth taking: the last one lowered the
     * gradient.
     */
    private boolean polishes;
    private int idle;

    RadiusDescent(RadiusMethod method) {
        this.method = method;
        this.at = method.at();
        this.run = at.run;
        this.polishes = at.h() == null;
    }

    @Override
    public Iterate at() {
        return at;
    }

    @Override
    public boolean isScaleFree() {
        return true;
    }

    @Override
    public void begin() {
        boolean isFar = Algebra.norm(at.x()) > Algebra.norm(at.g());
        radius = 0.5 * Math.max(Algebra.norm(at.x()), Algebra.norm(at.g()));
        last = Algebra.times(0.5, isFar ? at.x() : at.g());
    }

    @Override
    public Impasse step() {
        rescale();
        int[] free = run.box().free(at.x(), at.g());
        SubProblem model = method.model(free);
        for (;;) {
            double[] s = model.step(radius);
            double[] hs = at.product(s);
            if (!run.box().isOpen) {
                double[] inside = at.inside(s);
                double[] hi = at.product(inside);
                double[] cauchy = cauchy();
                double[] hc = at.product(cauchy);
                boolean takesCauchy = !(promised(inside, hi) >= CLIPPED * promised(cauchy, hc));
                s = takesCauchy ? cauchy : inside;
                hs = takesCauchy ? hc : hi;
            }
            double quadratic = promised(s, hs);
            double length = Algebra.norm(s);
            boolean promisesNothing = quadratic <= Run.rounding(at.value());
            boolean isOther = at.aim(1, s);
            if (promisesNothing && length <= 0.9 * radius || !isOther || radius < Double.MIN_NORMAL) {
                return stuck(s, quadratic, length);
            }
            double before = at.value();
            if (taken(s, hs, quadratic, length)) {
                return unlessIdle(before, s, quadratic);
            }
            radius = 0.25 * Math.min(length, radius);
            if (promisesNothing) {
                return stuck(s, quadratic, length);
            }
        }
    }

    /** Changes the parameters' units where the Hessian's rows have become unlike, and the radius with them. */
    private void rescale() {
        double[] factor = at.equilibrate(UNLIKE);
        for (int i = 0; factor != null && i < last.length; i++) {
            last[i] /= factor[i];
        }
        radius = factor == null ? radius : Algebra.norm(last);
    }

    /** Moves by s to the next point if the cost falls there as it should, and adapts the radius; whether it did. */
    private boolean taken(double[] s, double[] hs, double quadratic, double length) {
        double value = at.value();
        double trial = run.value(at.next());
        double slack = 4 * Run.rounding(value);
        double ratio = Double.isFinite(trial) ? (value - trial + slack) / (quadratic + slack)
                : Double.NEGATIVE_INFINITY;
        if (!(ratio > ACCEPTED) || !moved(s, hs)) {
            return false;
        }
        boolean isLong = length > 0.8 * radius;
        radius = ratio < POOR ? 0.25 * length : ratio > GOOD && isLong ? Math.min(2 * radius, LARGEST) : radius;
        return true;
    }

    private boolean moved(double[] s, double[] hs) {
        boolean moves = at.moveIfFinite(s, hs);
        last = moves ? s : last;
        return moves;
    }

    private Impasse unlessIdle(double before, double[] s, double quadratic) {
        double change = run.tolerances.change();
        idle = Math.abs(before - at.value()) <= change * Math.abs(at.value()) ? idle + 1 : 0;
        if (idle < IDLE) {
            return null;
        }
        idle = 0;
        return new Impasse(s, quadratic,
                new Stop(Ending.CHANGE_TOO_SMALL, IDLE + " steps changed the cost by less than " + change + " of it"));
    }

    private Impasse stuck(double[] s, double quadratic, double length) {
        idle = 0;
        return new Impasse(s, quadratic,
                new Stop(Ending.STEP_TOO_SMALL, "no step of the model, down to length " + length
                + ", lowers the cost " + run.units().user(at.value()) + " at " + Stop.text(run.user(at.x()))));
    }

    @Override
    public boolean leaveTo(double[] lower) {
        double[] s = Algebra.minus(lower, at.x());
        double[] hs = at.product(s);
        at.aim(lower);
        if (!moved(s, hs)) {
            return false;
        }
        idle = 0;
        radius = Math.max(radius, Algebra.norm(s));
        return true;
    }

    @Override
    public boolean polishes() {
        return polishes;
    }

    @Override
    public boolean polish(double[] s) {
        double norm = Algebra.largest(at.g());
        at.aim(1, s);
        if (!(run.value(at.next()) <= at.value() + Run.rounding(at.value()))) {
            return false;
        }
        if (!moved(Algebra.minus(at.next(), at.x()), at.product(s))) {
            return false;
        }
        polishes = Algebra.largest(at.g()) < norm;
        return true;
    }

    private double promised(double[] s, double[] hs) {
        return -Algebra.dot(at.g(), s) - 0.5 * Algebra.dot(s, hs);
    }

    /** A step along P(x - t g), t from the model's best and halved until the model falls enough. */
    private double[] cauchy() {
        double[] d = run.box().clearHeld(Algebra.times(-1, at.g()), at.x(), at.g());
        double square = Algebra.dot(d, d);
        double curving = Algebra.dot(d, at.product(d));
        double t = Math.min(radius / Math.sqrt(square), curving > 0 ? square / curving : Double.POSITIVE_INFINITY);
        double[] s = at.inside(Algebra.times(t, d));
        for (int k = 0; k < HALVINGS; k++) {
            double slope = Algebra.dot(at.g(), s);
            if (promised(s, at.product(s)) >= -0.1 * slope) {
                break;
            }
            t *= 0.5;
            s = at.inside(Algebra.times(t, d));
        }
        return s;
    }
}
