package hesse.kernel;

import hesse.kernel.machine.Parallel;
import hesse.kernel.machine.Tuning;
import hesse.kernel.machine.Vectors;

/** H += A' diag(w) B on tiles: chooses the twin and splits large products over threads, which changes no bits. */
public final class Gram {
    /** Multiply-adds below which one thread is faster. */
    private static final long PARALLEL_FROM = Tuning.PARALLEL_PRODUCT.value();

    private Gram() {}

    /**
     * See {@link GramScalar#lower}; A and B have n columns and no gaps between rows, H becomes whole.
     *
     * @param w a weight a row, or null for ones
     */
    public static void add(Tiles h, Block a, Block b, double[] w) {
        int n = h.n();
        assert a.columns() == n && a.rows() == b.rows() && (a.rows() < 2 || a.stride() == n)
                : a.rows() + " x " + a.columns() + " by " + a.stride();
        assert b.columns() == n && (b.rows() < 2 || b.stride() == n) && (w == null || w.length >= a.rows())
                : b.columns() + " by " + b.stride();
        add(h, a.data(), a.start(), b.data(), b.start(), a.rows(), w, 0);
    }

    /** The same of rows that start somewhere in arrays that a caller was given. */
    public static void add(Tiles h, double[] a, int aFrom, double[] b, int bFrom, int rows, double[] w, int wFrom) {
        int n = h.n();
        if (Vectors.on()) {
            boolean parallel = Parallel.THREADS > 1 && (double) rows * n * n / 2 >= PARALLEL_FROM;
            GramLanes.lower(a, aFrom, b, bFrom, rows, n, w, wFrom, h.data(), 0, h.tile(), parallel);
        } else {
            GramScalar.lower(a, aFrom, b, bFrom, rows, n, w, wFrom, h.data(), 0, h.tile());
        }
        Tiles.finish(h.data(), n, h.tile());
    }

    /**
     * H += A' diag(w) A of what lies in an arena, on one thread, into the lower triangle only: what lies beyond it has
     * no meaning.
     */
    public static void lower(boolean simd, double[] a, int aFrom, int rows, int n, double[] w, int wFrom, double[] h,
            int hOff, int tile) {
        if (simd && Vectors.on()) {
            GramLanes.lower(a, aFrom, a, aFrom, rows, n, w, wFrom, h, hOff, tile, false);
        } else {
            GramScalar.lower(a, aFrom, a, aFrom, rows, n, w, wFrom, h, hOff, tile);
        }
    }
}
