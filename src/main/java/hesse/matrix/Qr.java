package hesse.matrix;

/**
 * A = Q R by Householder reflections (Golub and Van Loan, Matrix Computations, 4th ed., algorithm 5.2.1), for least squares:
 * backward stable where A'A would square the condition number. O(2 m n^2).
 */
public final class Qr {
    private final int m;
    private final int n;
    /** R above and on the diagonal, below it the reflectors' vectors, whose first entry 1 is not stored. */
    private final double[] a;
    private final double[] factors;

    private Qr(Matrix matrix) {
        this.m = matrix.rows();
        this.n = matrix.columns();
        this.a = matrix.data().clone();
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
        for (int k = 0; k < qr.n; k++) {
            qr.reflect(k, products);
        }
        return qr;
    }

    private void reflect(int k, double[] products) {
        double norm = 0;
        for (int i = k; i < m; i++) {
            norm = Math.hypot(norm, a[i * n + k]);
        }
        if (norm == 0) {
            return;
        }
        double alpha = a[k * n + k];
        double beta = -Math.copySign(norm, alpha);
        factors[k] = (beta - alpha) / beta;
        for (int i = k + 1; i < m; i++) {
            a[i * n + k] /= alpha - beta;
        }
        a[k * n + k] = beta;
        for (int j = k + 1; j < n; j++) {
            products[j] = a[k * n + j];
        }
        for (int i = k + 1; i < m; i++) {
            for (int j = k + 1; j < n; j++) {
                products[j] = Math.fma(a[i * n + k], a[i * n + j], products[j]);
            }
        }
        for (int j = k + 1; j < n; j++) {
            products[j] *= factors[k];
            a[k * n + j] -= products[j];
        }
        for (int i = k + 1; i < m; i++) {
            for (int j = k + 1; j < n; j++) {
                a[i * n + j] = Math.fma(-a[i * n + k], products[j], a[i * n + j]);
            }
        }
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
     * @throws ArithmeticException naming the column where A has no full rank
     */
    public double[] solve(double[] b) {
        Matrix.requireLength("the right-hand side", b.length, m);
        double[] y = b.clone();
        for (int k = 0; k < n; k++) {
            double sum = y[k];
            for (int i = k + 1; i < m; i++) {
                sum = Math.fma(a[i * n + k], y[i], sum);
            }
            double step = factors[k] * sum;
            y[k] -= step;
            for (int i = k + 1; i < m; i++) {
                y[i] = Math.fma(-step, a[i * n + k], y[i]);
            }
        }
        double[] x = new double[n];
        for (int k = n - 1; k >= 0; k--) {
            if (a[k * n + k] == 0) {
                throw new ArithmeticException("column " + k + " of " + n + " depends on those before it");
            }
            double sum = y[k];
            for (int j = k + 1; j < n; j++) {
                sum = Math.fma(-a[k * n + j], x[j], sum);
            }
            x[k] = sum / a[k * n + k];
        }
        return x;
    }
}
