package hesse.matrix;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

import hesse.kernel.factor.DivideAndConquer;
import hesse.kernel.machine.Interrupts;
import java.util.Arrays;
import java.util.Random;

/**
 * A few eigenvalues at an end of the spectrum of a symmetric operator that is known by its products with vectors only,
 * say a Hessian that is never formed. Lanczos' method with full reorthogonalisation (Golub and Van Loan, Matrix
 * Computations, 4th ed., section 10.3); the start vector is fixed, so results are too. Takes O(s n) memory for s
 * products.
 *
 * @param values ascending
 * @param vectors their eigenvectors as columns
 * @param residuals for each a bound of |H x - value x|
 * @param products how many products it took
 */
public record Lanczos(double[] values, Matrix vectors, double[] residuals, int products) {
    private static final double TOLERANCE = 1e-12;
    private static final long SEED = 20261120;

    /** A symmetric operator. */
    @FunctionalInterface
    public interface Operator {
        /** Fills H v. */
        void multiply(double[] v, double[] result);
    }

    /** The k largest eigenvalues of an operator on R^n. */
    public static Lanczos largest(int n, int k, Operator operator) {
        return run(n, k, operator, true);
    }

    /** The k smallest eigenvalues of an operator on R^n. */
    public static Lanczos smallest(int n, int k, Operator operator) {
        return run(n, k, operator, false);
    }

    private static Lanczos run(int n, int k, Operator operator, boolean largest) {
        if (k < 1 || k > n) {
            throw new IllegalArgumentException(k + " eigenvalues of " + n + ", must be 1 to " + n);
        }
        Matrix.requireSize(n, k);
        double[][] basis = new double[Math.min(n, 2 * k + 16)][];
        double[] diagonal = new double[n];
        double[] below = new double[n + 1];
        double[] w = new double[n];
        Random random = new Random(SEED);
        basis[0] = unit(n, random, basis, 0);
        for (int s = 1; ; s++) {
            if (s % 8 == 0) {
                Interrupts.check("a search for eigenvalues of an operator of", n, "rows");
            }
            operator.multiply(basis[s - 1], w);
            diagonal[s - 1] = dot(w, basis[s - 1]);
            orthogonalise(w, basis, s);
            orthogonalise(w, basis, s);
            below[s] = Math.sqrt(dot(w, w));
            boolean check = s == n || s >= k && (s % 8 == 0 || s < 32);
            Lanczos result = check ? ritz(n, k, largest, basis, diagonal, below, s) : null;
            if (result != null && (s == n || isDone(result))) {
                return result;
            }
            if (s == basis.length) {
                basis = Arrays.copyOf(basis, Math.min(n, 2 * s));
            }
            boolean closed = below[s] <= TOLERANCE * norm(diagonal, below, s);
            basis[s] = closed ? unit(n, random, basis, s) : scaled(w, 1 / below[s]);
            below[s] = closed ? 0 : below[s];
        }
    }

    /** A random vector of length 1, orthogonal to those before it. */
    private static double[] unit(int n, Random random, double[][] basis, int count) {
        double[] v = random.doubles(n).map(x -> x - 0.5).toArray();
        orthogonalise(v, basis, count);
        orthogonalise(v, basis, count);
        return scaled(v, 1 / Math.sqrt(dot(v, v)));
    }

    private static void orthogonalise(double[] w, double[][] basis, int count) {
        for (int i = 0; i < count; i++) {
            double along = dot(w, basis[i]);
            for (int j = 0; j < w.length; j++) {
                w[j] = fma(-along, basis[i][j], w[j]);
            }
        }
    }

    private static Lanczos ritz(int n, int k, boolean largest, double[][] basis, double[] diagonal, double[] below,
            int s) {
        Matrix.requireSize(s, s);
        double[] d = Arrays.copyOf(diagonal, s);
        double[] columns = DivideAndConquer.solve(d, Arrays.copyOf(below, s));
        int first = largest ? s - k : 0;
        double[] residuals = new double[k];
        Matrix vectors = Matrix.of(n, k);
        for (int c = 0; c < k; c++) {
            residuals[c] = s == n ? 0 : Math.abs(below[s] * columns[(s - 1) * s + first + c]);
            for (int i = 0; i < s; i++) {
                double weight = columns[i * s + first + c];
                for (int j = 0; j < n; j++) {
                    vectors.data()[j * k + c] = fma(weight, basis[i][j], vectors.data()[j * k + c]);
                }
            }
        }
        return new Lanczos(Arrays.copyOfRange(d, first, first + k), vectors, residuals, s);
    }

    private static boolean isDone(Lanczos result) {
        double scale = Math.max(Math.abs(result.values[0]), Math.abs(result.values[result.values.length - 1]));
        for (double residual : result.residuals) {
            if (residual > TOLERANCE * scale) {
                return false;
            }
        }
        return true;
    }

    private static double norm(double[] diagonal, double[] below, int s) {
        double norm = 0;
        for (int i = 0; i < s; i++) {
            norm = Math.max(norm, Math.abs(diagonal[i]) + below[i]);
        }
        return norm;
    }

    private static double[] scaled(double[] v, double factor) {
        double[] result = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            result[i] = factor * v[i];
        }
        return result;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum = fma(a[i], b[i], sum);
        }
        return sum;
    }
}
