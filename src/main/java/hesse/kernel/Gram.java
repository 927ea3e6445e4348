package hesse.kernel;

/** H += A' diag(w) B on tiles: chooses the twin and splits large products over threads, which changes no bits. */
public final class Gram {
    /** Multiply-adds below which one thread is faster. */
    private static final long PARALLEL_FROM = 20_000_000;

    private Gram() {}

    /** See {@link GramScalar#gram}; adds to the whole lower triangle. */
    public static void gram(double[] a, int aFrom, double[] b, int bFrom, int rows, int n, double[] w, int wFrom,
            double[] h, int tile) {
        if (Vectors.on()) {
            boolean parallel = Parallel.THREADS > 1 && (double) rows * n * n / 2 >= PARALLEL_FROM;
            GramLanes.gram(a, aFrom, b, bFrom, rows, n, w, wFrom, h, tile, parallel);
        } else {
            GramScalar.gram(a, aFrom, b, bFrom, rows, n, w, wFrom, h, tile);
        }
    }
}
