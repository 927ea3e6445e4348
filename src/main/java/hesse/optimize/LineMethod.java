package hesse.optimize;

/**
 * A method that chooses a direction d, n entries, and then how far to go along it. {@link LineDescent} takes the steps,
 * and lends each call its {@link Backtracking}, which most methods search by.
 */
interface LineMethod {
    Iterate at();

    /** As {@link UnconstrainedMethod#isScaleFree}. */
    boolean isScaleFree();

    /** As {@link UnconstrainedMethod#polishes}. */
    default boolean polishes() {
        return false;
    }

    /** Fills a direction; returns the first step along it to try. */
    double direction(double[] d, Backtracking line);

    /**
     * Fills the direction of steepest descent, where the cost does not fall along {@link #direction}; returns the first
     * step to try.
     */
    default double steepest(double[] d, Backtracking line) {
        return line.steepest(d);
    }

    /**
     * Looks along a direction for a lower point and makes it {@link Iterate#next}, its derivatives known.
     *
     * @param slope g'd, negative
     * @param first the first step to try
     * @return the cost there, NaN where no step lowers the cost
     */
    default double search(double[] d, double slope, double first, Backtracking line) {
        return line.search(d, slope, first);
    }

    /** Told before the iterate moves to its next point. */
    default void moves() {}

    /** Forgets what steps have taught, since the next one begins elsewhere. */
    default void forget() {}
}
