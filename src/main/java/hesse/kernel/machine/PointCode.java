package hesse.kernel.machine;

/**
 * A function of a point, or a region of it, compiled to one straight method. A class, since C2 calls those faster than
 * interfaces.
 */
public abstract class PointCode {
    /**
     * Evaluates.
     *
     * @param x the point
     * @param seed the seed vector; null where there is none
     * @param arena numbers that depend on neither, and those that pass from region to region
     * @param out filled with what follows the value; null where nothing does
     * @param from where in {@code out}
     * @return the value, by the last region
     */
    public abstract double run(double[] x, double[] seed, double[] arena, double[] out, int from);
}
