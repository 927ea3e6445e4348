package hesse.kernel.factor;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

import hesse.kernel.Block;
import hesse.kernel.Gemm;
import hesse.kernel.Gemv;
import hesse.kernel.Ger;
import hesse.kernel.Gram;
import hesse.kernel.Symv;
import hesse.kernel.Tiles;
import hesse.kernel.machine.Interrupts;
import java.util.Arrays;

/**
 * Householder's reduction of a symmetric matrix on tiles to tridiagonal form, H = Q T Q', from the last row up, so that
 * what remains is always a leading block. Rows are reduced in panels: a row takes what the panel's reflectors changed
 * in it when it is its turn, the block before the panel takes all of them at once by two Gram products (Dongarra,
 * Sorensen and Hammarling, J. Comput. Appl. Math. 27, 1989). What is left to do row by row is one product with a
 * vector. Q is applied by blocks of reflectors, as matrix products (Schreiber and Van Loan, SIAM J. Sci. Stat. Comput.
 * 10, 1989).
 */
public final class Tridiagonal {
    /**
     * Rows that are reduced together, but one by one where the matrix is one tile, and reflectors that are applied
     * together.
     */
    private static final int PANEL = 32;
    /** The size up to which plain products with a vector beat the kernels for large matrices. */
    private static final int SMALL = 24;
    private static final double[] MINUS = new double[PANEL];

    static {
        Arrays.fill(MINUS, -1);
    }

    private final int n;
    private final int panel;
    /** The length of a row of vectors: n rounded up to a multiple of 8, zeros behind. */
    private final int row;
    /** The diagonal, and below it: e[i] is entry (i, i - 1). */
    private final double[] diagonal;
    private final double[] below;
    /**
     * Row i, or where only values are wanted row i of the panel, holds the vector of reflector i, of i entries, the
     * last of them 1.
     */
    private final Block vectors;
    private final boolean kept;
    private final double[] factors;
    /** The panel's w, H := H - v w' - w v' for each of its rows, and the coefficients of a row in them. */
    private final Block w;
    private final double[] coefficients;
    private final double[] y;

    private Tridiagonal(int n, int panel, boolean kept) {
        this.n = n;
        this.panel = panel;
        this.row = rowLength(n);
        this.diagonal = new double[n];
        this.below = new double[n];
        this.kept = kept;
        this.vectors = zeros(kept ? n : Math.min(n, panel), row);
        this.factors = new double[n];
        this.coefficients = new double[panel];
        this.y = new double[row];
        this.w = zeros(Math.min(n, panel), row);
    }

    private static Block zeros(int rows, int columns) {
        return Block.of(new double[Math.multiplyExact(rows, columns)], rows, columns);
    }

    /** n rounded up to a multiple of 8. */
    public static int rowLength(int n) {
        return (n + 7) / 8 * 8;
    }

    /** Reduces h, which is destroyed. */
    public static Tridiagonal reduce(Tiles h, boolean keepVectors) {
        int n = h.n();
        Tridiagonal t = new Tridiagonal(n, n <= h.tile() ? 1 : PANEL, keepVectors);
        double[] x = new double[t.row];
        for (int end = n; end > 0; end = Math.max(0, end - t.panel)) {
            int first = Math.max(0, end - t.panel);
            for (int i = end - 1; i >= first; i--) {
                t.reduceRow(h, i, first, end, x);
            }
            if (first > 0 && t.panel > 1) {
                Interrupts.check("a reduction to tridiagonal form of", n, "rows");
            }
            if (first > 0) {
                t.update(h.leading(first), end - first);
            }
        }
        return t;
    }

    /** The row of the vectors that holds row i of the panel. */
    private int vector(int i, int first) {
        return kept ? i : i - first;
    }

    private void reduceRow(Tiles h, int i, int first, int end, double[] x) {
        int done = end - 1 - i;
        int length = rowLength(i + 1);
        Block v = vectors.part(done > 0 ? vector(i + 1, first) : 0, 0, done, length);
        Block u = w.part(end - first - done, 0, done, length);
        readRow(h, i, x);
        if (done > 0) {
            subtract(x, v, u, i);
        }
        diagonal[i] = x[i];
        if (i == 0) {
            return;
        }
        Arrays.fill(x, i, length, 0);
        factors[i] = reflector(x, i);
        System.arraycopy(x, 0, vectors.data(), vector(i, first) * row, i);
        int wi = (i - first) * row;
        if (factors[i] == 0) {
            Arrays.fill(w.data(), wi, wi + row, 0);
            return;
        }
        Block xs = Block.vector(x, length);
        if (n <= SMALL && panel == 1) {
            Arrays.fill(y, 0, length, 0);
            Gemv.addTransposed(h.block(0, 0).leading(i, length), Block.vector(x, i), Block.vector(y, length));
        } else {
            Symv.symv(h.leading(i), x, y);
            Arrays.fill(y, i, length, 0);
        }
        if (done > 0) {
            Block c = Block.vector(coefficients, done);
            Gemv.multiply(u, xs, c);
            subtract(y, v);
            Gemv.multiply(v, xs, c);
            subtract(y, u);
        }
        finish(x, i, wi);
    }

    /** x -= sum_k v_ki w_k + w_ki v_k over the panel's finished rows k, of which v and u hold the vectors and the w. */
    private void subtract(double[] x, Block v, Block u, int i) {
        readColumn(u, i);
        subtract(x, v);
        readColumn(v, i);
        subtract(x, u);
    }

    private void readColumn(Block rows, int i) {
        for (int k = 0; k < rows.rows(); k++) {
            coefficients[k] = rows.data()[rows.start() + k * row + i];
        }
    }

    /** x -= (rows)'c, c the coefficients. */
    private void subtract(double[] x, Block rows) {
        negate(coefficients, 0, rows.rows(), coefficients);
        Gemv.addTransposed(rows, Block.vector(coefficients, rows.rows()), Block.vector(x, rows.columns()));
    }

    private static void negate(double[] x, int from, int count, double[] negated) {
        for (int k = 0; k < count; k++) {
            negated[k] = -x[from + k];
        }
    }

    /** Row i up to its diagonal. */
    private static void readRow(Tiles h, int i, double[] x) {
        for (int column = 0; column <= i; column += h.tile()) {
            System.arraycopy(h.data(), h.index(i, column), x, column, Math.min(h.tile(), i + 1 - column));
        }
    }

    /** Turns a row into the vector of its reflector and returns the factor; 0 where nothing is to be done. */
    private double reflector(double[] v, int i) {
        double alpha = v[i - 1];
        double square = 0;
        for (int j = 0; j < i - 1; j++) {
            square = fma(v[j], v[j], square);
        }
        if (square == 0) {
            below[i] = alpha;
            return 0;
        }
        double beta = -Math.copySign(Math.sqrt(fma(alpha, alpha, square)), alpha);
        double scale = 1 / (alpha - beta);
        for (int j = 0; j < i - 1; j++) {
            v[j] *= scale;
        }
        v[i - 1] = 1;
        below[i] = beta;
        return (beta - alpha) / beta;
    }

    /** w = tau y - (tau^2 v'y / 2) v. */
    private void finish(double[] v, int i, int wi) {
        double tau = factors[i];
        double inner = 0;
        for (int j = 0; j < i; j++) {
            inner = fma(v[j], y[j], inner);
        }
        double half = 0.5 * tau * tau * inner;
        for (int j = 0; j < i; j++) {
            w.data()[wi + j] = fma(tau, y[j], -half * v[j]);
        }
        Arrays.fill(w.data(), wi + i, wi + row, 0);
    }

    /** H -= V'W + W'V for the rows that are left. */
    private void update(Tiles h, int count) {
        int m = h.n();
        int first = vector(m, m);
        if (panel == 1) {
            Block v = vectors.row(first, rowLength(m));
            Block u = w.row(0, rowLength(m));
            Block left = h.block(0, 0).leading(m, rowLength(m));
            Block negated = Block.vector(y, m);
            negate(v.data(), v.start(), m, y);
            Ger.add(left, negated, u);
            negate(u.data(), u.start(), m, y);
            Ger.add(left, negated, v);
            return;
        }
        Block v = withoutGaps(vectors.part(first, 0, count, m));
        Block u = withoutGaps(w.leading(count, m));
        Gram.add(h, v, u, MINUS);
        Gram.add(h, u, v, MINUS);
    }

    private static Block withoutGaps(Block block) {
        Block copy = zeros(block.rows(), block.columns());
        for (int k = 0; k < block.rows(); k++) {
            System.arraycopy(block.data(), block.start() + k * block.stride(), copy.data(), k * copy.stride(),
                    block.columns());
        }
        return copy;
    }

    public double[] diagonal() {
        return diagonal;
    }

    public double[] below() {
        return below;
    }

    /** The eigenvectors of H as columns, row-major; the diagonal becomes the eigenvalues, ascending. */
    public double[] solve() {
        if (n <= SMALL) {
            return DivideAndConquer.rotate(diagonal, below, transposedQ(), row);
        }
        double[] columns = DivideAndConquer.solve(diagonal, below);
        transformColumns(columns, n);
        return columns;
    }

    /** Turns the columns of a row-major matrix with n rows, eigenvectors of T, into eigenvectors of H. */
    private void transformColumns(double[] columns, int count) {
        int size = Math.min(PANEL, n);
        double[] space = new double[size * Math.max(size, count)];
        double[] scaledSpace = new double[size * count];
        for (int from = 1; from < n; from += PANEL) {
            if (from > 1) {
                Interrupts.check("a transformation of eigenvectors of", n, "rows");
            }
            int block = Math.min(PANEL, n - from);
            int length = from + block - 1;
            Block v = vectors.part(from, 0, block, length);
            Block s = factor(from, v, space);
            Block products = Block.of(space, block, count);
            Block scaled = Block.of(scaledSpace, block, count);
            Block leading = Block.of(columns, length, count);
            Arrays.fill(space, 0, block * count, 0);
            Gemm.multiply(v, leading, products);
            Arrays.fill(scaledSpace, 0, block * count, 0);
            Gemm.multiply(s, products, scaled);
            Gemm.multiplyTransposed(v, scaled, leading);
        }
    }

    /**
     * Q' in rows of {@code row} numbers; the i-th reflector changes the leading i rows and columns of what those before
     * it made.
     */
    private double[] transposedQ() {
        double[] q = new double[n * row];
        Block all = Block.of(q, n, row);
        double[] products = new double[row];
        double[] scaled = new double[row];
        for (int i = 0; i < n; i++) {
            int length = rowLength(i);
            Block leading = all.leading(i, length);
            Block sums = Block.vector(products, length);
            Arrays.fill(products, 0, length, 0);
            Gemv.addTransposed(leading, vectors.row(i, i), sums);
            for (int j = 0; j < i; j++) {
                scaled[j] = -factors[i] * vectors.data()[i * row + j];
            }
            Ger.add(leading, Block.vector(scaled, i), sums);
            q[i * row + i] = 1;
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double entry = q[i * row + j];
                q[i * row + j] = q[j * row + i];
                q[j * row + i] = entry;
            }
        }
        return q;
    }

    /**
     * -S, with I - V'S V the product of the block's reflectors, the first of them applied first: S grows by the row
     * (-tau v'V'S, tau).
     */
    private Block factor(int from, Block v, double[] space) {
        int block = v.rows();
        Block transposed = zeros(v.columns(), block);
        for (int k = 0; k < block; k++) {
            for (int j = 0; j < v.columns(); j++) {
                transposed.data()[j * block + k] = v.data()[v.start() + k * row + j];
            }
        }
        Block inner = Block.of(space, block, block);
        Arrays.fill(space, 0, block * block, 0);
        Gemm.multiply(v, transposed, inner);
        Block s = zeros(block, block);
        for (int m = 0; m < block; m++) {
            for (int k = 0; k < m; k++) {
                space[m * block + k] *= -factors[from + m];
            }
            Gemv.addTransposed(s.leading(m, m), inner.row(m, m), s.row(m, m));
            s.data()[m * block + m] = -factors[from + m];
        }
        return s;
    }
}
