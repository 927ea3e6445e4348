package hesse.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LdlTest {
    /** Residual of a solve and inertia against the eigenvalues. */
    private static void check(SymmetricMatrix h) {
        int n = h.n();
        Ldl ldl = Ldl.of(h);
        double[] values = SymmetricEigen.jacobi(h).values();
        double norm = Math.max(Math.abs(values[0]), Math.abs(values[n - 1]));
        int negative = 0;
        for (double value : values) {
            negative += value < 0 ? 1 : 0;
        }
        assertEquals(negative, ldl.negative());
        assertEquals(n - negative, ldl.positive());
        assertEquals(0, ldl.zero());
        double[] b = new Random(3).doubles(n).map(v -> v - 0.5).toArray();
        double[] x = ldl.solve(b);
        double size = 1;
        for (double entry : x) {
            size = Math.max(size, Math.abs(entry));
        }
        double[] back = h.multiply(x);
        for (int i = 0; i < n; i++) {
            assertEquals(b[i], back[i], 1e-14 * n * norm * size);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 17, 40, 65, 120})
    void indefinite(int n) {
        check(SymmetricMatrixTest.random(n, 8, n));
        SymmetricMatrix noDiagonal = SymmetricMatrixTest.random(n, 8, n + 1);
        for (int i = 0; i < n && n > 1; i++) {
            noDiagonal.set(i, i, 0);
        }
        check(noDiagonal);
    }

    /** A saddle-point system, as constrained optimisation solves: zeros where the constraints meet. */
    @Test
    void saddlePoint() {
        int n = 30;
        int m = 10;
        SymmetricMatrix kkt = SymmetricMatrix.of(n + m);
        Random random = new Random(4);
        for (int i = 0; i < n; i++) {
            kkt.set(i, i, 1 + i);
            for (int j = 0; j < m; j++) {
                kkt.set(n + j, i, random.nextGaussian());
            }
        }
        Ldl ldl = Ldl.of(kkt);
        assertEquals(n, ldl.positive());
        assertEquals(m, ldl.negative());
        check(kkt);
    }

    @Test
    void singular() {
        Ldl ldl = Ldl.of(SymmetricMatrix.fromPacked(2, new double[] {1, 1, 1}));
        assertEquals(1, ldl.positive());
        assertEquals(1, ldl.zero());
        assertTrue(assertThrows(ArithmeticException.class, () -> ldl.solve(new double[2])).getMessage()
                .contains("pivot 1 of 2 is zero"));
        assertEquals(3, Ldl.of(SymmetricMatrix.of(3)).zero());
        assertThrows(IllegalArgumentException.class, () -> ldl.solve(new double[3]));
    }
}
