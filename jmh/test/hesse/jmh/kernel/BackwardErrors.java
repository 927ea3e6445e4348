package hesse.jmh.kernel;

import hesse.matrix.Matrix;
import hesse.matrix.SymmetricEigen;
import hesse.matrix.SymmetricMatrix;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/**
 * Backward errors in units of 2^-53, and matrices to measure them with: solves by |H x - b|/(|H| |x|), eigenvectors by
 * |H V - V diag(values)|/|H| and |V'V - I|, largest entries.
 */
final class BackwardErrors {
    private static final double UNIT = 0x1p-53;
    private static final int N = 100;

    private BackwardErrors() {}

    static Map<String, SymmetricMatrix> matrices() {
        Map<String, SymmetricMatrix> matrices = new LinkedHashMap<>();
        Random random = new Random(1);
        matrices.put("random, definite", Rivals.positiveDefinite(N));
        matrices.put("random, indefinite", fill(N, (i, j) -> random.nextGaussian()));
        SymmetricMatrix definite = Rivals.positiveDefinite(N);
        matrices.put("graded, definite", fill(N, (i, j) -> definite.get(i, j) * Math.pow(10, -(i + j) * 8.0 / N)));
        matrices.put("graded, indefinite", fill(N, (i, j) -> random.nextGaussian() * Math.pow(10, -(i + j) * 8.0 / N)));
        matrices.put("clustered eigenvalues", spectrum(k -> 1 + k % 3 + 1e-13 * k));
        matrices.put("singular, rank 60", spectrum(k -> k < 60 ? 1 + k : 0));
        matrices.put("nearly singular", spectrum(k -> k == 0 ? 1e-14 : k));
        matrices.put("Hilbert, n = 12", fill(12, (i, j) -> 1.0 / (i + j + 1)));
        matrices.put("Wilkinson W21+", fill(21, (i, j) -> i == j ? Math.abs(i - 10) : i == j + 1 ? 1 : 0));
        matrices.put("saddle point", fill(N,
                (i, j) -> i >= 70 && j >= 70 ? 0 : i >= 70 ? random.nextGaussian() : i == j ? 1 + i : 0));
        return matrices;
    }

    interface Entry {
        double at(int i, int j);
    }

    private static SymmetricMatrix fill(int n, Entry entry) {
        SymmetricMatrix h = SymmetricMatrix.of(n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                h.set(i, j, entry.at(i, j));
            }
        }
        return h;
    }

    /** Given eigenvalues on random orthonormal vectors. */
    private static SymmetricMatrix spectrum(IntToDoubleFunction value) {
        Random random = new Random(2);
        Matrix q = SymmetricEigen.of(fill(N, (i, j) -> random.nextGaussian())).vectors();
        Matrix rows = Matrix.of(N, N);
        double[] weights = new double[N];
        for (int k = 0; k < N; k++) {
            weights[k] = value.applyAsDouble(k);
            for (int i = 0; i < N; i++) {
                rows.set(k, i, q.get(i, k));
            }
        }
        SymmetricMatrix h = SymmetricMatrix.of(N);
        h.addGram(rows, weights);
        return h;
    }

    static double[] rightSide(int n) {
        return Rivals.numbers(n, 5);
    }

    static double solveError(SymmetricMatrix h, IntToDoubleFunction x) {
        int n = h.n();
        double[] b = rightSide(n);
        double norm = 0;
        double size = 0;
        double error = 0;
        for (int i = 0; i < n; i++) {
            double sum = -b[i];
            double row = 0;
            for (int j = 0; j < n; j++) {
                sum = Math.fma(h.get(i, j), x.applyAsDouble(j), sum);
                row += Math.abs(h.get(i, j));
            }
            norm = Math.max(norm, row);
            size = Math.max(size, Math.abs(x.applyAsDouble(i)));
            error = Math.max(error, Math.abs(sum));
        }
        return error / (norm * size) / UNIT;
    }

    static double[] eigenErrors(SymmetricMatrix h, IntToDoubleFunction value, Entry vector) {
        int n = h.n();
        double norm = Math.max(Math.abs(value.applyAsDouble(0)), Math.abs(value.applyAsDouble(n - 1)));
        double residual = 0;
        double orthogonality = 0;
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < n; i++) {
                double sum = -value.applyAsDouble(k) * vector.at(i, k);
                double product = i == k ? -1 : 0;
                for (int j = 0; j < n; j++) {
                    sum = Math.fma(h.get(i, j), vector.at(j, k), sum);
                    product = Math.fma(vector.at(j, i), vector.at(j, k), product);
                }
                residual = Math.max(residual, Math.abs(sum));
                orthogonality = Math.max(orthogonality, Math.abs(product));
            }
        }
        return new double[] {residual / norm / UNIT, orthogonality / UNIT};
    }
}
