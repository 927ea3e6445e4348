package hesse.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyTest {
    private static SymmetricMatrix positiveDefinite(int n) {
        SymmetricMatrix h = SymmetricMatrix.of(n);
        h.addGram(new Random(n).doubles((n + 2L) * n).map(x -> x - 0.5).toArray(), 0, n + 2, null, 0);
        h.addDiagonal(0.1);
        return h;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 9, 17, 48, 64, 65, 100, 150, 300})
    void factorSolveInverse(int n) {
        SymmetricMatrix h = positiveDefinite(n);
        Cholesky cholesky = Cholesky.of(h);
        double norm = 0;
        double determinant = 0;
        for (int i = 0; i < n; i++) {
            norm = Math.max(norm, h.get(i, i));
            determinant += 2 * Math.log(cholesky.get(i, i));
        }
        for (int i = 0; i < n; i += Math.max(1, n / 17)) {
            for (int j = 0; j <= i; j += Math.max(1, n / 19)) {
                double sum = 0;
                for (int k = 0; k <= j; k++) {
                    sum = Math.fma(cholesky.get(i, k), cholesky.get(j, k), sum);
                }
                assertEquals(h.get(i, j), sum, 1e-15 * n * norm, "(" + i + ", " + j + ")");
                assertEquals(0, i == j ? 0 : cholesky.get(j, i));
            }
        }
        double[] x = new Random(1).doubles(n).toArray();
        double[] b = h.multiply(x);
        double[] residual = h.multiply(cholesky.solve(b));
        assertArrayEquals(b, residual, 1e-14 * n * norm);
        assertEquals(determinant, cholesky.logDeterminant(), 1e-9);
        Matrix two = Matrix.of(n, 2);
        for (int i = 0; i < n; i++) {
            two.set(i, 0, b[i]);
            two.set(i, 1, -b[i]);
        }
        Matrix solved = cholesky.solve(two);
        double[] alone = cholesky.solve(b);
        for (int i = 0; i < n; i++) {
            assertEquals(alone[i], solved.get(i, 0), 1e-14 * n * Math.max(1, Math.abs(alone[i])));
            assertEquals(-solved.get(i, 0), solved.get(i, 1));
        }
    }

    @Test
    void inverseTimesMatrixIsOne() {
        SymmetricMatrix h = positiveDefinite(70);
        double[][] inverse = Cholesky.of(h).inverse().toArray();
        for (int j = 0; j < 70; j += 9) {
            double[] column = h.multiply(inverse[j]);
            for (int i = 0; i < 70; i++) {
                assertEquals(i == j ? 1 : 0, column[i], 1e-11);
            }
        }
    }

    @Test
    void theErrorNamesThePivot() {
        SymmetricMatrix h = SymmetricMatrix.of(100);
        h.addDiagonal(1);
        h.set(60, 60, -2);
        NotPositiveDefinite e = assertThrows(NotPositiveDefinite.class, () -> Cholesky.of(h));
        assertEquals(60, e.pivot());
        assertEquals("not positive definite: pivot 60 of 100 is not positive", e.getMessage());
        h.set(60, 60, Double.NaN);
        assertEquals(60, assertThrows(NotPositiveDefinite.class, () -> Cholesky.of(h)).pivot());
        assertThrows(NotPositiveDefinite.class, () -> Cholesky.ofShifted(h));
    }

    @Test
    void shiftsMakeNewtonStepsDescend() {
        Cholesky plain = Cholesky.ofShifted(positiveDefinite(20));
        assertEquals(0, plain.shift());
        SymmetricMatrix saddle = SymmetricMatrix.fromPacked(2, new double[] {1, 3, 1});
        Cholesky shifted = Cholesky.ofShifted(saddle);
        assertTrue(shifted.shift() >= 2 && shifted.shift() < 10, "shift " + shifted.shift());
        double[] step = shifted.solve(new double[] {1, -1});
        assertTrue(step[0] - step[1] > 0, "a descent direction");
        assertTrue(Cholesky.ofShifted(SymmetricMatrix.of(3)).shift() > 0);
        assertEquals(0, saddle.get(0, 1) - 3);
    }

    @Test
    void badInput() {
        Cholesky cholesky = Cholesky.of(positiveDefinite(3));
        assertEquals("the right-hand side has 2 entries, must have 3",
                assertThrows(IllegalArgumentException.class, () -> cholesky.solve(new double[2])).getMessage());
        assertEquals("a matrix of 4 rows in tiles of 8, this factor is for 3 rows in tiles of 8",
                assertThrows(IllegalArgumentException.class, () -> cholesky.factor(positiveDefinite(4))).getMessage());
        assertThrows(IndexOutOfBoundsException.class, () -> cholesky.get(0, 3));
    }
}
