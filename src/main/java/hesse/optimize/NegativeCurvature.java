package hesse.optimize;

import java.util.Arrays;

/** Leaves a saddle or a maximum at u along the direction of negative curvature, to a lower point. */
final class NegativeCurvature {
    /** The part of its promise that a step must keep. */
    private static final double ENOUGH = 0.1;
    private static final int SHORTENINGS = 30;
    private static final double SHORTER = 0.25;
    private static final int LENGTHENINGS = 100;
    /** The part of its promise that a longer step keeps while the model holds. */
    private static final double KEPT = 0.5;

    private final Run run;
    private final LocalModel model;
    private final double[] u;
    private final double value;
    private final double[] g;

    /**
     * At a point.
     *
     * @param model of the cost there
     * @param value the cost there, and {@code g} its gradient
     */
    NegativeCurvature(Run run, LocalModel model, double[] u, double value, double[] g) {
        this.run = run;
        this.model = model;
        this.u = u;
        this.value = value;
        this.g = g;
    }

    /**
     * A point at which the cost is lower by a good part of what the model promises, on the better side of u; null where
     * the curvature is not negative, or no step along it is short enough for the model and long enough to be seen.
     */
    double[] lower() {
        if (model.inertia().negative() == 0) {
            return null;
        }
        double[] direction = model.leastCurved();
        double[] back = Algebra.times(-1, direction);
        double slope = Algebra.dot(g, direction);
        boolean hasLessRoom = slope == 0 && run.box().reach(u, direction) < run.box().reach(u, back);
        double[] first = slope > 0 || hasLessRoom ? back : direction;
        double[] second = slope > 0 || hasLessRoom ? direction : back;
        double t = Math.max(1, Algebra.largest(u));
        for (int k = 0; k < SHORTENINGS; k++, t *= SHORTER) {
            double[] one = along(first, t, ENOUGH);
            double[] other = along(second, t, ENOUGH);
            if (one != null || other != null) {
                boolean takesFirst = other == null || one != null && run.value(one) <= run.value(other);
                return lengthened(takesFirst ? first : second, t, takesFirst ? one : other);
            }
        }
        return null;
    }

    /** Goes on along a way while the model holds: at first nothing is known of lengths. */
    private double[] lengthened(double[] way, double t, double[] from) {
        double[] last = from;
        double length = t;
        for (int k = 0; k < LENGTHENINGS; k++) {
            length /= SHORTER;
            double[] next = along(way, length, KEPT);
            if (next == null || Arrays.equals(next, last)) {
                return last;
            }
            last = next;
        }
        return last;
    }

    /** P(u + t way), where the cost falls by a part of what the model promises; else null. */
    private double[] along(double[] way, double t, double part) {
        double[] next = u.clone();
        Algebra.add(next, t, way);
        run.box().project(next);
        double promised = model.promised(g, Algebra.minus(next, u));
        if (!(promised > Run.rounding(value))) {
            return null;
        }
        return run.value(next) <= value - part * promised ? next : null;
    }
}
