package hesse.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanczosTest {
    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "10,3", "40,5", "200,4"})
    void endsOfTheSpectrum(int n, int k) {
        SymmetricMatrix h = SymmetricMatrixTest.random(n, 8, n);
        double[] all = SymmetricEigen.jacobi(h).values();
        double scale = Math.max(Math.abs(all[0]), Math.abs(all[n - 1]));
        Lanczos high = Lanczos.largest(n, k, h::multiply);
        Lanczos low = Lanczos.smallest(n, k, h::multiply);
        assertArrayEquals(Arrays.copyOfRange(all, n - k, n), high.values(), 1e-11 * scale);
        assertArrayEquals(Arrays.copyOf(all, k), low.values(), 1e-11 * scale);
        for (int c = 0; c < k; c++) {
            double[] x = new double[n];
            for (int i = 0; i < n; i++) {
                x[i] = high.vectors().get(i, c);
            }
            double[] hx = h.multiply(x);
            for (int i = 0; i < n; i++) {
                assertEquals(high.values()[c] * x[i], hx[i], 1e-10 * scale);
            }
        }
        assertArrayEquals(high.values(), Lanczos.largest(n, k, h::multiply).values());
    }

    @Test
    void repeatedEigenvaluesAndFewProducts() {
        Lanczos one = Lanczos.largest(50, 3, (v, result) -> System.arraycopy(v, 0, result, 0, 50));
        assertArrayEquals(new double[] {1, 1, 1}, one.values(), 1e-12);
        Lanczos graded = Lanczos.largest(20_000, 2, (v, result) -> {
            for (int i = 0; i < v.length; i++) {
                result[i] = v[i] * (i < 10 ? 100 + i : i / 20_000.0);
            }
        });
        assertArrayEquals(new double[] {108, 109}, graded.values(), 1e-8);
        assertTrue(graded.products() < 100, graded.products() + " products");
        assertThrows(IllegalArgumentException.class, () -> Lanczos.largest(3, 4, (v, result) -> { }));
    }
}
