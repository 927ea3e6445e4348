package hesse.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.Allocation;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricMatrixTest {
    static SymmetricMatrix random(int n, int tile, long seed) {
        Random random = new Random(seed);
        SymmetricMatrix h = SymmetricMatrix.of(n, tile);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                h.set(i, j, random.nextGaussian());
            }
        }
        return h;
    }

    @Test
    void theWorkedExampleOfTheSpecification() {
        SymmetricMatrix h = SymmetricMatrix.of(20, 8);
        assertEquals(6 * 64, h.data().length);
        h.set(17, 9, 5);
        assertEquals(5, h.data()[265]);
        assertEquals(5, h.get(9, 17));
        h.set(17, 18, 7);
        assertEquals(7, h.data()[330]);
        assertEquals(7, h.data()[337]);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 103})
    void storage(int n) {
        for (int tile : new int[] {8, 16, 24, 32, 64}) {
            SymmetricMatrix h = random(n, tile, n);
            assertPaddingAndMirror(h);
            double[] packed = h.toPacked();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    assertEquals(packed[i * (i + 1) / 2 + j], h.get(i, j));
                    assertEquals(h.get(i, j), h.get(j, i));
                }
            }
            SymmetricMatrix again = SymmetricMatrix.fromPacked(n, packed);
            assertArrayEquals(packed, again.toPacked());
            assertArrayEquals(packed, SymmetricMatrix.fromFull(h.toArray()).toPacked());
            again.addPacked(packed, 0, -1);
            assertArrayEquals(new double[packed.length], again.toPacked());
            assertPaddingAndMirror(again);
            h.clear();
            assertArrayEquals(new double[h.data().length], h.data());
        }
    }

    /** Stored entries outside the matrix are zero, and diagonal tiles are symmetric. */
    private static void assertPaddingAndMirror(SymmetricMatrix h) {
        int t = h.tile();
        int rows = (h.n() + t - 1) / t;
        for (int tileRow = 0; tileRow < rows; tileRow++) {
            for (int tileColumn = 0; tileColumn <= tileRow; tileColumn++) {
                int offset = (tileRow * (tileRow + 1) / 2 + tileColumn) * t * t;
                for (int r = 0; r < t; r++) {
                    for (int c = 0; c < t; c++) {
                        boolean outside = tileRow * t + r >= h.n() || tileColumn * t + c >= h.n();
                        assertTrue(!outside || h.data()[offset + r * t + c] == 0, "padding");
                        assertTrue(tileRow != tileColumn
                                || h.data()[offset + r * t + c] == h.data()[offset + c * t + r], "mirror");
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 9, 33, 65})
    void products(int n) {
        SymmetricMatrix h = random(n, 16, 3);
        double[] v = new Random(4).doubles(n).toArray();
        double[] expected = Matrix.of(h.toArray()).multiply(v);
        assertArrayEquals(expected, h.multiply(v), 1e-14 * n);
        double form = 0;
        for (int i = 0; i < n; i++) {
            form += v[i] * expected[i];
        }
        assertEquals(form, h.quadraticForm(v), 1e-12 * n);
    }

    @Test
    void updates() {
        int n = 20;
        Matrix a = Matrix.of(7, n);
        Matrix b = Matrix.of(7, n);
        double[] w = new Random(2).doubles(7).toArray();
        for (int i = 0; i < 7 * n; i++) {
            a.data()[i] = Math.sin(i);
            b.data()[i] = Math.cos(3 * i);
        }
        SymmetricMatrix gram = SymmetricMatrix.of(n);
        gram.addGram(a, w);
        SymmetricMatrix two = SymmetricMatrix.of(n);
        two.addGram(a, b, w);
        SymmetricMatrix outer = SymmetricMatrix.of(n);
        SymmetricMatrix pairs = SymmetricMatrix.of(n);
        double[][] rowsA = a.toArray();
        double[][] rowsB = b.toArray();
        for (int k = 0; k < 7; k++) {
            outer.addOuter(w[k], rowsA[k]);
            pairs.addOuter(0.5 * w[k], rowsA[k], rowsB[k]);
        }
        assertArrayEquals(gram.toPacked(), outer.toPacked());
        assertArrayEquals(two.toPacked(), pairs.toPacked(), 1e-14);
        SymmetricMatrix sum = gram.copy();
        sum.add(-1, gram);
        assertArrayEquals(new double[n * (n + 1) / 2], sum.toPacked());
        sum.addDiagonal(2);
        assertEquals(2, sum.get(19, 19));
        assertPaddingAndMirror(gram);
        Matrix thin = Matrix.of(n, 2);
        for (int i = 0; i < n; i++) {
            thin.set(i, 0, i);
            thin.set(i, 1, 1);
        }
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        assertEquals(gram.multiply(ones)[5], gram.multiply(thin).get(5, 1));
        assertTrue(message(() -> gram.addGram(Matrix.of(2, 3), null)).contains("3 columns, must have 20"));
        assertTrue(message(() -> gram.addGram(a, new double[3])).contains("the weights has 3 entries"));
        assertTrue(message(() -> gram.add(1, SymmetricMatrix.of(3))).contains("does not add"));
    }

    @Test
    void sizes() {
        assertEquals(8, SymmetricMatrix.of(2).tile());
        assertEquals(24, SymmetricMatrix.of(17).tile());
        assertEquals(64, SymmetricMatrix.of(64).tile());
        assertEquals(48, SymmetricMatrix.of(1000).tile());
        assertEquals("2 x 2\n       1.00000       3.00000\n       3.00000       2.00000",
                SymmetricMatrix.fromPacked(2, new double[] {1, 3, 2}).toString());
    }

    @Test
    void badInput() {
        assertTrue(message(() -> SymmetricMatrix.of(70_000)).startsWith("a symmetric matrix of 70000 rows needs 24"));
        assertTrue(message(() -> SymmetricMatrix.of(-1)).contains("rows must be at least 0"));
        assertTrue(message(() -> SymmetricMatrix.of(4, 12)).contains("tiles a multiple of 8"));
        assertEquals("the packed triangle has 4 entries, must have 3",
                message(() -> SymmetricMatrix.fromPacked(2, new double[4])));
        assertEquals("row 1 has 1 entries, must have 2",
                message(() -> SymmetricMatrix.fromFull(new double[][] {{1, 2}, {2}})));
        SymmetricMatrix h = SymmetricMatrix.of(2);
        assertEquals("the vector has 3 entries, must have 2", message(() -> h.multiply(new double[3])));
        assertEquals("the vector has 1 entries, must have 2", message(() -> h.quadraticForm(new double[1])));
        for (int tile : new int[] {8, 48, 46_344, 1 << 30, Integer.MAX_VALUE - 7}) {
            assertTrue(message(() -> SymmetricMatrix.of(Integer.MAX_VALUE, tile))
                    .contains(" entries in tiles of " + tile + ", more than"));
        }
        assertTrue(message(() -> SymmetricMatrix.of(1, 46_344)).contains("needs 2147766336 entries"));
        assertTrue(message(() -> Lanczos.largest(Integer.MAX_VALUE, 2, (x, y) -> { })).contains("2147483647 x 2"));
        double[] v = new double[2];
        assertTrue(message(() -> h.multiply(v, v)).contains("must be two"));
        assertEquals("(0, 2) of a symmetric matrix of 2 rows",
                assertThrows(IndexOutOfBoundsException.class, () -> h.get(0, 2)).getMessage());
        assertEquals("(-1, 0) of a matrix of 2 x 3",
                assertThrows(IndexOutOfBoundsException.class, () -> Matrix.of(2, 3).get(-1, 0)).getMessage());
        assertTrue(message(() -> Matrix.of(100_000, 100_000)).contains("100000 x 100000"));
    }

    /** Nothing is written where an array is too short, or a part of it begins elsewhere. */
    @Test
    void shortArraysLeaveTheMatrixAsItIs() {
        SymmetricMatrix h = random(5, 8, 1);
        double[] before = h.data().clone();
        double[] packed = new double[14];
        assertEquals("the packed triangle has 14 entries, must have 15 from 0 on",
                message(() -> h.setPacked(packed, 0, 1)));
        assertEquals("the packed triangle has 14 entries, must have 15 from 2 on",
                message(() -> h.addPacked(packed, 2, 1)));
        assertEquals("the packed triangle has 15 entries, must have 15 from 1 on",
                message(() -> h.setPacked(new double[15], 1, 1)));
        assertEquals("the packed triangle has 40 entries, must have 15 from -1 on",
                message(() -> h.setPacked(new double[40], -1, 1)));
        assertTrue(message(() -> h.setPacked(new double[40], Integer.MAX_VALUE, 1)).contains("from 2147483647 on"));
        assertEquals("the array of rows has 9 entries, must have 10 from 0 on",
                message(() -> h.addGram(new double[9], 0, 2, null, 0)));
        assertEquals("the array of rows has 10 entries, must have 10 from 1 on",
                message(() -> h.addGram(new double[10], 1, 2, null, 0)));
        assertEquals("the array of weights has 2 entries, must have 2 from 1 on",
                message(() -> h.addGram(new double[10], 0, 2, new double[2], 1)));
        assertTrue(message(() -> h.addGram(new double[9], 0, -1, null, 0)).contains("-5 from 0 on"));
        assertTrue(message(() -> h.addGram(new double[9], 0, Integer.MAX_VALUE, null, 0))
                .contains("10737418235 from 0 on"));
        assertTrue(message(() -> h.addGram(Matrix.of(2, 5), new double[3])).contains("must have 2"));
        assertTrue(message(() -> h.addGram(Matrix.of(2, 5), Matrix.of(3, 5), null)).contains("must have 2"));
        assertTrue(message(() -> h.addGram(Matrix.of(2, 5), Matrix.of(2, 4), null)).contains("4 columns, must have 5"));
        assertTrue(message(() -> h.addOuter(1, new double[4])).contains("must have 5"));
        assertTrue(message(() -> h.addOuter(1, new double[5], new double[6])).contains("must have 5"));
        assertTrue(message(() -> h.add(1, SymmetricMatrix.of(5, 16))).contains("does not add"));
        double[] result = {1, 2, 3, 4};
        assertTrue(message(() -> h.multiply(new double[5], result)).contains("must have 5"));
        assertArrayEquals(new double[] {1, 2, 3, 4}, result);
        assertArrayEquals(before, h.data());
        Matrix column = Matrix.of(new double[][] {{1}, {2}});
        assertTrue(message(() -> column.multiply(new double[] {2}, column.data())).contains("must be two"));
        assertArrayEquals(new double[] {1, 2}, column.data());
        double[] b = {1, 2, 3};
        assertTrue(message(() -> Cholesky.of(SymmetricMatrix.fromPacked(2, new double[] {1, 0, 1})).solveInPlace(b))
                .contains("must have 2"));
        assertArrayEquals(new double[] {1, 2, 3}, b);
    }

    /** Calls in place allocate nothing once warm: blocks are never made. */
    @ParameterizedTest
    @ValueSource(ints = {5, 44, 60, 150})
    void nothingIsAllocated(int n) {
        SymmetricMatrix h = random(n, SymmetricMatrix.of(n).tile(), n);
        h.addDiagonal(40 + n);
        Cholesky cholesky = Cholesky.of(h);
        Matrix a = Matrix.of(h.toArray());
        double[] x = new Random(1).doubles(n).toArray();
        double[] y = new double[n];
        double[] b = new double[n];
        double[] one = {1};
        assertEquals(0, Allocation.least(300, () -> {
            h.multiply(x, y);
            a.multiply(x, y);
            a.transposedMultiply(x, y);
            h.addGram(x, 0, 1, null, 0);
            h.addGram(x, 0, 1, one, 0);
            y[0] = h.quadraticForm(x);
        }), "products");
        assertEquals(0, Allocation.least(300, () -> {
            cholesky.factor(h);
            System.arraycopy(x, 0, b, 0, n);
            cholesky.solveInPlace(b);
        }), "Cholesky");
    }

    private static String message(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }

    @Test
    void aShortTriangleWritesNothing() {
        SymmetricMatrix h = SymmetricMatrix.of(3);
        for (int[] lengthAndStart : new int[][] {{5, 0}, {7, 2}, {7, -1}, {7, Integer.MAX_VALUE}, {0, 0}}) {
            double[] packed = new double[lengthAndStart[0]];
            Arrays.fill(packed, 1);
            assertThrows(IllegalArgumentException.class, () -> h.setPacked(packed, lengthAndStart[1], 1));
            assertThrows(IllegalArgumentException.class, () -> h.addPacked(packed, lengthAndStart[1], 1));
            assertArrayEquals(new double[6], h.toPacked());
        }
    }
}
