package hesse.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {
    private static void check(SymmetricMatrix h) {
        check(h, SymmetricEigen.of(h));
        check(h, SymmetricEigen.jacobi(h));
        double[] expected = SymmetricEigen.jacobi(h).values();
        double scale = Math.max(Math.abs(expected[0]), Math.abs(expected[expected.length - 1]));
        assertArrayEquals(expected, SymmetricEigen.of(h).values(), 4e-15 * h.n() * scale);
        assertArrayEquals(expected, SymmetricEigen.values(h), 4e-15 * h.n() * scale);
    }

    private static void check(SymmetricMatrix h, SymmetricEigen eigen) {
        int n = h.n();
        double norm = Math.max(Double.MIN_NORMAL,
                Math.max(Math.abs(eigen.values()[0]), Math.abs(eigen.values()[n - 1])));
        for (int k = 0; k < n; k++) {
            double[] v = eigen.vector(k);
            double[] hv = h.multiply(v);
            for (int i = 0; i < n; i++) {
                assertEquals(eigen.values()[k] * v[i], hv[i], 4e-15 * n * norm, "residual");
            }
            assertTrue(k == 0 || eigen.values()[k] >= eigen.values()[k - 1], "ascending");
            for (int l = 0; l <= k; l++) {
                double dot = 0;
                for (int i = 0; i < n; i++) {
                    dot += v[i] * eigen.vectors().get(i, l);
                }
                assertEquals(k == l ? 1 : 0, dot, 4e-15 * n, "orthonormal");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 9, 17, 32, 33, 40, 65, 100, 150})
    void randomMatrices(int n) {
        check(SymmetricMatrixTest.random(n, 8, n));
    }

    @Test
    void hardMatrices() {
        hardMatrices(12);
        hardMatrices(80);
    }

    private static void hardMatrices(int n) {
        double[][] hilbert = new double[n][n];
        double[][] graded = new double[n][n];
        double[][] wilkinson = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                hilbert[i][j] = 1.0 / (i + j + 1);
                graded[i][j] = Math.pow(10, -Math.max(i, j));
                wilkinson[i][j] = i == j ? Math.abs(i - n / 2.0) : Math.abs(i - j) == 1 ? 1 : 0;
            }
        }
        check(clusters(n));
        check(SymmetricMatrix.fromFull(hilbert));
        check(SymmetricMatrix.fromFull(graded));
        check(SymmetricMatrix.fromFull(wilkinson));
        check(SymmetricMatrix.of(5));
        check(SymmetricMatrix.fromPacked(2, new double[] {1e-300, 1e-300, 1e-300}));
        check(SymmetricMatrix.fromPacked(2, new double[] {1e300, 1e299, -1e300}));
    }

    /** A reflected diagonal of a few values, each many times. */
    private static SymmetricMatrix clusters(int n) {
        double[] v = new Random(n).doubles(n).toArray();
        double square = 0;
        for (double entry : v) {
            square += entry * entry;
        }
        SymmetricMatrix h = SymmetricMatrix.of(n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k < n; k++) {
                    double left = (i == k ? 1 : 0) - 2 * v[i] * v[k] / square;
                    double right = (j == k ? 1 : 0) - 2 * v[j] * v[k] / square;
                    sum += left * (k % 3 + (k % 7 == 0 ? 1e-13 * k : 0)) * right;
                }
                h.set(i, j, sum);
            }
        }
        return h;
    }

    /** Jacobi's rotations keep tiny eigenvalues of well-scaled matrices: here 1 and 1e-18 of 2. */
    @Test
    void smallEigenvaluesOfGradedMatrices() {
        SymmetricEigen eigen = SymmetricEigen.jacobi(SymmetricMatrix.fromPacked(2, new double[] {1, 0.5e-9, 1e-18}));
        assertEquals(0.75e-18, eigen.values()[0], 1e-32);
    }

    @Test
    void notFinite() {
        assertArrayEquals(new double[] {Double.NaN, Double.NaN},
                SymmetricEigen.of(SymmetricMatrix.fromPacked(2, new double[] {1, Double.NaN, 1})).values());
        assertArrayEquals(new double[] {Double.NaN},
                SymmetricEigen.of(SymmetricMatrix.fromPacked(1, new double[] {Double.POSITIVE_INFINITY})).values());
    }
}
