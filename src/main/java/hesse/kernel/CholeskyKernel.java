package hesse.kernel;

/** H = L L' on tiles: chooses the twin and splits the large updates over threads, which changes no bits. */
public final class CholeskyKernel {
    /** Rows below which one thread is faster. */
    private static final int PARALLEL_FROM = Tuning.PARALLEL_FACTOR.value();

    private CholeskyKernel() {}

    /** See {@link CholeskyScalar#factor}. */
    public static int factor(double[] h, int n, int tile) {
        boolean fits = tile % Tiles.LARGE == 0 || n <= tile;
        return Vectors.on() && fits
                ? CholeskyLanes.factor(h, n, tile, Parallel.THREADS > 1 && n >= PARALLEL_FROM)
                : CholeskyScalar.factor(h, n, tile);
    }

    /** Where l_ij, i &gt;= j, lies in the factor: tiles of L are column-major. */
    public static int index(int i, int j, int tile) {
        return CholeskyScalar.index(i, j, tile);
    }

    /** Replaces b by the solution of L L'x = b. */
    public static void solve(double[] l, int n, int tile, double[] b) {
        CholeskySolve.forward(l, n, tile, b);
        CholeskySolve.back(l, n, tile, b);
    }

    /** Replaces a row-major B of {@code count} columns by the solution of L L'X = B. */
    public static void solve(double[] l, int n, int tile, double[] b, int count) {
        CholeskySolve.solve(l, n, tile, b, count);
    }
}
