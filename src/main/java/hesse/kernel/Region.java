package hesse.kernel;

/** Arithmetic of a block of rows compiled to one loop. */
@FunctionalInterface
public interface Region {
    /**
     * Runs over a block.
     *
     * @param d the arena of blocks
     * @param arena numbers that are the same for all rows
     */
    void run(double[] d, double[] arena);
}
