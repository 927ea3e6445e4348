package hesse.optimize;

/** A run of a method without constraints, in the run's own {@link Units}. */
interface Path {
    /** Goes until a {@link Cost.Stop} is thrown. */
    void run();

    /** Where it is. */
    double[] x();

    /** The cost there. */
    double value();

    Stationarity stationarity();
}
