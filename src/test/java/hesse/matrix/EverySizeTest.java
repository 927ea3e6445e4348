package hesse.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Every factorisation, product and converter at every size from 0 to 200, in the tiles a matrix of that size has by
 * default, in tiles of 48 and in others. What came out is held against products written out here, in units of rounding:
 * no kernel is compared with itself. The build runs this class at every vector width and without the vector module.
 */
class EverySizeTest {
    private static final int LARGEST = 200;
    private static final double UNIT = 0x1p-53;
    private static final int[] OTHER_TILES = {8, 16, 24, 40, 64, 96, 144, 208};

    /** Calls a check with a random matrix of every size in each kind of tiles; what fails is named by size and tile. */
    private static void everySize(ObjIntConsumer<SymmetricMatrix> check) {
        for (int n = 0; n <= LARGEST; n++) {
            int usual = SymmetricMatrix.of(n).tile();
            for (int tile : IntStream.of(usual, 48, OTHER_TILES[n % OTHER_TILES.length]).distinct().toArray()) {
                SymmetricMatrix h = SymmetricMatrixTest.random(n, tile, n);
                named("n = " + n + ", tiles of " + tile, () -> check.accept(h, h.n()));
            }
        }
    }

    private static void named(String name, Runnable check) {
        try {
            check.run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(name + ": " + e, e);
        }
    }

    private static double[] numbers(int count, long seed) {
        return new Random(seed).doubles(count).map(x -> x - 0.5).toArray();
    }

    private static Matrix matrix(int rows, int columns, long seed) {
        Matrix matrix = Matrix.of(rows, columns);
        System.arraycopy(numbers(rows * columns, seed), 0, matrix.data(), 0, rows * columns);
        return matrix;
    }

    /** A B, written out. */
    private static double[][] product(double[][] a, double[][] b) {
        double[][] c = new double[a.length][b.length == 0 ? 0 : b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < b.length; k++) {
                for (int j = 0; j < c[i].length; j++) {
                    c[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return c;
    }

    private static double[][] transposed(double[][] a, int columns) {
        double[][] t = new double[columns][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < columns; j++) {
                t[j][i] = a[i][j];
            }
        }
        return t;
    }

    private static double[][] identity(int n) {
        double[][] one = new double[n][n];
        for (int i = 0; i < n; i++) {
            one[i][i] = 1;
        }
        return one;
    }

    private static double[] product(double[][] a, double[] x) {
        return Arrays.stream(a).mapToDouble(row -> dot(row, x)).toArray();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double largest(double[]... rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(0);
    }

    private static void assertClose(String what, double[][] expected, double[][] actual, double tolerance) {
        assertEquals(expected.length, actual.length, what);
        for (int i = 0; i < expected.length; i++) {
            assertArrayEquals(expected[i], actual[i], tolerance, what + ", row " + i);
        }
    }

    /** A positive definite matrix: the largest sum of a row is added to the diagonal. */
    private static SymmetricMatrix dominant(SymmetricMatrix h) {
        SymmetricMatrix definite = h.copy();
        definite.addDiagonal(Arrays.stream(h.toArray()).mapToDouble(row -> Arrays.stream(row).map(Math::abs).sum())
                .max().orElse(0));
        return definite;
    }

    @Test
    void eigenvaluesAndVectors() {
        everySize((h, n) -> {
            double[][] full = h.toArray();
            SymmetricEigen eigen = SymmetricEigen.of(h);
            double[] values = eigen.values();
            double[][] v = eigen.vectors().toArray();
            double[][] rows = transposed(v, n);
            double norm = largest(values);
            double[][] scaled = product(full, v);
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < n; k++) {
                    assertEquals(v[i][k] * values[k], scaled[i][k], (20 + n) * UNIT * norm,
                            "(H V - V diag(values)) at " + i + ", " + k);
                }
                assertTrue(i == 0 || values[i - 1] <= values[i], "ascending at " + i);
            }
            assertClose("V'V", identity(n), product(rows, v), (20 + n) * UNIT);
            assertArrayEquals(values, SymmetricEigen.values(h), (20 + n) * UNIT * norm, "values alone");
            double trace = 0;
            for (int i = 0; i < n; i++) {
                trace += full[i][i];
            }
            assertEquals(trace, Arrays.stream(values).sum(), (20 + n) * UNIT * norm * n, "trace");
        });
    }

    /** Rotations are plain loops, the same at every width. */
    @Test
    void eigenvaluesByRotations() {
        assumeTrue(System.getProperty("hesse.bits") == null);
        for (int n = 0; n <= LARGEST; n++) {
            SymmetricMatrix h = SymmetricMatrixTest.random(n, 48, n);
            double[] expected = SymmetricEigen.of(h).values();
            assertArrayEquals(expected, SymmetricEigen.jacobi(h).values(), (20 + n) * UNIT * largest(expected),
                    "n = " + n);
        }
    }

    @Test
    void lanczos() {
        for (int n = 1; n <= LARGEST; n++) {
            SymmetricMatrix h = SymmetricMatrixTest.random(n, SymmetricMatrix.of(n).tile(), n);
            double[] values = SymmetricEigen.values(h);
            int k = Math.min(n, 1 + n % 3);
            Lanczos lanczos = Lanczos.largest(n, k, h::multiply);
            assertArrayEquals(Arrays.copyOfRange(values, n - k, n), lanczos.values(), 1e-11 * largest(values),
                    "n = " + n);
            assertArrayEquals(Arrays.copyOf(values, k), Lanczos.smallest(n, k, h::multiply).values(),
                    1e-11 * largest(values), "n = " + n);
        }
    }

    @Test
    void cholesky() {
        everySize((random, n) -> {
            SymmetricMatrix h = dominant(random);
            double[][] full = h.toArray();
            double norm = largest(full);
            Cholesky cholesky = Cholesky.of(h);
            double[][] l = new double[n][n];
            double determinant = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    l[i][j] = cholesky.get(i, j);
                }
                determinant += 2 * Math.log(l[i][i]);
            }
            assertClose("L L'", full, product(l, transposed(l, n)), (4 + n) * UNIT * norm);
            assertEquals(determinant, cholesky.logDeterminant(), 1e-12 * Math.abs(determinant), "log det");
            double[] b = numbers(n, 5);
            double[] x = cholesky.solve(b);
            assertArrayEquals(b, product(full, x), (10 + n) * UNIT * norm * largest(x) * n, "H x = b");
            Matrix three = matrix(n, 3, 6);
            assertClose("H X = B", three.toArray(), product(full, cholesky.solve(three).toArray()),
                    (10 + n) * UNIT * n);
            assertClose("H inverse", identity(n), product(full, cholesky.inverse().toArray()), (10 + n) * UNIT * n);
            Cholesky shifted = Cholesky.ofShifted(random);
            SymmetricMatrix moved = random.copy();
            moved.addDiagonal(shifted.shift());
            double[] y = shifted.solve(b);
            double scale = largest(moved.toArray()) * largest(y) * n;
            assertArrayEquals(b, product(moved.toArray(), y), (10 + n) * UNIT * scale, "(H + shift I) x = b");
        });
    }

    @Test
    void ldl() {
        everySize((h, n) -> {
            check(h, n);
            SymmetricMatrix noDiagonal = h.copy();
            for (int i = 0; i < n && n > 1; i++) {
                noDiagonal.set(i, i, 0);
            }
            check(noDiagonal, n);
        });
    }

    private static void check(SymmetricMatrix h, int n) {
        Ldl ldl = Ldl.of(h);
        double[] values = SymmetricEigen.values(h);
        assertEquals(Arrays.stream(values).filter(value -> value < 0).count(), ldl.negative(), "negative eigenvalues");
        assertEquals(Arrays.stream(values).filter(value -> value > 0).count(), ldl.positive(), "positive eigenvalues");
        double[] b = numbers(n, 5);
        double[] x = ldl.solve(b);
        assertArrayEquals(b, product(h.toArray(), x), (10 + n) * UNIT * (largest(h.toArray()) * largest(x) * n + 1),
                "H x = b");
    }

    @Test
    void qr() {
        for (int n = 0; n <= LARGEST; n++) {
            for (int m : new int[] {n, n + 1, n + 8}) {
                int columns = n;
                named(m + " x " + n, () -> check(matrix(m, columns, 7 * m + columns)));
            }
            for (int columns : new int[] {1, 2, 7, 8, 9}) {
                int m = n;
                named(m + " x " + columns, () -> check(matrix(Math.max(m, columns), columns, m)));
            }
        }
    }

    /** R'R = A'A, and a residual orthogonal to the columns. */
    private static void check(Matrix a) {
        int m = a.rows();
        int n = a.columns();
        double[][] full = a.toArray();
        Qr qr = Qr.of(a);
        double[][] r = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                r[i][j] = qr.get(i, j);
            }
        }
        double[][] transposed = transposed(full, n);
        assertClose("R'R", product(transposed, full), product(transposed(r, n), r), (10 + m) * UNIT * m);
        double[] b = numbers(m, 9);
        double[] x = qr.solve(b);
        double[] fitted = product(full, x);
        Arrays.setAll(fitted, i -> fitted[i] - b[i]);
        assertArrayEquals(new double[n], product(transposed, fitted), (10 + m) * UNIT * m * (1 + largest(x) * n),
                "A'(A x - b)");
    }

    @Test
    void symmetricProducts() {
        everySize((h, n) -> {
            double[][] full = h.toArray();
            double tolerance = (2 + n) * UNIT * largest(full) * n;
            double[] v = numbers(n, 4);
            double[] expected = product(full, v);
            assertArrayEquals(expected, h.multiply(v), tolerance, "H v");
            assertEquals(dot(v, expected), h.quadraticForm(v), tolerance * n, "v'H v");
            for (int columns : new int[] {0, 1, 2, 9}) {
                Matrix thin = matrix(n, columns, columns);
                assertClose("H V", columns == 0 ? new double[n][0] : product(full, thin.toArray()),
                        h.multiply(thin).toArray(), tolerance);
            }
        });
    }

    @Test
    void gram() {
        everySize((h, n) -> {
            for (int rows : new int[] {0, 1, 3, n % 17}) {
                Matrix a = matrix(rows, n, 1);
                Matrix b = matrix(rows, n, 2);
                double[] w = numbers(rows, 3);
                double[][] weighted = a.toArray();
                for (int k = 0; k < rows; k++) {
                    for (int j = 0; j < n; j++) {
                        weighted[k][j] *= w[k];
                    }
                }
                SymmetricMatrix sum = h.copy();
                sum.addGram(a, w);
                assertClose("A'W A", plus(h.toArray(), product(transposed(weighted, n), a.toArray()), 1), sum.toArray(),
                        8 * (1 + rows) * UNIT);
                SymmetricMatrix both = h.copy();
                both.addGram(a, b, w);
                double[][] half = plus(h.toArray(), product(transposed(weighted, n), b.toArray()), 0.5);
                half = plus(half, product(transposed(b.toArray(), n), weighted), 0.5);
                assertClose("(A'W B + B'W A)/2", half, both.toArray(), 8 * (1 + rows) * UNIT);
            }
            double[] x = numbers(n, 4);
            double[] y = numbers(n, 5);
            SymmetricMatrix outer = h.copy();
            outer.addOuter(2, x);
            outer.addOuter(-1, x, y);
            double[][] expected = h.toArray();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    expected[i][j] += 2 * x[i] * x[j] - x[i] * y[j] - y[i] * x[j];
                }
            }
            assertClose("2 x x' - x y' - y x'", expected, outer.toArray(), 40 * UNIT);
        });
    }

    private static double[][] plus(double[][] a, double[][] b, double scale) {
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[i].length; j++) {
                a[i][j] += scale * b[i][j];
            }
        }
        return a;
    }

    @Test
    void converters() {
        everySize((h, n) -> {
            double[] packed = h.toPacked();
            assertEquals(n * (n + 1) / 2, packed.length);
            double[][] full = h.toArray();
            for (int i = 0, k = 0; i < n; i++) {
                for (int j = 0; j <= i; j++, k++) {
                    assertEquals(h.get(i, j), packed[k]);
                    assertEquals(h.get(j, i), packed[k]);
                    assertEquals(packed[k], full[i][j]);
                    assertEquals(packed[k], full[j][i]);
                }
            }
            assertArrayEquals(packed, SymmetricMatrix.fromPacked(n, packed).toPacked());
            assertArrayEquals(packed, SymmetricMatrix.fromFull(full).toPacked());
            double[] shifted = new double[packed.length + 5];
            System.arraycopy(packed, 0, shifted, 3, packed.length);
            SymmetricMatrix other = SymmetricMatrix.of(n, h.tile());
            other.setPacked(shifted, 3, 2);
            other.addPacked(shifted, 3, -1);
            assertArrayEquals(h.data(), other.data(), "tiles, mirror and padding");
            assertClose("copies of rows", full, n == 0 ? full : Matrix.of(full).toArray(), 0);
        });
    }

    @Test
    void rectangularProducts() {
        for (int d = 0; d <= LARGEST; d++) {
            for (int[] shape : new int[][] {{d, 13, 7}, {13, d, 9}, {5, 3, d}, {d, d, 1}, {1, d, d}, {d, d / 2, d}}) {
                int m = shape[0];
                int inner = shape[1];
                int n = shape[2];
                named(Arrays.toString(shape), () -> products(matrix(m, inner, m), matrix(inner, n, n + 1)));
            }
        }
    }

    private static void products(Matrix a, Matrix b) {
        int m = a.rows();
        int inner = a.columns();
        int n = b.columns();
        double tolerance = (2 + inner) * UNIT * inner;
        double[][] left = a.toArray();
        double[][] right = b.toArray();
        double[][] expected = inner == 0 ? new double[m][n] : product(left, right);
        assertClose("A B", expected, a.multiply(b).toArray(), tolerance);
        Matrix flipped = inner == 0 ? Matrix.of(0, m) : m == 0 ? Matrix.of(inner, 0)
                : Matrix.of(transposed(left, inner));
        assertClose("(A')'B", expected, flipped.transposedMultiply(b).toArray(), tolerance);
        double[] x = numbers(inner, 3);
        double[] ax = product(left, x);
        assertArrayEquals(ax, a.multiply(x), tolerance, "A x");
        assertArrayEquals(ax, flipped.transposedMultiply(x), tolerance, "(A')'x");
    }
}
