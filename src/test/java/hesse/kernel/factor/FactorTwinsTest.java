package hesse.kernel.factor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hesse.Allocation;
import hesse.kernel.Tiles;
import hesse.kernel.Twins;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Factorisations and rotations and their scalar twins give the same bits, see {@link Twins}. */
class FactorTwinsTest {
    @BeforeAll
    static void vectors() {
        Twins.requireTheWidthThatWasAskedFor();
    }

    @Test
    void cholesky() {
        for (int n : Twins.SIZES) {
            int tile = Tiles.size(n);
            for (double diagonal : new double[] {3.0 * Math.sqrt(n) + 3, 0.5}) {
                double[] expected = Twins.matrix(n, tile, diagonal);
                double[] actual = expected.clone();
                double[] parts = expected.clone();
                int pivot = CholeskyFactorScalar.factor(expected, n, tile);
                assertEquals(pivot, CholeskyFactorLanes.factor(actual, n, tile, false), "pivot, n " + n);
                assertEquals(pivot, CholeskyFactorLanes.factor(parts, n, tile, true), "pivot, n " + n);
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j <= i && (pivot < 0 || j < pivot / tile * tile); j++) {
                        int index = CholeskyFactorScalar.index(i, j, tile);
                        assertEquals(expected[index], actual[index], "n " + n + " (" + i + ", " + j + ")");
                        assertEquals(expected[index], parts[index], "n " + n + " (" + i + ", " + j + ")");
                    }
                }
            }
        }
    }

    @Test
    void rotations() {
        for (int count : new int[] {2, 3, 10, 40}) {
            int length = Tridiagonal.rowLength(count);
            double[] rows = Twins.numbers(count * length, 4);
            double[] rotated = rows.clone();
            double[] c = Twins.numbers(count, 5);
            double[] s = Twins.numbers(count, 6);
            RotationScalar.sweep(rows, length, 1, count - 1, c, s);
            RotationLanes.sweep(rotated, length, 1, count - 1, c, s);
            assertArrayEquals(rows, rotated, "rotate " + count);
        }
    }

    /** Compiled code gives the bits of interpreted code, and allocates nothing. */
    @ParameterizedTest
    @ValueSource(ints = {8, 40, 100, 300})
    void hotAsCold(int n) {
        int tile = Tiles.size(n);
        double[] h = Twins.matrix(n, tile, 3.0 * Math.sqrt(n) + 3);
        double[] work = new double[h.length];
        Runnable factor = () -> {
            System.arraycopy(h, 0, work, 0, h.length);
            CholeskyFactorLanes.factor(work, n, tile, false);
        };
        factor.run();
        double[] cold = work.clone();
        assertEquals(0, Allocation.least(n > 100 ? 20 : 500, factor), "bytes allocated at n " + n);
        assertArrayEquals(cold, work);
    }
}
