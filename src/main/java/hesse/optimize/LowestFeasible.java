package hesse.optimize;

/**
 * The lowest point without a violated constraint that the runs of the interior-point method have seen, in the user's
 * units.
 */
final class LowestFeasible {
    private double[] x;
    private double cost = Double.POSITIVE_INFINITY;

    /** Null before the first. */
    double[] x() {
        return x;
    }

    /** Takes note of a point whose cost in the user's unit is known. */
    void see(BarrierPoint at, double userCost) {
        if (at.isFeasible() && userCost < cost) {
            cost = userCost;
            x = at.userInside();
        }
    }
}
