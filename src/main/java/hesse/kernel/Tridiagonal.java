package hesse.kernel;

import java.util.Arrays;

/**
 * Householder's reduction of a symmetric matrix on tiles to tridiagonal form, H = Q T Q', from the last row up, so that what
 * remains is always a leading block. Rows are reduced in panels: a row takes what the panel's reflectors changed in it when it
 * is its turn, the block before the panel takes all of them at once by two Gram products (Dongarra, Sorensen and Hammarling,
 * J. Comput. Appl. Math. 27, 1989). What is left to do row by row is one product with a vector. Q is applied by blocks of
 * reflectors, as matrix products (Schreiber and Van Loan, SIAM J. Sci. Stat. Comput. 10, 1989).
 */
public final class Tridiagonal {
    /** Rows that are reduced together, but one by one where the matrix is one tile, and reflectors that are applied together. */
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
    /** Row i, or where only values are wanted row i of the panel, holds the vector of reflector i, of i entries, the last of them 1. */
    private final double[] vectors;
    private final boolean kept;
    private final double[] factors;
    /** The panel's w, H := H - v w' - w v' for each of its rows, and the coefficients of a row in them. */
    private final double[] w;
    private final double[] coefficients;
    private final double[] y;

    private Tridiagonal(int n, int panel, boolean kept) {
        this.n = n;
        this.panel = panel;
        this.row = rowLength(n);
        this.diagonal = new double[n];
        this.below = new double[n];
        this.kept = kept;
        this.vectors = new double[Math.multiplyExact(kept ? n : Math.min(n, panel), row)];
        this.factors = new double[n];
        this.coefficients = new double[panel];
        this.y = new double[row];
        this.w = new double[Math.multiplyExact(Math.min(n, panel), row)];
    }

    /** n rounded up to a multiple of 8. */
    static int rowLength(int n) {
        return (n + 7) / 8 * 8;
    }

    /** Reduces h, which is destroyed. */
    public static Tridiagonal reduce(double[] h, int n, int tile, boolean keepVectors) {
        Tridiagonal t = new Tridiagonal(n, n <= tile ? 1 : PANEL, keepVectors);
        double[] x = new double[t.row];
        for (int end = n; end > 0; end = Math.max(0, end - t.panel)) {
            int first = Math.max(0, end - t.panel);
            for (int i = end - 1; i >= first; i--) {
                t.reduceRow(h, tile, i, first, end, x);
            }
            if (first > 0) {
                t.update(h, tile, first, end - first);
            }
        }
        return t;
    }

    /** Where row i of the panel lies among the vectors. */
    private int vector(int i, int first) {
        return (kept ? i : i - first) * row;
    }

    private void reduceRow(double[] h, int tile, int i, int first, int end, double[] x) {
        int done = end - 1 - i;
        int length = rowLength(i + 1);
        int v = vector(i + 1, first);
        int u = (i + 1 - first) * row;
        readRow(h, tile, i, x);
        if (done > 0) {
            subtract(x, length, v, u, done, i);
        }
        diagonal[i] = x[i];
        if (i == 0) {
            return;
        }
        Arrays.fill(x, i, length, 0);
        factors[i] = reflector(x, i);
        System.arraycopy(x, 0, vectors, vector(i, first), i);
        int wi = (i - first) * row;
        if (factors[i] == 0) {
            Arrays.fill(w, wi, wi + row, 0);
            return;
        }
        if (n <= SMALL && panel == 1) {
            Arrays.fill(y, 0, length, 0);
            Gemv.addTransposed(h, Tiles.offset(0, 0, tile), tile, i, length, x, 0, y, 0);
        } else {
            Symv.symv(h, i, tile, x, y);
            Arrays.fill(y, i, length, 0);
        }
        if (done > 0) {
            Gemv.multiply(w, u, row, done, length, x, 0, coefficients, 0);
            subtract(y, length, v, done);
            Gemv.multiply(vectors, v, row, done, length, x, 0, coefficients, 0);
            subtractFromW(y, length, u, done);
        }
        finish(x, i, wi);
    }

    /** x -= sum_k v_ki w_k + w_ki v_k over the panel's finished rows k. */
    private void subtract(double[] x, int length, int v, int u, int done, int i) {
        for (int k = 0; k < done; k++) {
            coefficients[k] = w[u + k * row + i];
        }
        subtract(x, length, v, done);
        for (int k = 0; k < done; k++) {
            coefficients[k] = vectors[v + k * row + i];
        }
        subtractFromW(x, length, u, done);
    }

    /** x -= V'c. */
    private void subtract(double[] x, int length, int v, int done) {
        negate(coefficients, 0, done, coefficients);
        Gemv.addTransposed(vectors, v, row, done, length, coefficients, 0, x, 0);
    }

    /** x -= W'c. */
    private void subtractFromW(double[] x, int length, int u, int done) {
        negate(coefficients, 0, done, coefficients);
        Gemv.addTransposed(w, u, row, done, length, coefficients, 0, x, 0);
    }

    private static void negate(double[] x, int from, int count, double[] negated) {
        for (int k = 0; k < count; k++) {
            negated[k] = -x[from + k];
        }
    }

    /** Row i up to its diagonal. */
    private static void readRow(double[] h, int tile, int i, double[] x) {
        for (int column = 0; column <= i; column += tile) {
            System.arraycopy(h, Tiles.index(i, column, tile), x, column, Math.min(tile, i + 1 - column));
        }
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

    /** w = tau y - (tau^2 v'y / 2) v. */
    private void finish(double[] v, int i, int wi) {
        double tau = factors[i];
        double inner = 0;
        for (int j = 0; j < i; j++) {
            inner = Math.fma(v[j], y[j], inner);
        }
        double half = 0.5 * tau * tau * inner;
        for (int j = 0; j < i; j++) {
            w[wi + j] = Math.fma(tau, y[j], -half * v[j]);
        }
        Arrays.fill(w, wi + i, wi + row, 0);
    }

    /** The first m rows of H -= V'W + W'V. */
    private void update(double[] h, int tile, int m, int count) {
        if (panel == 1) {
            int length = rowLength(m);
            negate(vectors, vector(m, m), m, y);
            Ger.add(h, Tiles.offset(0, 0, tile), tile, m, length, y, 0, w, 0);
            negate(w, 0, m, y);
            Ger.add(h, Tiles.offset(0, 0, tile), tile, m, length, y, 0, vectors, vector(m, m));
            return;
        }
        double[] left = leading(vectors, vector(m, m), m, count);
        double[] right = leading(w, 0, m, count);
        Gram.gram(left, 0, right, 0, count, m, MINUS, 0, h, tile);
        Gram.gram(right, 0, left, 0, count, m, MINUS, 0, h, tile);
    }

    private double[] leading(double[] rows, int from, int m, int count) {
        double[] leading = new double[count * m];
        for (int k = 0; k < count; k++) {
            System.arraycopy(rows, from + k * row, leading, k * m, m);
        }
        return leading;
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
        double[] products = new double[size * Math.max(size, count)];
        double[] scaled = new double[size * count];
        for (int from = 1; from < n; from += PANEL) {
            int block = Math.min(PANEL, n - from);
            int length = from + block - 1;
            double[] s = factor(from, block, length, products);
            Arrays.fill(products, 0, block * count, 0);
            Gemm.multiply(vectors, from * row, row, columns, 0, count, products, 0, count, block, count, length);
            Arrays.fill(scaled, 0, block * count, 0);
            Gemm.multiply(s, 0, block, products, 0, count, scaled, 0, count, block, count, block);
            Gemm.multiplyTransposed(vectors, from * row, row, scaled, 0, count, columns, 0, count, length, count, block);
        }
    }

    /** Q' in rows of {@code row} numbers; the i-th reflector changes the leading i rows and columns of what those before it made. */
    private double[] transposedQ() {
        double[] q = new double[n * row];
        double[] products = new double[row];
        double[] scaled = new double[row];
        for (int i = 0; i < n; i++) {
            int length = rowLength(i);
            Arrays.fill(products, 0, length, 0);
            Gemv.addTransposed(q, 0, row, i, length, vectors, i * row, products, 0);
            for (int j = 0; j < i; j++) {
                scaled[j] = -factors[i] * vectors[i * row + j];
            }
            Ger.add(q, 0, row, i, length, scaled, 0, products, 0);
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

    /** -S, with I - V'S V the product of the block's reflectors, the first of them applied first: S grows by the row (-tau v'V'S, tau). */
    private double[] factor(int from, int block, int length, double[] inner) {
        double[] transposed = new double[length * block];
        for (int k = 0; k < block; k++) {
            for (int j = 0; j < length; j++) {
                transposed[j * block + k] = vectors[(from + k) * row + j];
            }
        }
        Arrays.fill(inner, 0, block * block, 0);
        Gemm.multiply(vectors, from * row, row, transposed, 0, block, inner, 0, block, block, block, length);
        double[] s = new double[block * block];
        for (int m = 0; m < block; m++) {
            for (int k = 0; k < m; k++) {
                inner[m * block + k] *= -factors[from + m];
            }
            Gemv.addTransposed(s, 0, block, m, m, inner, m * block, s, m * block);
            s[m * block + m] = -factors[from + m];
        }
        return s;
    }
}
