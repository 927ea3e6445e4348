package hesse.run;

/** Rows that pass through a plan at once: so many that the kernels of matrix products pack them together. */
final class Stage {
    /** A sum over rows adds row i of a chunk to accumulator i mod so many. */
    static final int ACCUMULATORS = 8;
    /** Rows of a stage: what the kernels pack at once. */
    static final int ROWS = 384;
    /** Numbers of buffers of rows: 128 MB; one stage of wider rows takes more. */
    private static final int BUFFER = 1 << 24;

    private Stage() {}

    /** Rows of a stage of which so many numbers a row are kept or copied: a multiple of the accumulators. */
    static int of(long numbers) {
        return Math.clamp(BUFFER / Math.max(1, numbers) / ACCUMULATORS * ACCUMULATORS, ACCUMULATORS, ROWS);
    }
}
