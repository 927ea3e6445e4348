package hesse.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hesse.Allocation;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Dense products and their scalar twins give the same bits, see {@link Twins}, with one thread and several, cold and
 * hot.
 */
class ProductTwinsTest {
    @BeforeAll
    static void vectors() {
        Twins.requireTheWidthThatWasAskedFor();
    }

    @Test
    void gram() {
        for (int n : Twins.SIZES) {
            int tile = Tiles.size(n);
            for (int rows : new int[] {0, 1, 5, 383, 384, 385, 800}) {
                double[] a = Twins.numbers(rows * n + 3, n);
                double[] b = Twins.numbers(rows * n + 3, n + 1);
                double[] w = Twins.numbers(rows + 2, rows);
                for (double[] weights : new double[][] {w, null}) {
                    double[] expected = Twins.matrix(n, tile, 1);
                    double[] actual = expected.clone();
                    GramScalar.lower(a, 3, b, 2, rows, n, weights, 2, expected, 0, tile);
                    Tiles.finish(expected, n, tile);
                    GramLanes.lower(a, 3, b, 2, rows, n, weights, 2, actual, 0, tile, false);
                    Tiles.finish(actual, n, tile);
                    assertArrayEquals(expected, actual, "n " + n + ", rows " + rows);
                    double[] parts = Twins.matrix(n, tile, 1);
                    GramLanes.lower(a, 3, b, 2, rows, n, weights, 2, parts, 0, tile, true);
                    Tiles.finish(parts, n, tile);
                    assertArrayEquals(expected, parts, "in parts, n " + n + ", rows " + rows);
                }
            }
        }
    }

    @Test
    void gramOfNumbersThatAreNotFiniteKeepsPaddingZero() {
        for (int n : new int[] {3, 9, 50, 100}) {
            int tile = Tiles.size(n);
            double[] x = Twins.numbers(7 * n, 1);
            x[n + 1] = Double.POSITIVE_INFINITY;
            x[3 * n] = Double.NaN;
            double[] expected = new double[Twins.length(n, tile)];
            double[] actual = expected.clone();
            GramScalar.lower(x, 0, x, 0, 7, n, null, 0, expected, 0, tile);
            Tiles.finish(expected, n, tile);
            GramLanes.lower(x, 0, x, 0, 7, n, null, 0, actual, 0, tile, false);
            Tiles.finish(actual, n, tile);
            assertArrayEquals(expected, actual);
            double[] cleared = actual.clone();
            Tiles.clearPadding(cleared, n, tile);
            assertArrayEquals(cleared, actual);
        }
    }

    @Test
    void symv() {
        for (int n : Twins.SIZES) {
            int tile = Tiles.size(n);
            double[] h = Twins.matrix(n, tile, 0);
            double[] v = Twins.numbers(n, 5);
            double[] expected = new double[n + 2];
            double[] actual = new double[n + 2];
            expected[n + 1] = actual[n + 1] = 77;
            SymvScalar.symv(h, n, tile, v, expected);
            SymvLanes.symv(h, n, tile, v, actual);
            assertArrayEquals(expected, actual, "n " + n);
        }
    }

    @Test
    void gemm() {
        for (int m : new int[] {1, 5, 12, 13, 50, 500}) {
            for (int n : new int[] {1, 7, 16, 17, 40}) {
                for (int inner : new int[] {0, 1, 9, 200, 400}) {
                    double[] a = Twins.numbers(m * (inner + 1), m);
                    double[] b = Twins.numbers((inner + 1) * (n + 2), n);
                    double[] expected = Twins.numbers(m * (n + 3), 3);
                    double[] actual = expected.clone();
                    GemmScalar.multiply(a, 0, inner + 1, 1, b, 1, n + 2, 1, expected, 2, n + 3, m, n, inner);
                    GemmLanes.multiply(a, 0, inner + 1, 1, b, 1, n + 2, 1, actual, 2, n + 3, m, n, inner);
                    assertArrayEquals(expected, actual, m + " x " + n + " x " + inner);
                    GemmScalar.multiply(a, 0, 1, m, b, 1, n + 2, 1, expected, 2, n + 3, m, n, inner);
                    GemmLanes.multiply(a, 0, 1, m, b, 1, n + 2, 1, actual, 2, n + 3, m, n, inner);
                    assertArrayEquals(expected, actual, "A'B, " + m + " x " + n + " x " + inner);
                    GemmScalar.multiply(a, 0, 1, m, b, 1, 1, inner + 1, expected, 2, n + 3, m, n, inner);
                    GemmLanes.multiply(a, 0, 1, m, b, 1, 1, inner + 1, actual, 2, n + 3, m, n, inner);
                    assertArrayEquals(expected, actual, "A'B', " + m + " x " + n + " x " + inner);
                }
            }
        }
    }

    @Test
    void gemv() {
        for (int rows : new int[] {0, 1, 3, 4, 5, 17}) {
            for (int columns : Twins.SIZES) {
                int lda = columns + 3;
                double[] a = Twins.numbers(rows * lda + 1, columns);
                double[] x = Twins.numbers(columns + 2, 1);
                double[] u = Twins.numbers(rows + 1, 2);
                double[] expected = Twins.numbers(rows + 2, 3);
                double[] actual = expected.clone();
                GemvScalar.multiply(a, 1, lda, rows, columns, x, 2, expected, 1);
                GemvLanes.multiply(a, 1, lda, rows, columns, x, 2, actual, 1);
                assertArrayEquals(expected, actual, "A x, " + rows + " x " + columns);
                expected = Twins.numbers(columns + 2, 4);
                actual = expected.clone();
                GemvScalar.addTransposed(a, 1, lda, rows, columns, u, 1, expected, 1);
                GemvLanes.addTransposed(a, 1, lda, rows, columns, u, 1, actual, 1);
                assertArrayEquals(expected, actual, "A'u, " + rows + " x " + columns);
                expected = a.clone();
                actual = a.clone();
                GerScalar.add(expected, 1, lda, rows, columns, u, 1, x, 2);
                GerLanes.add(actual, 1, lda, rows, columns, u, 1, x, 2);
                assertArrayEquals(expected, actual, "A + u x', " + rows + " x " + columns);
            }
        }
    }

    /**
     * Rows of whole vectors that lie one after the other, as columns of data do; entries around them are of no account.
     */
    @Test
    void rowsByCacheLines() {
        for (int width = 8; width <= 168; width += 8) {
            for (int rows : new int[] {1, 2, 7, 8, 9, 31, 32, 33, 71}) {
                for (int from : new int[] {0, 3, 8, width}) {
                    for (int behind : new int[] {0, 5, 6}) {
                        double[] a = Twins.numbers(from + rows * width + behind, width);
                        Arrays.fill(a, 0, from, Double.NaN);
                        Arrays.fill(a, from + rows * width, a.length, Double.POSITIVE_INFINITY);
                        double[] u = Twins.numbers(rows + 1, 2);
                        double[] expected = Twins.numbers(width + 4, 4);
                        double[] actual = expected.clone();
                        String name = rows + " x " + width + " from " + from;
                        GemvScalar.addTransposed(a, from, width, rows, width, u, 1, expected, 2);
                        GemvLanes.addTransposed(a, from, width, rows, width, u, 1, actual, 2);
                        assertArrayEquals(expected, actual, "A'u, " + name);
                        double[] x = Twins.numbers(width + 3, 1);
                        int accumulators = width <= 16 ? 8 : 32;
                        expected = Twins.numbers(rows + 2, 3);
                        actual = expected.clone();
                        for (int r = 0; r < rows; r++) {
                            expected[1 + r] = innerProduct(a, from + r * width, x, 3, width, accumulators);
                        }
                        InnerProducts.rows(a, from, rows, width, x, 3, accumulators, actual, 1);
                        assertArrayEquals(expected, actual, "A x, " + name);
                    }
                }
            }
        }
    }

    private static double innerProduct(double[] a, int aOff, double[] x, int xOff, int count, int accumulators) {
        double[] sums = new double[accumulators];
        Arrays.fill(sums, -0.0);
        for (int i = 0; i < count; i++) {
            sums[i % accumulators] = Math.fma(a[aOff + i], x[xOff + i], sums[i % accumulators]);
        }
        for (int half = accumulators / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                sums[i] += sums[i + half];
            }
        }
        return sums[0];
    }

    /** Every shape around the squares of eight, and nothing written elsewhere. */
    @Test
    void transposes() {
        for (int rows = 1; rows <= 20; rows++) {
            for (int width = 1; width <= 20; width++) {
                for (int columns : new int[] {width, Math.max(1, width - 3)}) {
                    for (int stride : new int[] {rows, rows + 2}) {
                        double[] a = Twins.numbers(3 + rows * width, 7);
                        double[] expected = Twins.numbers(5 + columns * stride + 4, 8);
                        double[] d = expected.clone();
                        for (int r = 0; r < rows; r++) {
                            for (int c = 0; c < columns; c++) {
                                expected[5 + c * stride + r] = a[3 + r * width + c];
                            }
                        }
                        Transpose.columns(a, 3, rows, width, columns, d, 5, stride);
                        assertArrayEquals(expected, d,
                                rows + " x " + width + ", " + columns + " columns, stride " + stride);
                    }
                }
            }
        }
    }

    /** Compiled code gives the bits of interpreted code, and allocates nothing. */
    @ParameterizedTest
    @ValueSource(ints = {8, 40, 100})
    void hotAsCold(int n) {
        int tile = Tiles.size(n);
        double[] x = Twins.numbers(300 * n, 1);
        double[] h = new double[Twins.length(n, tile)];
        double[] v = Twins.numbers(n, 2);
        double[] y = new double[n];
        Runnable all = () -> {
            Arrays.fill(h, 0);
            GramLanes.lower(x, 0, x, 0, 300, n, null, 0, h, 0, tile, false);
            Tiles.finish(h, n, tile);
            SymvLanes.symv(h, n, tile, v, y);
        };
        all.run();
        double[] coldH = h.clone();
        double[] coldY = y.clone();
        long least = Allocation.least(500, all);
        assertArrayEquals(coldH, h);
        assertArrayEquals(coldY, y);
        assertEquals(0, least, "bytes allocated at n " + n);
    }

    /** As {@link #hotAsCold}, for rows in both orders of accumulators. */
    @ParameterizedTest
    @ValueSource(ints = {8, 16, 40, 64, 72, 96, 120})
    void innerProductsHotAsCold(int width) {
        int rows = 35;
        double[] a = Twins.numbers(rows * width, 3);
        double[] x = Twins.numbers(width, 4);
        double[] y = new double[rows];
        Runnable products = () -> InnerProducts.rows(a, 0, rows, width, x, 0, width <= 16 ? 8 : 32, y, 0);
        products.run();
        double[] cold = y.clone();
        assertEquals(0, Allocation.least(2_000, products), "bytes allocated at width " + width);
        assertArrayEquals(cold, y);
    }
}
