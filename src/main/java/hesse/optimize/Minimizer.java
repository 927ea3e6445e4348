package hesse.optimize;

/**
 * A method of minimisation at a start: what {@link Minimize} makes of a {@link Method} constant. Of one run and one
 * thread.
 */
interface Minimizer {
    /** Runs to an end and tells it: stops, cancellations and limits are endings, too. */
    Minimum run();
}
