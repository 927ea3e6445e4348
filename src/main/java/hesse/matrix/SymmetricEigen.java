package hesse.matrix;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

import hesse.kernel.Tiles;
import hesse.kernel.factor.DivideAndConquer;
import hesse.kernel.factor.Tridiagonal;
import hesse.kernel.function.Power;
import hesse.kernel.machine.Interrupts;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, H = V diag(values) V'. {@link #of} reduces to tridiagonal form
 * and divides and conquers: O(n^3), mostly in matrix kernels, eigenvalues within a few ulp of ||H||. {@link #jacobi} is
 * the plain reference, slower but also accurate for the small eigenvalues of graded matrices. A matrix with entries
 * that are not finite has eigenvalues NaN.
 *
 * @param values ascending
 * @param vectors orthonormal; column k belongs to value k, signed so that its largest entry is positive
 */
public record SymmetricEigen(double[] values, Matrix vectors) {
    private static final double EPSILON = 0x1p-53;
    /** Below this part of the largest entry an off-diagonal one is zero whatever the diagonal. */
    private static final double NEGLIGIBLE = 0x1p-200;
    /** Rows up to which an iteration runs to its end, whether interrupted or not. */
    private static final int SHORT = 64;
    private static final int MAX_SWEEPS = 60;

    /** Decomposes a matrix, which stays as it is. */
    public static SymmetricEigen of(SymmetricMatrix matrix) {
        int n = matrix.n();
        Matrix.requireSize(n, n + 7);
        double largest = largest(matrix);
        if (!Double.isFinite(largest)) {
            return notFinite(n);
        }
        int exponent = exponent(largest);
        Tridiagonal t = Tridiagonal.reduce(scaled(matrix, exponent), true);
        double[] columns = t.solve();
        double[] values = t.diagonal();
        for (int k = 0; k < n; k++) {
            values[k] = Math.scalb(values[k], exponent);
        }
        orient(columns, n);
        return new SymmetricEigen(values, Matrix.wrap(n, n, columns));
    }

    /** The eigenvalues only, ascending. */
    public static double[] values(SymmetricMatrix matrix) {
        double largest = largest(matrix);
        if (!Double.isFinite(largest)) {
            return notFinite(matrix.n()).values;
        }
        int exponent = exponent(largest);
        Tridiagonal t = Tridiagonal.reduce(scaled(matrix, exponent), false);
        double[] values = t.diagonal();
        DivideAndConquer.values(values, t.below());
        for (int k = 0; k < values.length; k++) {
            values[k] = Math.scalb(values[k], exponent);
        }
        return values;
    }

    /** The largest size of an entry; sizes compare as their bits do, and NaN's are the largest. */
    private static double largest(SymmetricMatrix matrix) {
        long largest = 0;
        for (double entry : matrix.data()) {
            largest = Math.max(largest, Double.doubleToRawLongBits(entry) & Long.MAX_VALUE);
        }
        return Double.longBitsToDouble(largest);
    }

    /** A copy divided by 2^exponent, so that no square overflows or vanishes. */
    private static Tiles scaled(SymmetricMatrix matrix, int exponent) {
        double factor = Math.scalb(1.0, -exponent);
        Tiles scaled = matrix.tiles().copy();
        double[] data = scaled.data();
        for (int i = 0; i < data.length; i++) {
            data[i] *= factor;
        }
        return scaled;
    }

    private static int exponent(double largest) {
        return largest == 0 ? 0 : Math.getExponent(largest);
    }

    private static SymmetricEigen notFinite(int n) {
        double[] values = new double[n];
        Arrays.fill(values, Double.NaN);
        Matrix vectors = Matrix.of(n, n);
        Arrays.fill(vectors.data(), Double.NaN);
        return new SymmetricEigen(values, vectors);
    }

    /** Signs every column so that its largest entry, the first of several, is positive. */
    private static void orient(double[] columns, int n) {
        double[] largest = new double[n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                double entry = columns[i * n + k];
                largest[k] = Math.abs(entry) > Math.abs(largest[k]) ? entry : largest[k];
            }
        }
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                columns[i * n + k] = Math.copySign(1, largest[k]) * columns[i * n + k] + 0.0;
            }
        }
    }

    /**
     * By cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations, 4th ed., section 8.5): O(n^3) a sweep, some
     * six to ten sweeps.
     */
    public static SymmetricEigen jacobi(SymmetricMatrix matrix) {
        int n = matrix.n();
        double largest = largest(matrix);
        if (!Double.isFinite(largest)) {
            return notFinite(n);
        }
        double[][] a = matrix.toArray();
        double[][] v = new double[n][n];
        for (int i = 0; i < n; i++) {
            v[i][i] = 1;
        }
        boolean rotated = true;
        for (int sweep = 0; rotated && sweep < MAX_SWEEPS; sweep++) {
            if (sweep > 0 && n > SHORT) {
                Interrupts.check("a Jacobi iteration of", n, "rows");
            }
            rotated = sweep(a, v, largest);
        }
        return sorted(a, v);
    }

    private static boolean sweep(double[][] a, double[][] v, double largest) {
        boolean rotated = false;
        for (int p = 0; p < a.length; p++) {
            for (int q = p + 1; q < a.length; q++) {
                double size = Math.abs(a[p][q]);
                double diagonal = Math.sqrt(Math.abs(a[p][p])) * Math.sqrt(Math.abs(a[q][q]));
                if (size > EPSILON * diagonal && size > NEGLIGIBLE * largest) {
                    rotate(a, v, p, q);
                    rotated = true;
                }
            }
        }
        return rotated;
    }

    /** The rotation of rows and columns p and q that makes (p, q) zero; the rows of v are the eigenvectors to be. */
    private static void rotate(double[][] a, double[][] v, int p, int q) {
        double apq = a[p][q];
        double theta = 0.5 * (a[q][q] / apq - a[p][p] / apq);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Power.hypot(theta, 1));
        double c = 1 / Math.sqrt(fma(t, t, 1));
        double s = t * c;
        a[p][p] -= t * apq;
        a[q][q] += t * apq;
        a[p][q] = a[q][p] = 0;
        for (int k = 0; k < a.length; k++) {
            if (k != p && k != q) {
                double akp = a[k][p];
                double akq = a[k][q];
                a[k][p] = a[p][k] = c * akp - s * akq;
                a[k][q] = a[q][k] = s * akp + c * akq;
            }
            double vp = v[p][k];
            double vq = v[q][k];
            v[p][k] = c * vp - s * vq;
            v[q][k] = s * vp + c * vq;
        }
    }

    private static SymmetricEigen sorted(double[][] a, double[][] v) {
        int n = a.length;
        int[] order = IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble(i -> a[i][i])).mapToInt(i -> i)
                .toArray();
        double[] values = new double[n];
        Matrix vectors = Matrix.of(n, n);
        for (int k = 0; k < n; k++) {
            values[k] = a[order[k]][order[k]];
            for (int i = 0; i < n; i++) {
                vectors.set(i, k, v[order[k]][i]);
            }
        }
        orient(vectors.data(), n);
        return new SymmetricEigen(values, vectors);
    }

    /** Eigenvector k as an array. */
    public double[] vector(int k) {
        double[] vector = new double[values.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = vectors.get(i, k);
        }
        return vector;
    }
}
