package hesse.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixTest {
    private static Matrix random(int rows, int columns, long seed) {
        Random random = new Random(seed);
        Matrix matrix = Matrix.of(rows, columns);
        for (int i = 0; i < rows * columns; i++) {
            matrix.data()[i] = random.nextGaussian();
        }
        return matrix;
    }

    private static Matrix transposed(Matrix a) {
        Matrix t = Matrix.of(a.columns(), a.rows());
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                t.set(j, i, a.get(i, j));
            }
        }
        return t;
    }

    private static double[] column(Matrix a, int j) {
        double[] column = new double[a.rows()];
        for (int i = 0; i < column.length; i++) {
            column[i] = a.get(i, j);
        }
        return column;
    }

    /** Products against sums written out, in every orientation. */
    @ParameterizedTest
    @CsvSource({"0, 0, 0", "1, 1, 1", "3, 5, 2", "8, 16, 8", "17, 9, 33", "70, 45, 50", "5, 400, 3"})
    void products(int m, int inner, int n) {
        Matrix a = random(m, inner, 1);
        Matrix b = random(inner, n, 2);
        Matrix product = a.multiply(b);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int k = 0; k < inner; k++) {
                    sum = Math.fma(a.get(i, k), b.get(k, j), sum);
                }
                assertEquals(sum, product.get(i, j));
            }
        }
        assertArrayEquals(product.data(), transposed(a).transposedMultiply(b).data());
        for (int j = 0; j < n; j++) {
            assertArrayEquals(column(product, j), a.multiply(column(b, j)), 1e-12);
            assertArrayEquals(column(product, j), transposed(a).transposedMultiply(column(b, j)), 1e-12);
        }
    }

    @Test
    void symmetricTimesThin() {
        for (int n : new int[] {1, 10, 64, 65, 150}) {
            SymmetricMatrix h = SymmetricMatrixTest.random(n, SymmetricMatrix.of(n).tile(), n);
            Matrix v = random(n, 5, 3);
            Matrix product = h.multiply(v);
            for (int j = 0; j < 5; j++) {
                assertArrayEquals(h.multiply(column(v, j)), column(product, j), 1e-12 * n);
            }
        }
    }

    @Test
    void badShapes() {
        Matrix a = Matrix.of(2, 3);
        double[] three = new double[3];
        assertThrows(IllegalArgumentException.class, () -> a.multiply(new double[2]));
        assertThrows(IllegalArgumentException.class, () -> a.transposedMultiply(three));
        assertThrows(IllegalArgumentException.class, () -> a.multiply(Matrix.of(2, 3)));
        assertThrows(IllegalArgumentException.class, () -> a.transposedMultiply(Matrix.of(3, 2)));
        assertThrows(IllegalArgumentException.class, () -> Matrix.of(3, 3).multiply(three, three));
        assertThrows(IllegalArgumentException.class, () -> Matrix.of(50_000, 50_000));
    }
}
