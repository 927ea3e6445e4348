package hesse.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Qr.of(Matrix.of(2, 3))).getMessage().contains("2 x 3"));
        Qr deficient = Qr.of(Matrix.of(new double[][] {{1, 0}, {0, 0}, {0, 0}}));
        assertTrue(assertThrows(ArithmeticException.class, () -> deficient.solve(new double[3])).getMessage().contains("column 1 of 2"));
        assertThrows(IllegalArgumentException.class, () -> deficient.solve(new double[2]));
    }
}
