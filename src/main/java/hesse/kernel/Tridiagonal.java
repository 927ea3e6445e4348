package hesse.kernel;

import java.util.Arrays;

/**
 * Householder's reduction of a symmetric matrix on tiles to tridiagonal form, H = Q T Q' (Golub and Van Loan, Matrix
 * Computations, 4th ed., algorithm 8.3.1), from the last row up, so that what remains is always a leading block. Its two costs,
 * a matrix-vector product and a rank-two update a row, run on the kernels.
 */
public final class Tridiagonal {
    /** Rows that stay in L2 while all reflectors pass: 16 of 1,024 entries take 128 KB. */
    private static final int BLOCK = 16;

    private final int n;
    /** The length of a row of vectors: n rounded up to a multiple of 8, zeros behind. */
    private final int row;
    /** The diagonal, and below it: e[i] is entry (i, i - 1). */
    private final double[] diagonal;
    private final double[] below;
    /** Row i holds the vector of reflector i, of i entries, the last of them 1. */
    private final double[] vectors;
    private final double[] factors;

    private Tridiagonal(int n, boolean vectors) {
        this.n = n;
        this.row = rowLength(n);
        this.diagonal = new double[n];
        this.below = new double[n];
        this.vectors = new double[vectors ? Math.multiplyExact(n, row) : n];
        this.factors = new double[n];
    }

    /** The row length that {@link #transformRows} expects. */
    public static int rowLength(int n) {
        return (n + 7) / 8 * 8;
    }

    /** Reduces h, which is destroyed. */
    public static Tridiagonal reduce(double[] h, int n, int tile, boolean keepVectors) {
        Tridiagonal t = new Tridiagonal(n, keepVectors);
        int padded = Tiles.rows(n, tile) * tile;
        double[] v = new double[padded];
        double[] w = new double[padded];
        for (int i = n - 1; i > 0; i--) {
            t.diagonal[i] = h[Tiles.index(i, i, tile)];
            for (int j = 0; j < i; j++) {
                v[j] = h[Tiles.index(i, j, tile)];
            }
            Arrays.fill(v, i, padded, 0);
            t.factors[i] = t.reflector(v, i);
            if (t.factors[i] != 0) {
                t.apply(h, i, tile, v, w);
            }
            if (keepVectors) {
                System.arraycopy(v, 0, t.vectors, i * t.row, i);
            }
        }
        t.diagonal[0] = n == 0 ? 0 : h[0];
        return t;
    }

    /** Turns a row into the vector of its reflector and returns the factor; 0 where nothing is to be done. */
    private double reflector(double[] v, int i) {
        double alpha = v[i - 1];
        double square = 0;
        for (int j = 0; j < i - 1; j++) {
            square = Math.fma(v[j], v[j], square);
        }
        if (square == 0) {
            below[i] = alpha;
            return 0;
        }
        double beta = -Math.copySign(Math.sqrt(Math.fma(alpha, alpha, square)), alpha);
        double scale = 1 / (alpha - beta);
        for (int j = 0; j < i - 1; j++) {
            v[j] *= scale;
        }
        v[i - 1] = 1;
        below[i] = beta;
        return (beta - alpha) / beta;
    }

    /** The leading i rows become (I - tau v v') H (I - tau v v') by one product and one rank-two update. */
    private void apply(double[] h, int i, int tile, double[] v, double[] w) {
        double tau = factors[i];
        Symv.symv(h, i, tile, v, w);
        double inner = 0;
        for (int j = 0; j < i; j++) {
            inner = Math.fma(v[j], w[j], inner);
        }
        double half = 0.5 * tau * tau * inner;
        for (int j = 0; j < i; j++) {
            w[j] = Math.fma(tau, w[j], -half * v[j]);
        }
        Arrays.fill(w, i, w.length, 0);
        if (Vectors.on()) {
            ReflectorLanes.rankTwo(h, i, tile, v, w);
        } else {
            ReflectorScalar.rankTwo(h, i, tile, v, w);
        }
    }

    public double[] diagonal() {
        return diagonal;
    }

    public double[] below() {
        return below;
    }

    /** Turns rows (of {@link #rowLength} entries, zeros from n on) that are eigenvectors of T into eigenvectors of H, a few rows at a time by all reflectors. */
    public void transformRows(double[] rows, int count) {
        double[] lanes = new double[40];
        for (int block = 0; block < count; block += BLOCK) {
            int end = Math.min(count, block + BLOCK);
            for (int i = 1; i < n; i++) {
                if (factors[i] != 0) {
                    reflectRows(rows, block, end, i, lanes);
                }
            }
        }
    }

    private void reflectRows(double[] rows, int from, int end, int i, double[] lanes) {
        int length = rowLength(i);
        int r = from;
        for (; Vectors.on() && r + 4 <= end; r += 4) {
            ReflectorLanes.reflect4(rows, r * row, row, vectors, i * row, length, factors[i], lanes);
        }
        for (; r < end; r++) {
            if (Vectors.on()) {
                ReflectorLanes.reflect(rows, r * row, vectors, i * row, length, factors[i], lanes);
            } else {
                ReflectorScalar.reflect(rows, r * row, vectors, i * row, length, factors[i]);
            }
        }
    }
}
