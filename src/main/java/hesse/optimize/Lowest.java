package hesse.optimize;

/**
 * The lowest point that a run has seen, in the user's units, and where the run began; ends a run whose cost falls
 * beyond any bound.
 */
final class Lowest {
    /** A cost that fell by more than this many of its units falls without bound. */
    private static final double UNBOUNDED = 1e20;
    /** A parameter is far away where it is beyond this many times its start and its unit. */
    private static final double FAR = 1e10;
    /** Costs that differ by less than this part of their size are equal to rounding. */
    private static final double TIE = 1e-14;

    private final double[] point;
    private double value = Double.POSITIVE_INFINITY;
    private double firstValue = Double.NaN;
    private double[] firstPoint;

    Lowest(int n) {
        this.point = new double[n];
    }

    /** A copy. */
    double[] point() {
        return point.clone();
    }

    /** The first cost that was not NaN; NaN before it. */
    double firstValue() {
        return firstValue;
    }

    /** Whether a cost, in the user's unit, is above the lowest one by more than rounding. */
    boolean isBelow(double cost) {
        return value < Double.POSITIVE_INFINITY && !(cost <= value + TIE * Math.abs(value));
    }

    /** Takes note of the cost at x; returns it. */
    double see(double cost, double[] x, Units units) {
        if (Double.isNaN(firstValue)) {
            firstValue = cost;
            firstPoint = x.clone();
        }
        if (cost < value) {
            value = cost;
            System.arraycopy(x, 0, point, 0, x.length);
            double first = units.own(firstValue);
            boolean isFallen = units.own(cost) < first - UNBOUNDED * Math.max(1, Math.abs(first));
            if (cost == Double.NEGATIVE_INFINITY || isFallen && isFar(x, units)) {
                throw new Stop(Ending.UNBOUNDED, "the cost fell to " + cost);
            }
        }
        return cost;
    }

    /**
     * A cost that begins in its own tail, as -exp(-x^2) at 20, falls by any factor; without a bound it falls far away.
     */
    private boolean isFar(double[] x, Units units) {
        for (int i = 0; i < x.length; i++) {
            if (Math.abs(units.own(x[i], i)) > FAR * Math.max(1, Math.abs(units.own(firstPoint[i], i)))) {
                return true;
            }
        }
        return false;
    }
}
