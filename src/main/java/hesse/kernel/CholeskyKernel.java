package hesse.kernel;

/** H = L L' on tiles: chooses the twin and splits the large updates over threads, which changes no bits. */
public final class CholeskyKernel {
    /** Rows below which one thread is faster. */
    private static final int PARALLEL_FROM = 768;

    private CholeskyKernel() {}

    /** See {@link CholeskyScalar#factor}. */
    public static int factor(double[] h, int n, int tile, int threads) {
        boolean fits = tile % Tiles.LARGE == 0 || n <= tile;
        return Vectors.on() && fits
                ? CholeskyLanes.factor(h, n, tile, n < PARALLEL_FROM ? 1 : threads)
                : CholeskyScalar.factor(h, n, tile);
    }
}
