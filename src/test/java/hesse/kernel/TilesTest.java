package hesse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.kernel.factor.CholeskyFactor;
import hesse.kernel.factor.Tridiagonal;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Index arithmetic up to the largest matrices an array holds, without making them, and who may say where a block
 * starts.
 */
class TilesTest {
    private static final int LARGEST = 65_472;

    @Test
    void largeMatrices() {
        for (int n : new int[] {0, 1, 46_339, 46_340, 46_341, 46_342, 50_000, LARGEST}) {
            assertEquals(n * (n + 1L) / 2, Tiles.packedLength(n));
            long tileRows = (n + 47) / 48;
            assertEquals(6 + tileRows * (tileRows + 1) / 2 * 48 * 48, Tiles.length(n, 48));
            for (int i = Math.max(0, n - 3); i < n; i++) {
                for (int j : new int[] {0, i / 2, i}) {
                    long expected = 6 + ((long) (i / 48) * (i / 48 + 1) / 2 + j / 48) * 48 * 48 + i % 48 * 48 + j % 48;
                    assertEquals(expected, Tiles.index(i, j, 48));
                    assertTrue(expected < Tiles.length(n, 48));
                }
            }
        }
        assertThrows(IllegalArgumentException.class, () -> Tiles.length(LARGEST + 1, 48));
    }

    @Test
    void lengthsAreNeverTakenForSmallerOnes() {
        for (int n : new int[] {1, 100, 46_341, 65_536, 1_000_000, Integer.MAX_VALUE}) {
            for (int tile = 8; tile > 0 && tile <= 1 << 30; tile *= 2) {
                BigInteger rows = BigInteger.valueOf(((long) n + tile - 1) / tile);
                BigInteger size = rows.multiply(rows.add(BigInteger.ONE)).shiftRight(1)
                        .multiply(BigInteger.valueOf(tile).pow(2));
                int t = tile;
                if (size.compareTo(BigInteger.valueOf(Integer.MAX_VALUE - 8)) <= 0) {
                    assertEquals(size.intValueExact(), Tiles.length(n, tile));
                } else {
                    String message = assertThrows(IllegalArgumentException.class, () -> Tiles.length(n, t))
                            .getMessage();
                    assertTrue(message.startsWith("a symmetric matrix of " + n + " rows needs " + size + " entries"),
                            message);
                }
            }
        }
    }

    @Test
    void blocksLieInTheirArrays() {
        double[] data = new double[20];
        assertThrows(AssertionError.class, () -> Block.of(data, 3, 7));
        assertThrows(AssertionError.class, () -> Block.vector(data, 15, 6));
        assertThrows(AssertionError.class, () -> Block.of(data, 4, 5).part(2, 0, 3, 5));
        assertThrows(AssertionError.class, () -> Block.of(data, 4, 5).part(0, 3, 1, 3));
        assertThrows(AssertionError.class,
                () -> Gemm.multiply(Block.of(data, 2, 3), Block.of(data, 2, 3), Block.of(data, 2, 3)));
        assertThrows(AssertionError.class,
                () -> Ger.add(Block.of(data, 4, 5), Block.vector(data, 5), Block.vector(data, 5)));
        assertThrows(AssertionError.class,
                () -> Gemv.multiply(Block.of(data, 4, 5), Block.vector(data, 4), Block.vector(data, 4)));
        Block corner = Block.of(data, 4, 5).part(1, 2, 2, 3);
        assertEquals(7, corner.start());
        assertEquals(5, corner.stride());
        Tiles tiles = Tiles.of(100, 48);
        assertEquals(6 + 48 * 48, tiles.block(1, 0).start());
        assertEquals(0, Tiles.of(8, 8).block(0, 0).start());
    }

    /**
     * Products take blocks or tiles; arrays with offsets only where an arena lies, by the twin that is asked for, or
     * into tiles.
     */
    @Test
    void noCallerSaysWhereABlockStarts() {
        for (Class<?> products : List.of(Gemm.class, Gemv.class, Ger.class, Gram.class, Symv.class,
                CholeskyFactor.class, Tridiagonal.class)) {
            for (Method method : products.getDeclaredMethods()) {
                List<Class<?>> types = Arrays.asList(method.getParameterTypes());
                boolean takesOffsets = types.contains(double[].class) && types.contains(int.class);
                assertTrue(!Modifier.isPublic(method.getModifiers()) || !takesOffsets || types.get(0) == boolean.class
                        || types.get(0) == Tiles.class, method.toString());
            }
        }
    }
}
