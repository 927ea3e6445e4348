package hesse.kernel;

/** H += A' diag(w) B on tiles: chooses the twin and splits large products over threads, which changes no bits. */
public final class Gram {
    /** Multiply-adds below which one thread is faster. */
    private static final long PARALLEL_FROM = Tuning.PARALLEL_PRODUCT.value();

    private Gram() {}

    /** See {@link GramScalar#gram}; adds to the whole lower triangle. */
    public static void gram(double[] a, int aFrom, double[] b, int bFrom, int rows, int n, double[] w, int wFrom,
            double[] h, int tile) {
        if (Vectors.on()) {
            boolean parallel = Parallel.THREADS > 1 && (double) rows * n * n / 2 >= PARALLEL_FROM;
            GramLanes.lower(a, aFrom, b, bFrom, rows, n, w, wFrom, h, 0, tile, parallel);
        } else {
            GramScalar.lower(a, aFrom, b, bFrom, rows, n, w, wFrom, h, 0, tile);
        }
        Tiles.finish(h, n, tile);
    }

    /** H += A' diag(w) A as above, on one thread, into the lower triangle only: what lies beyond it has no meaning. */
    public static void lower(boolean lanes, double[] a, int aFrom, int rows, int n, double[] w, int wFrom, double[] h, int hOff, int tile) {
        if (lanes && Vectors.on()) {
            GramLanes.lower(a, aFrom, a, aFrom, rows, n, w, wFrom, h, hOff, tile, false);
        } else {
            GramScalar.lower(a, aFrom, a, aFrom, rows, n, w, wFrom, h, hOff, tile);
        }
    }
}
