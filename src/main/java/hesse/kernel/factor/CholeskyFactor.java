package hesse.kernel.factor;

import hesse.kernel.Block;
import hesse.kernel.Tiles;
import hesse.kernel.machine.Parallel;
import hesse.kernel.machine.Tuning;
import hesse.kernel.machine.Vectors;

/** H = L L' on tiles: chooses the twin and splits the large updates over threads, which changes no bits. */
public final class CholeskyFactor {
    /** Rows below which one thread is faster. */
    private static final int PARALLEL_FROM = Tuning.PARALLEL_FACTOR.value();

    /** Panels of larger tiles would take more than the matrix. */
    private static final int LARGEST_TILE = 8 * Tiles.LARGE;

    private static final int COPIES = 16;

    private CholeskyFactor() {}

    /** Copies a matrix to h, which becomes its factor; see {@link CholeskyFactorScalar#factor}. */
    public static int factor(Tiles matrix, Tiles factor) {
        double[] h = factor.data();
        int n = factor.n();
        int tile = factor.tile();
        boolean parallel = Parallel.THREADS > 1 && n >= PARALLEL_FROM;
        if (parallel) {
            double[] entries = matrix.data();
            Parallel.each(COPIES, piece -> copy(entries, h, piece, COPIES));
        } else {
            copy(matrix.data(), h, 0, 1);
        }
        boolean fits = tile % Tiles.LARGE == 0 && tile <= LARGEST_TILE || n <= tile;
        return Vectors.on() && fits ? CholeskyFactorLanes.factor(h, n, tile, parallel)
                : CholeskyFactorScalar.factor(h, n, tile);
    }

    private static void copy(double[] from, double[] to, int piece, int pieces) {
        int length = from.length / pieces + 1;
        int first = Math.min(from.length, piece * length);
        System.arraycopy(from, first, to, first, Math.min(length, from.length - first));
    }

    /** Where l_ij, i &gt;= j, lies in the factor: tiles of L are column-major. */
    public static int index(int i, int j, int tile) {
        return CholeskyFactorScalar.index(i, j, tile);
    }

    /** Replaces b by the solution of L L'x = b. */
    public static void solve(Tiles l, double[] b) {
        CholeskySolve.forward(l, b);
        CholeskySolve.back(l, b);
    }

    /** Replaces B by the solution of L L'X = B. */
    public static void solve(Tiles l, Block b) {
        CholeskySolve.solve(l, b);
    }
}
