package hesse.optimize;

/** The steps of methods that choose a direction and then how far; bounds by projection of the whole path. */
final class LineDescent implements UnconstrainedMethod {
    /** Steps in a row that do not change the cost beyond its tolerance, after which the method is idle. */
    private static final int IDLE = 5;

    private final LineMethod method;
    private final Iterate at;
    private final Backtracking line;
    private final boolean explains;
    private final double[] d;
    private int idle;

    /**
     * @param explains whether a Hessian-vector product a step is asked to tell its curvature, by methods that hold no
     *     Hessian
     */
    LineDescent(LineMethod method, boolean explains) {
        this.method = method;
        this.at = method.at();
        this.line = new Backtracking(at);
        this.explains = explains;
        this.d = new double[at.n];
    }

    @Override
    public Iterate at() {
        return at;
    }

    @Override
    public boolean isScaleFree() {
        return method.isScaleFree();
    }

    @Override
    public Impasse step() {
        double first = method.direction(d, line);
        double slope = Algebra.dot(at.g(), d);
        if (!(slope < 0)) {
            first = method.steepest(d, line);
            slope = Algebra.dot(at.g(), d);
        }
        double after = method.search(d, slope, first, line);
        if (Double.isNaN(after)) {
            return new Impasse(d, -0.5 * slope,
                    new Stop(Ending.STEP_TOO_SMALL, "no step along a descent direction lowers the cost "
                    + at.run.units().user(at.value()) + " at " + Stop.text(at.run.user(at.x()))));
        }
        double before = at.value();
        move(after);
        double change = at.run.tolerances.change();
        idle = Math.abs(before - at.value()) <= change * Math.abs(at.value()) ? idle + 1 : 0;
        if (idle < IDLE) {
            return null;
        }
        idle = 0;
        return new Impasse(d, -0.5 * slope,
                new Stop(Ending.CHANGE_TOO_SMALL, IDLE + " steps changed the cost by less than " + change + " of it"));
    }

    private void move(double after) {
        double[] s = Algebra.minus(at.next(), at.x());
        double[] hs = at.h() != null || explains ? at.product(s) : null;
        method.moves();
        at.move(s, hs, after);
    }

    @Override
    public boolean leaveTo(double[] lower) {
        at.aim(lower);
        if (!moved(at.value(), Double.POSITIVE_INFINITY)) {
            return false;
        }
        method.forget();
        line.forget();
        return true;
    }

    @Override
    public boolean polishes() {
        return method.polishes();
    }

    @Override
    public boolean polish(double[] s) {
        at.aim(1, s);
        return moved(at.value() + Run.rounding(at.value()), Algebra.largest(at.g()));
    }

    /**
     * Moves to the next point where the cost is no higher than one bound and the gradient's largest entry below
     * another.
     */
    private boolean moved(double highest, double bound) {
        double after = at.evaluateNext();
        if (!(after <= highest && Algebra.largest(at.nextG()) < bound)) {
            return false;
        }
        move(after);
        return true;
    }
}
