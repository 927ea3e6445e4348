package hesse.kernel.machine;

/** Arithmetic of a block of rows compiled to one loop. A class, since C2 calls those faster than interfaces. */
public abstract class RegionCode {
    /**
     * Runs over a block.
     *
     * @param d the arena of blocks
     * @param arena numbers that are the same for all rows
     * @param arrays where some columns and results lie, which may be the arena of blocks or the caller's arrays
     * @param at and from where on
     */
    public abstract void run(double[] d, double[] arena, double[][] arrays, int[] at);
}
