package hesse.matrix;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

import hesse.kernel.Gemv;
import hesse.kernel.Ger;
import hesse.kernel.machine.Interrupts;
import java.util.Arrays;

/**
 * A = Q R by Householder reflections (Golub and Van Loan, Matrix Computations, 4th ed., algorithm 5.2.1), for least squares:
 * backward stable where A'A would square the condition number. O(2 m n^2).
 */
public final class Qr {
    /** Columns after which an interrupt is heard. */
    private static final int PANEL = 64;

    private final int m;
    private final int n;
    /** R above and on the diagonal; below it is of no meaning. */
    private final double[] a;
    /** Row k holds reflector k's vector, zeros before entry k, and 1 there. */
    private final double[] vectors;
    private final double[] factors;

    private Qr(Matrix matrix) {
        this.m = matrix.rows();
        this.n = matrix.columns();
        this.a = matrix.data().clone();
        this.vectors = new double[Math.multiplyExact(n, m)];
        this.factors = new double[n];
    }

    /** Factors a matrix with at least as many rows as columns, which stays as it is. */
    public static Qr of(Matrix matrix) {
        if (matrix.rows() < matrix.columns()) {
            throw new IllegalArgumentException("least squares needs as many rows as columns, the matrix is "
                    + matrix.rows() + " x " + matrix.columns());
        }
        Qr qr = new Qr(matrix);
        double[] products = new double[qr.n];
        double[] scaled = new double[qr.m];
        for (int k = 0; k < qr.n; k++) {
            if (k > 0 && k % PANEL == 0) {
                Interrupts.check("a QR factorisation of", qr.n, "columns");
            }
            qr.reflect(k, products, scaled);
        }
        return qr;
    }

    private void reflect(int k, double[] products, double[] scaled) {
        int v = k * m;
        double largest = 0;
        for (int i = k; i < m; i++) {
            vectors[v + i] = a[i * n + k];
            largest = Math.max(largest, Math.abs(vectors[v + i]));
        }
        if (largest == 0) {
            return;
        }
        double square = 0;
        for (int i = k; i < m; i++) {
            square = fma(vectors[v + i] / largest, vectors[v + i] / largest, square);
        }
        double alpha = vectors[v + k];
        double beta = -Math.copySign(largest * Math.sqrt(square), alpha);
        factors[k] = (beta - alpha) / beta;
        for (int i = k + 1; i < m; i++) {
            vectors[v + i] /= alpha - beta;
        }
        vectors[v + k] = 1;
        for (int i = k; i < m; i++) {
            scaled[i] = -factors[k] * vectors[v + i];
        }
        int behind = n - k - 1;
        Arrays.fill(products, 0);
        Gemv.addTransposed(a, k * n + k + 1, n, m - k, behind, vectors, v + k, products, 0);
        Ger.add(a, k * n + k + 1, n, m - k, behind, scaled, k, products, 0);
        a[k * n + k] = beta;
    }

    /** Entry (i, j) of R, 0 below the diagonal. */
    public double get(int i, int j) {
        if (i < 0 || i >= n || j < 0 || j >= n) {
            throw new IndexOutOfBoundsException("(" + i + ", " + j + ") of an R of " + n + " rows");
        }
        return i > j ? 0 : a[i * n + j];
    }

    /**
     * The x that makes |A x - b| smallest.
     *
     * @throws ArithmeticException naming the column where A has no full rank: what is left of it behind the columns before it is no
     *     more than rounding of the column, 2^-52 m of its length
     */
    public double[] solve(double[] b) {
        Matrix.requireLength("the right-hand side", b.length, m);
        double[] y = b.clone();
        double[] step = new double[1];
        for (int k = 0; k < n; k++) {
            Gemv.multiply(vectors, k * m + k, m, 1, m - k, y, k, step, 0);
            step[0] *= -factors[k];
            Gemv.addTransposed(vectors, k * m + k, m, 1, m - k, step, 0, y, k);
        }
        double[] x = new double[n];
        for (int k = n - 1; k >= 0; k--) {
            if (isDependent(k)) {
                throw new ArithmeticException("column " + k + " of " + n + " depends on those before it");
            }
            Gemv.multiply(a, k * n + k + 1, n, 1, n - k - 1, x, k + 1, step, 0);
            x[k] = (y[k] - step[0]) / a[k * n + k];
        }
        return x;
    }

    private boolean isDependent(int k) {
        double length = 0;
        for (int i = 0; i <= k; i++) {
            length = Math.hypot(length, a[i * n + k]);
        }
        return Math.abs(a[k * n + k]) <= 0x1p-52 * m * length;
    }
}
