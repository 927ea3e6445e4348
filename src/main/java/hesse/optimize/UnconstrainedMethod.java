package hesse.optimize;

/**
 * A method without constraints, which knows how to take one step from an {@link Iterate}. {@link UnconstrainedRun} asks
 * where a run may end and goes on from points that are no minima.
 */
interface UnconstrainedMethod {
    /** Where the method is; it alone moves it. */
    Iterate at();

    /**
     * Whether steps are to be the same whatever the parameters' units; then these are taken from the Hessian at the
     * start.
     */
    boolean isScaleFree();

    /** Called once, when cost and derivatives at the start are known and finite. */
    default void begin() {}

    /** Takes a step; null where it was taken, else why there is none. */
    Impasse step();

    /** Moves to a point that the run has found lower than this one; false where the method cannot stay there. */
    boolean leaveTo(double[] lower);

    /** Whether {@link #polish} may be called. */
    default boolean polishes() {
        return false;
    }

    /**
     * Takes the Newton step s of a Hessian that the method does not hold and that was asked to judge an end, where it
     * helps; whether it did.
     */
    default boolean polish(double[] s) {
        return false;
    }
}
