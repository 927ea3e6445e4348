package hesse.optimize;

/**
 * Steps along P(x + t d), t halved until the cost falls enough (Armijo, Pacific J. Math. 16, 1966), and doubled from
 * step to step.
 */
final class Backtracking {
    /** The part of what the slope promises that a step must keep. */
    private static final double SUFFICIENT = 1e-4;
    private static final int HALVINGS = 100;

    private final Iterate at;
    /** The last t; 0 before the first. */
    private double last;

    Backtracking(Iterate at) {
        this.at = at;
    }

    /** Fills the direction of steepest descent; returns the first step along it to try. */
    double steepest(double[] d) {
        at.steepest(d);
        return last > 0 ? 2 * last : Math.min(1, 1 / Algebra.norm(d));
    }

    void forget() {
        last = 0;
    }

    /** As {@link LineMethod#search}. */
    double search(double[] d, double slope, double first) {
        boolean sawFinite = false;
        double t = first;
        for (int k = 0; k < HALVINGS && at.aim(t, d); k++, t *= 0.5) {
            boolean isOpen = at.run.box().isOpen;
            double promised = isOpen ? t * slope : Algebra.dot(at.g(), Algebra.minus(at.next(), at.x()));
            double after = at.tryNext();
            boolean isFinite = at.isTryFinite(after);
            sawFinite |= isFinite;
            if (isFinite && after <= at.value() + SUFFICIENT * promised && promised < 0 && at.complete()) {
                last = t;
                return after;
            }
        }
        return none(at, sawFinite);
    }

    /** What a search returns that found nothing, NaN; stops where no trial was finite. */
    static double none(Iterate at, boolean sawFinite) {
        if (!sawFinite) {
            throw new Stop(Ending.NOT_FINITE, "the cost is not finite at any step tried from "
                    + Stop.text(at.run.user(at.x())));
        }
        return Double.NaN;
    }
}
