package hesse.matrix;

import hesse.kernel.Tiles;
import hesse.kernel.factor.CholeskyFactor;

/**
 * The Cholesky factor of a positive definite matrix, H = L L', and what it is for: solving, log-determinant, inverse.
 * Backward stable; O(n^3/3). The factor keeps its space, so factoring again allocates nothing.
 */
public final class Cholesky {
    /** Tries of a growing shift; the last is far beyond any norm. */
    private static final int SHIFTS = 60;

    private final int n;
    private final int tile;
    private final Tiles factor;
    private double shift;

    private Cholesky(SymmetricMatrix like) {
        this.n = like.n();
        this.tile = like.tile();
        this.factor = Tiles.of(n, tile);
    }

    /**
     * Factors a matrix, which stays as it is.
     *
     * @throws NotPositiveDefinite naming the first pivot that is not positive
     * @throws java.util.concurrent.CancellationException where the thread is interrupted; its interrupt stays set
     */
    public static Cholesky of(SymmetricMatrix h) {
        Cholesky cholesky = new Cholesky(h);
        cholesky.factor(h);
        return cholesky;
    }

    /**
     * Factors H + shift I with a shift of 0 where H is positive definite, otherwise one that grows from a small part of
     * ||H|| until the factor exists (Nocedal and Wright, Numerical Optimization, algorithm 3.3): a Newton step's
     * descent direction.
     *
     * @throws NotPositiveDefinite where entries are not finite
     */
    public static Cholesky ofShifted(SymmetricMatrix h) {
        Cholesky cholesky = new Cholesky(h);
        double norm = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < h.n(); i++) {
            smallest = Math.min(smallest, h.get(i, i));
            for (int j = 0; j <= i; j++) {
                norm = Math.max(norm, Math.abs(h.get(i, j)));
            }
        }
        double least = 1e-3 * (norm == 0 ? 1 : norm);
        double shift = smallest > 0 ? 0 : least - smallest;
        SymmetricMatrix shifted = h.copy();
        int pivot = 0;
        for (int k = 0; k < SHIFTS && Double.isFinite(norm); k++) {
            shifted.addDiagonal(shift - cholesky.shift);
            cholesky.shift = shift;
            pivot = cholesky.tryFactor(shifted);
            if (pivot < 0) {
                return cholesky;
            }
            shift = Math.max(2 * shift, least);
        }
        throw new NotPositiveDefinite(h.n(), pivot);
    }

    /**
     * Factors another matrix of the same size in the same space.
     *
     * @throws NotPositiveDefinite naming the first pivot that is not positive; the factor is then of no use
     * @throws java.util.concurrent.CancellationException where the thread is interrupted; the factor is then of no use
     *     either
     */
    public void factor(SymmetricMatrix h) {
        if (h.n() != n || h.tile() != tile) {
            throw new IllegalArgumentException("a matrix of " + h.n() + " rows in tiles of " + h.tile()
                    + ", this factor is for " + n
                    + " rows in tiles of " + tile);
        }
        shift = 0;
        int pivot = tryFactor(h);
        if (pivot >= 0) {
            throw new NotPositiveDefinite(n, pivot);
        }
    }

    private int tryFactor(SymmetricMatrix h) {
        return CholeskyFactor.factor(h.tiles(), factor);
    }

    /** The number of rows. */
    public int n() {
        return n;
    }

    /** What was added to the diagonal. */
    public double shift() {
        return shift;
    }

    /** l_ij of the factor, 0 above the diagonal. */
    public double get(int i, int j) {
        if (i < 0 || i >= n || j < 0 || j >= n) {
            throw new IndexOutOfBoundsException("(" + i + ", " + j + ") of a factor of " + n + " rows");
        }
        return i < j ? 0 : factor.data()[CholeskyFactor.index(i, j, tile)];
    }

    /** The solution of H x = b. */
    public double[] solve(double[] b) {
        double[] x = b.clone();
        solveInPlace(x);
        return x;
    }

    /** Replaces b by the solution of H x = b. */
    public void solveInPlace(double[] b) {
        Matrix.requireLength("the right-hand side", b.length, n);
        CholeskyFactor.solve(factor, b);
    }

    /** The solutions of H X = B. */
    public Matrix solve(Matrix b) {
        Matrix.requireLength("the right-hand sides' rows", b.rows(), n);
        Matrix x = Matrix.wrap(n, b.columns(), b.data().clone());
        CholeskyFactor.solve(factor, x.block());
        return x;
    }

    /** log det H, the sum of 2 log l_ii. */
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += 2 * Math.log(get(i, i));
        }
        return sum;
    }

    /** The inverse of H. */
    public SymmetricMatrix inverse() {
        Matrix columns = Matrix.of(n, n);
        for (int i = 0; i < n; i++) {
            columns.set(i, i, 1);
        }
        CholeskyFactor.solve(factor, columns.block());
        SymmetricMatrix inverse = SymmetricMatrix.of(n, tile);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                inverse.set(i, j, columns.get(i, j));
            }
        }
        return inverse;
    }
}
