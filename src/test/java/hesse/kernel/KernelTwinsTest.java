package hesse.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hesse.Allocation;
import hesse.kernel.factor.CholeskyLanes;
import hesse.kernel.factor.CholeskyScalar;
import hesse.kernel.factor.RotationLanes;
import hesse.kernel.factor.RotationScalar;
import hesse.kernel.factor.Tridiagonal;
import hesse.kernel.function.Elementary;
import hesse.kernel.function.Elementwise;
import hesse.kernel.function.ErrorFunction;
import hesse.kernel.function.Exponential;
import hesse.kernel.function.Gamma;
import hesse.kernel.function.InverseTrigonometric;
import hesse.kernel.function.Logarithm;
import hesse.kernel.function.Power;
import hesse.kernel.function.Trigonometric;
import hesse.kernel.machine.Vectors;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every SIMD kernel against its scalar twin, bit for bit, at the width of this JVM ({@code hesse.bits}; the build runs this
 * class once a width), with one thread and several, cold and hot. The scalar twins do not depend on the width, so widths agree.
 */
class KernelTwinsTest {
    private static final int[] SIZES = {1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63, 64, 65, 95, 96, 97, 103, 145, 200, 289};

    @BeforeAll
    static void theWidthThatWasAskedFor() {
        assumeTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(), "no vector module");
        Integer asked = Integer.getInteger("hesse.bits");
        assertTrue(asked == null || Vectors.BITS == asked || Vectors.BITS < asked, "runs at " + Vectors.BITS + " bits, asked " + asked);
        System.out.println(Vectors.REASON);
    }

    private static double[] numbers(int count, long seed) {
        Random random = new Random(seed);
        double[] x = new double[count];
        for (int i = 0; i < count; i++) {
            x[i] = random.nextGaussian() * Math.pow(2, random.nextInt(20) - 10);
        }
        return x;
    }

    private static int length(int n, int tile) {
        return Tiles.offset(Tiles.rows(n, tile), 0, tile);
    }

    /** A lower triangle with a diagonal that dominates by the factor, or not. */
    private static double[] matrix(int n, int tile, double diagonal) {
        Random random = new Random(n);
        double[] h = new double[length(n, tile)];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                h[Tiles.index(i, j, tile)] = random.nextGaussian() + (i == j ? diagonal : 0);
            }
        }
        Tiles.finish(h, n, tile);
        return h;
    }

    @Test
    void gram() {
        for (int n : SIZES) {
            int tile = Tiles.size(n);
            for (int rows : new int[] {0, 1, 5, 383, 384, 385, 800}) {
                double[] a = numbers(rows * n + 3, n);
                double[] b = numbers(rows * n + 3, n + 1);
                double[] w = numbers(rows + 2, rows);
                for (double[] weights : new double[][] {w, null}) {
                    double[] expected = matrix(n, tile, 1);
                    double[] actual = expected.clone();
                    GramScalar.lower(a, 3, b, 2, rows, n, weights, 2, expected, 0, tile);
                    Tiles.finish(expected, n, tile);
                    GramLanes.lower(a, 3, b, 2, rows, n, weights, 2, actual, 0, tile, false);
                    Tiles.finish(actual, n, tile);
                    assertArrayEquals(expected, actual, "n " + n + ", rows " + rows);
                    double[] parts = matrix(n, tile, 1);
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
            double[] x = numbers(7 * n, 1);
            x[n + 1] = Double.POSITIVE_INFINITY;
            x[3 * n] = Double.NaN;
            double[] expected = new double[length(n, tile)];
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
        for (int n : SIZES) {
            int tile = Tiles.size(n);
            double[] h = matrix(n, tile, 0);
            double[] v = numbers(n, 5);
            double[] expected = new double[n + 2];
            double[] actual = new double[n + 2];
            expected[n + 1] = actual[n + 1] = 77;
            SymvScalar.symv(h, n, tile, v, expected);
            SymvLanes.symv(h, n, tile, v, actual);
            assertArrayEquals(expected, actual, "n " + n);
        }
    }

    @Test
    void cholesky() {
        for (int n : SIZES) {
            int tile = Tiles.size(n);
            for (double diagonal : new double[] {3.0 * Math.sqrt(n) + 3, 0.5}) {
                double[] expected = matrix(n, tile, diagonal);
                double[] actual = expected.clone();
                double[] parts = expected.clone();
                int pivot = CholeskyScalar.factor(expected, n, tile);
                assertEquals(pivot, CholeskyLanes.factor(actual, n, tile, false), "pivot, n " + n);
                assertEquals(pivot, CholeskyLanes.factor(parts, n, tile, true), "pivot, n " + n);
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j <= i && (pivot < 0 || j < pivot / tile * tile); j++) {
                        int index = CholeskyScalar.index(i, j, tile);
                        assertEquals(expected[index], actual[index], "n " + n + " (" + i + ", " + j + ")");
                        assertEquals(expected[index], parts[index], "n " + n + " (" + i + ", " + j + ")");
                    }
                }
            }
        }
    }

    @Test
    void gemm() {
        for (int m : new int[] {1, 5, 12, 13, 50, 500}) {
            for (int n : new int[] {1, 7, 16, 17, 40}) {
                for (int inner : new int[] {0, 1, 9, 200, 400}) {
                    double[] a = numbers(m * (inner + 1), m);
                    double[] b = numbers((inner + 1) * (n + 2), n);
                    double[] expected = numbers(m * (n + 3), 3);
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
            for (int columns : SIZES) {
                int lda = columns + 3;
                double[] a = numbers(rows * lda + 1, columns);
                double[] x = numbers(columns + 2, 1);
                double[] u = numbers(rows + 1, 2);
                double[] expected = numbers(rows + 2, 3);
                double[] actual = expected.clone();
                GemvScalar.multiply(a, 1, lda, rows, columns, x, 2, expected, 1);
                GemvLanes.multiply(a, 1, lda, rows, columns, x, 2, actual, 1);
                assertArrayEquals(expected, actual, "A x, " + rows + " x " + columns);
                expected = numbers(columns + 2, 4);
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

    /** Rows of whole vectors that lie one after the other, as columns of data do; entries around them are of no account. */
    @Test
    void rowsByCacheLines() {
        for (int width = 8; width <= 168; width += 8) {
            for (int rows : new int[] {1, 2, 7, 8, 9, 31, 32, 33, 71}) {
                for (int from : new int[] {0, 3, 8, width}) {
                    for (int behind : new int[] {0, 5, 6}) {
                        double[] a = numbers(from + rows * width + behind, width);
                        Arrays.fill(a, 0, from, Double.NaN);
                        Arrays.fill(a, from + rows * width, a.length, Double.POSITIVE_INFINITY);
                        double[] u = numbers(rows + 1, 2);
                        double[] expected = numbers(width + 4, 4);
                        double[] actual = expected.clone();
                        String name = rows + " x " + width + " from " + from;
                        GemvScalar.addTransposed(a, from, width, rows, width, u, 1, expected, 2);
                        GemvLanes.addTransposed(a, from, width, rows, width, u, 1, actual, 2);
                        assertArrayEquals(expected, actual, "A'u, " + name);
                        double[] x = numbers(width + 3, 1);
                        int accumulators = width <= 16 ? 8 : 32;
                        expected = numbers(rows + 2, 3);
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

    @Test
    void rotations() {
        for (int count : new int[] {2, 3, 10, 40}) {
            int length = Tridiagonal.rowLength(count);
            double[] rows = numbers(count * length, 4);
            double[] rotated = rows.clone();
            double[] c = numbers(count, 5);
            double[] s = numbers(count, 6);
            RotationScalar.sweep(rows, length, 1, count - 1, c, s);
            RotationLanes.sweep(rotated, length, 1, count - 1, c, s);
            assertArrayEquals(rows, rotated, "rotate " + count);
        }
    }

    /** Every shape around the squares of eight, and nothing written elsewhere. */
    @Test
    void transposes() {
        for (int rows = 1; rows <= 20; rows++) {
            for (int width = 1; width <= 20; width++) {
                for (int columns : new int[] {width, Math.max(1, width - 3)}) {
                    for (int stride : new int[] {rows, rows + 2}) {
                        double[] a = numbers(3 + rows * width, 7);
                        double[] expected = numbers(5 + columns * stride + 4, 8);
                        double[] d = expected.clone();
                        for (int r = 0; r < rows; r++) {
                            for (int c = 0; c < columns; c++) {
                                expected[5 + c * stride + r] = a[3 + r * width + c];
                            }
                        }
                        Transpose.columns(a, 3, rows, width, columns, d, 5, stride);
                        assertArrayEquals(expected, d, rows + " x " + width + ", " + columns + " columns, stride " + stride);
                    }
                }
            }
        }
    }

    private interface OverArrays {
        void fill(double[] x, int xOff, double[] y, int yOff, int n);
    }

    private static final Map<OverArrays, DoubleUnaryOperator> ELEMENTARY = Map.ofEntries(
            Map.entry(Elementwise::exp, Exponential::exp), Map.entry(Elementwise::expm1, Exponential::expm1),
            Map.entry(Elementwise::tanh, Exponential::tanh), Map.entry(Elementwise::log, Logarithm::log),
            Map.entry(Elementwise::log1p, Logarithm::log1p), Map.entry(Elementwise::sin, Trigonometric::sin),
            Map.entry(Elementwise::cos, Trigonometric::cos), Map.entry(Elementwise::tan, Trigonometric::tan),
            Map.entry(Elementwise::asin, InverseTrigonometric::asin), Map.entry(Elementwise::acos, InverseTrigonometric::acos),
            Map.entry((x, xOff, y, yOff, n) -> ofExponential(Elementwise::erf, Elementwise::gaussian, x, xOff, y, yOff, n),
                    x -> ErrorFunction.erf(x, Elementary.gaussian(x))),
            Map.entry((x, xOff, y, yOff, n) -> ofExponential(Elementwise::erfc, Elementwise::gaussian, x, xOff, y, yOff, n),
                    x -> ErrorFunction.erfc(x, Elementary.gaussian(x))),
            Map.entry((x, xOff, y, yOff, n) -> ofExponential(Elementwise::normalCdf, Elementwise::halfGaussian, x, xOff, y, yOff, n),
                    x -> ErrorFunction.normalCdf(x, Elementary.halfGaussian(x))),
            Map.entry((x, xOff, y, yOff, n) -> ofExponential(Elementwise::softplus, KernelTwinsTest::expMinusAbs, x, xOff, y, yOff, n),
                    x -> Elementary.softplus(x, Elementary.expMinusAbs(x))),
            Map.entry((x, xOff, y, yOff, n) -> ofExponential(KernelTwinsTest::sigmoid, KernelTwinsTest::expMinusAbs, x, xOff, y, yOff, n),
                    x -> Elementary.sigmoid(x, Elementary.expMinusAbs(x))),
            Map.entry(Elementwise::gaussian, Elementary::gaussian),
            Map.entry(Elementwise::halfGaussian, Elementary::halfGaussian), Map.entry(Elementwise::atan, InverseTrigonometric::atan), Map.entry(Elementwise::cbrt, Power::cbrt),
            Map.entry(Elementwise::exp2, Exponential::exp2), Map.entry(Elementwise::log2, Logarithm::log2), Map.entry(Elementwise::log10, Logarithm::log10),
            Map.entry(Elementwise::sinh, Exponential::sinh), Map.entry(Elementwise::cosh, Exponential::cosh),
            Map.entry(Elementwise::asinh, Elementary::asinh), Map.entry(Elementwise::acosh, Elementary::acosh), Map.entry(Elementwise::atanh, Elementary::atanh),
            Map.entry(Elementwise::lgamma, Gamma::lgamma), Map.entry((x, xOff, y, yOff, n) -> Elementwise.polygamma(0, x, xOff, y, yOff, n), x -> Gamma.polygamma(0, x)),
            Map.entry((x, xOff, y, yOff, n) -> Elementwise.polygamma(1, x, xOff, y, yOff, n), x -> Gamma.polygamma(1, x)),
            Map.entry((x, xOff, y, yOff, n) -> Elementwise.polygamma(2, x, xOff, y, yOff, n), x -> Gamma.polygamma(2, x)));

    private interface OverTwoArrays {
        void fill(double[] x, int xOff, double[] e, int eOff, double[] y, int yOff, int n);
    }

    private static final double[] EXPONENTIALS = new double[5000];

    private static void ofExponential(OverTwoArrays function, OverArrays exponential, double[] x, int xOff, double[] y, int yOff, int n) {
        exponential.fill(x, xOff, EXPONENTIALS, 1, n);
        function.fill(x, xOff, EXPONENTIALS, 1, y, yOff, n);
    }

    private static final double[] BLOCKS = new double[4 * 4096];

    private static void expMinusAbs(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            BLOCKS[i] = -Math.abs(x[xOff + i]);
        }
        Elementwise.exp(BLOCKS, 0, y, yOff, n);
    }

    /** What {@link Arithmetic} has for blocks of one array. */
    private static void sigmoid(double[] x, int xOff, double[] e, int eOff, double[] y, int yOff, int n) {
        System.arraycopy(x, xOff, BLOCKS, 0, n);
        System.arraycopy(e, eOff, BLOCKS, 4096, n);
        Arithmetic.sigmoid(BLOCKS, 2 * 4096, 0, 4096, (n + 7) / 8 * 8);
        System.arraycopy(BLOCKS, 2 * 4096, y, yOff, n);
    }

    /** Arguments of every size and sign, with the special ones and the bounds of usual ranges among them. */
    @Test
    void elementaryFunctions() {
        double[] special = {0.0, -0.0, 1, -1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 4.9e-324, -4.9e-324, 0x1p-1022,
            Double.MAX_VALUE, 708, -708, Math.nextUp(708), -745.5, 709.9, 22, 0.5, -0.5, 0x1p30, Math.nextUp(0x1p30), 0x1p1000, 0.4375, 2.4375};
        Random random = new Random(5);
        double[] x = new double[4000];
        for (int i = 0; i < x.length; i++) {
            x[i] = switch (i % 4) {
                case 0 -> random.nextGaussian();
                case 1 -> 2 * random.nextDouble() - 1;
                case 2 -> random.nextGaussian() * Math.pow(2, random.nextInt(i < 2000 ? 40 : 2000) - (i < 2000 ? 20 : 1000));
                default -> i % 100 == 3 ? special[i / 100 % special.length] : 20 * random.nextGaussian();
            };
        }
        ELEMENTARY.forEach((arrays, function) -> {
            double[] expected = Arrays.stream(x).map(function).toArray();
            for (int n : new int[] {0, 1, 7, 8, 9, 100, x.length - 3}) {
                double[] actual = new double[n + 5];
                arrays.fill(x, 3, actual, 2, n);
                double[] wanted = new double[n + 5];
                System.arraycopy(expected, 3, wanted, 2, n);
                assertArrayEquals(wanted, actual);
            }
        });
    }

    @Test
    void functionsOfTwo() {
        double[] special = {0.0, -0.0, 1, -1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 4.9e-324, -3, 2, 0.5, Double.MAX_VALUE, 1e300};
        Random random = new Random(5);
        double[] x = random.doubles(1000).map(v -> v * Math.pow(2, random.nextInt(40) - 20)).toArray();
        double[] y = random.doubles(1000, -20, 20).toArray();
        for (int round = 0; round < 2; round++) {
            double[] actual = new double[1000];
            Elementwise.pow(x, 0, y, 0, actual, 0, 1000);
            for (int i = 0; i < 1000; i++) {
                assertEquals(Power.pow(x[i], y[i]), actual[i], x[i] + "^" + y[i]);
            }
            Elementwise.atan2(x, 0, y, 0, actual, 0, 1000);
            for (int i = 0; i < 1000; i++) {
                assertEquals(InverseTrigonometric.atan2(x[i], y[i]), actual[i], x[i] + " over " + y[i]);
            }
            Elementwise.hypot(x, 0, y, 0, actual, 0, 1000);
            for (int i = 0; i < 1000; i++) {
                assertEquals(Power.hypot(x[i], y[i]), actual[i], x[i] + ", " + y[i]);
            }
            Elementwise.directionCosine(x, 0, y, 0, actual, 0, 1000);
            for (int i = 0; i < 1000; i++) {
                assertEquals(Power.directionCosine(x[i], y[i]), actual[i], x[i] + ", " + y[i]);
            }
            blocks(Arithmetic::strongProduct, Elementary::strongProduct, x, y);
            for (double t : new double[] {0, -0.0, 1, Double.NaN, Double.POSITIVE_INFINITY}) {
                Arrays.fill(BLOCKS, 3 * 4096, 4 * 4096, t);
                blocks((d, to, a, b, n) -> Arithmetic.unlessInfinite(d, to, a, 3 * 4096, b, n),
                        (a, b) -> Elementary.unlessInfinite(a, t, b), x, y);
            }
            blocks(Arithmetic::within, Elementary::within, x, y);
            for (int k : new int[] {-40, -3, -2, 3, 17}) {
                int power = k;
                blocks((d, to, a, b, n) -> Arithmetic.power(d, to, a, power, n), (a, b) -> Elementary.power(a, power), x, y);
            }
            for (int i = 0; i < special.length * special.length; i++) {
                x[3 * i] = special[i / special.length];
                y[3 * i] = special[i % special.length];
            }
        }
        double[] z = new double[512];
        double[] base = random.doubles(512, 0.1, 3).toArray();
        for (int k = 0; k < 3000; k++) {
            Elementwise.pow(base, 0, y, 1, z, 0, 512);
        }
        for (int i = 0; i < 512; i++) {
            assertEquals(Power.pow(base[i], y[i + 1]), z[i]);
        }
    }

    /** An operation of {@link Arithmetic} on two blocks of one array. */
    private interface OfBlocks {
        void fill(double[] d, int to, int a, int b, int n);
    }

    private static void blocks(OfBlocks lanes, DoubleBinaryOperator scalar, double[] x, double[] y) {
        System.arraycopy(x, 0, BLOCKS, 0, x.length);
        System.arraycopy(y, 0, BLOCKS, 4096, y.length);
        lanes.fill(BLOCKS, 2 * 4096, 0, 4096, x.length / 8 * 8);
        for (int i = 0; i < x.length / 8 * 8; i++) {
            assertEquals(scalar.applyAsDouble(x[i], y[i]), BLOCKS[2 * 4096 + i], x[i] + ", " + y[i]);
        }
    }

    /** Hot, each over usual arguments: the same bits as before, and nothing allocated. */
    @Test
    void elementaryFunctionsHot() {
        double[] x = new Random(6).doubles(512, -0.9, 0.9).toArray();
        double[] y = new double[x.length];
        ELEMENTARY.forEach((arrays, function) -> {
            DoubleUnaryOperator f = function;
            assertEquals(0, Allocation.least(500, () -> arrays.fill(x, 0, y, 0, x.length)));
            assertArrayEquals(Arrays.stream(x).map(f).toArray(), y);
        });
    }

    /** Compiled code gives the bits of interpreted code, and allocates nothing. */
    @ParameterizedTest
    @ValueSource(ints = {8, 40, 100})
    void hotAsCold(int n) {
        int tile = Tiles.size(n);
        double[] x = numbers(300 * n, 1);
        double[] h = new double[length(n, tile)];
        double[] v = numbers(n, 2);
        double[] y = new double[n];
        double[] work = new double[h.length];
        Runnable all = () -> {
            Arrays.fill(h, 0);
            GramLanes.lower(x, 0, x, 0, 300, n, null, 0, h, 0, tile, false);
                    Tiles.finish(h, n, tile);
            SymvLanes.symv(h, n, tile, v, y);
            System.arraycopy(h, 0, work, 0, h.length);
            CholeskyLanes.factor(work, n, tile, false);
        };
        all.run();
        double[] coldH = h.clone();
        double[] coldY = y.clone();
        double[] coldL = work.clone();
        long least = Allocation.least(500, all);
        assertArrayEquals(coldH, h);
        assertArrayEquals(coldY, y);
        assertArrayEquals(coldL, work);
        assertEquals(0, least, "bytes allocated at n " + n);
    }
}
