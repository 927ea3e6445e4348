package hesse.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QrTest {
    @ParameterizedTest
    @CsvSource({"1,1", "5,1", "5,5", "30,7", "200,33"})
    void leastSquares(int m, int n) {
        Matrix a = Matrix.of(m, n);
        Random random = new Random(m);
        for (int i = 0; i < m * n; i++) {
            a.data()[i] = random.nextGaussian();
        }
        double[] b = random.doubles(m).toArray();
        Qr qr = Qr.of(a);
        double[] x = qr.solve(b);
        double[] residual = a.multiply(x);
        for (int i = 0; i < m; i++) {
            residual[i] -= b[i];
        }
        assertArrayEquals(new double[n], a.transposedMultiply(residual), 1e-12 * m);
        SymmetricMatrix gram = SymmetricMatrix.of(n);
        gram.addGram(a, (double[]) null);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int k = 0; k < n; k++) {
                    sum += qr.get(k, i) * qr.get(k, j);
                }
                assertEquals(gram.get(i, j), sum, 1e-12 * m, "R'R = A'A");
            }
        }
    }

    @Test
    void badInput() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Qr.of(Matrix.of(2, 3))).getMessage()
                .contains("2 x 3"));
        Qr deficient = Qr.of(Matrix.of(new double[][] {{1, 0}, {0, 0}, {0, 0}}));
        assertTrue(assertThrows(ArithmeticException.class, () -> deficient.solve(new double[3])).getMessage()
                .contains("column 1 of 2"));
        assertThrows(IllegalArgumentException.class, () -> deficient.solve(new double[2]));
    }

    private static void assertDependent(int column, double[][] rows) {
        Qr qr = Qr.of(Matrix.of(rows));
        String message = assertThrows(ArithmeticException.class, () -> qr.solve(new double[rows.length])).getMessage();
        assertEquals("column " + column + " of " + rows[0].length + " depends on those before it", message);
        assertThrows(ArithmeticException.class, () -> qr.solve(new double[rows.length]), "asked again");
    }

    /** Exactly dependent columns, whatever rounding leaves on the diagonal of R. */
    @Test
    void dependentColumns() {
        assertDependent(1, new double[][] {{1, 1}, {1, 1}, {1, 1}});
        assertDependent(1, new double[][] {{0.1, 0.3 / 7}, {0.1, 0.3 / 7}, {0.1, 0.3 / 7}});
        assertDependent(1, new double[][] {{1, 0}, {2, 0}});
        assertDependent(0, new double[][] {{0, 1}, {0, 2}});
        assertDependent(1, new double[2][2]);
        assertDependent(0, new double[][] {{0}});
        assertDependent(2, new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});
        assertDependent(2, new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {10, 11, 12}});
        assertDependent(1, new double[][] {{1, 3, 0}, {1, 3, 1}, {1, 3, 0}, {1, 3, 7}});
        assertDependent(1, new double[][] {{1e-300, 3e10}, {2e-300, 6e10}, {3e-300, 9e10}});
        assertDependent(1, new double[][] {{1e-300, 1e-300}, {1e-300, 1e-300}, {1e-300, 1e-300}});
        assertDependent(1, new double[][] {{1e300, 1e-300}, {1e300, 1e-300}, {1e300, 1e-300}});
        assertDependent(1, new double[][] {{1e200, 1e200}, {1, 1}, {1e-200, 1e-200}});
        assertDependent(1, new double[][] {{1e200, 2e200}, {0, 0}, {-1, -2}, {1e-90, 2e-90}});
        // near dependence of the first two columns hides that of the third from R's diagonal
        assertDependent(2, new double[][] {{1, 1, 0}, {0, 1e-8, 1}, {0, 0, 0}});
        assertDependent(1, new double[][] {{1, 1}, {1, 1}, {1, 1 + 0x1p-52}});
        double[][] ones = new double[100_000][];
        Arrays.setAll(ones, i -> new double[] {0.1, 0.1 / 9});
        assertDependent(1, ones);
    }

    /**
     * Integers in random combinations, so that dependence is exact: at every size the last column of the dependent ones
     * is named.
     */
    @Test
    void dependentAtEverySize() {
        for (int n = 2; n <= 40; n++) {
            Random random = new Random(n);
            int m = n + random.nextInt(40);
            double[][] rows = new double[m][n];
            int column = 1 + random.nextInt(n - 1);
            for (double[] row : rows) {
                Arrays.setAll(row, k -> random.nextInt(2001) - 1000);
                row[column] = 3 * row[0] - (column > 1 ? row[1] : 0);
                for (int k = 0; k < n; k++) {
                    row[k] = Math.scalb(row[k], 20 * k - 400);
                }
            }
            assertDependent(column, rows);
        }
    }

    private static void assertSolution(double[] expected, double[][] rows, double tolerance) {
        double[] b = new double[rows.length];
        for (int i = 0; i < b.length; i++) {
            for (int k = 0; k < expected.length; k++) {
                b[i] += rows[i][k] * expected[k];
            }
        }
        double[] x = Qr.of(Matrix.of(rows)).solve(b);
        for (int k = 0; k < x.length; k++) {
            assertEquals(expected[k], x[k], tolerance * Math.abs(expected[k]), "x " + k);
        }
    }

    /** Full rank at any scale of columns and rows. */
    @Test
    void fullRankIsNotRefused() {
        assertSolution(new double[] {1, 2}, new double[][] {{1, 1}, {1, 1}, {1, 1 + 0x1p-30}}, 1e-4);
        assertSolution(new double[] {1e300, 2}, new double[][] {{1e-300, 1}, {1e-300, 2}, {2e-300, 7}}, 1e-14);
        assertSolution(new double[] {1e-100, 1, 1e100},
                new double[][] {{1e100, 1, 2e-100}, {3e100, 1, 1e-100}, {1e100, 5, 0}, {0, 0, 1e-100}}, 1e-14);
        assertSolution(new double[] {1}, new double[][] {{4e-320}, {8e-320}}, 1e-14);
        assertSolution(new double[] {1}, new double[][] {{1e308}, {1e308}, {1e308}, {-1e308}}, 1e-14);
        assertSolution(new double[] {1, 2}, new double[][] {{1e20, 1e20}, {1, 2}}, 1e-14);
        assertSolution(new double[] {1, 2}, new double[][] {{1, 2}, {1e20, 1e20}}, 1e-14);
        assertSolution(new double[] {1, 2}, new double[][] {{1e-200, 2e-200}, {3, 1}, {1e200, 1e200}}, 1e-14);
        assertSolution(new double[] {1, 2, 3}, new double[][] {{0, 2, 1}, {1e16, 1e16, 0}, {1e16, 0, 1e16}, {0, 1, 1}},
                1e-14);
    }

    /** Numbers that are not finite make the solution NaN, not an error. */
    @Test
    void notFinite() {
        for (double entry : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            for (int column = 0; column < 2; column++) {
                double[][] rows = {{1, 2}, {3, 4}, {5, 7}};
                rows[1][column] = entry;
                assertTrue(Double.isNaN(Qr.of(Matrix.of(rows)).solve(new double[3])[column]));
            }
        }
    }

    @Test
    void theTriangleIsOfTheMatrixAsGiven() {
        Qr qr = Qr.of(Matrix.of(new double[][] {{3e-300, 1e200}, {4e-300, 0}}));
        assertEquals(5e-300, Math.abs(qr.get(0, 0)), 1e-314);
        assertEquals(0.6e200, Math.abs(qr.get(0, 1)), 1e186);
        assertEquals(0.8e200, Math.abs(qr.get(1, 1)), 1e186);
        assertEquals(0, Qr.of(Matrix.of(0, 0)).solve(new double[0]).length);
        assertEquals(0, Qr.of(Matrix.of(3, 0)).solve(new double[3]).length);
    }
}
