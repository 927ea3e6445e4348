package hesse.kernel;

/** A function of a point compiled to one straight method that needs no work space. */
@FunctionalInterface
public interface PointCode {
    /**
     * Evaluates.
     *
     * @param x the point
     * @param seed the seed vector; null where there is none
     * @param arena numbers that depend on neither
     * @param out filled with what follows the value; null where nothing does
     * @return the value
     */
    double run(double[] x, double[] seed, double[] arena, double[] out);
}
