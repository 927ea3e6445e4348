package hesse.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Sizes of results up to what an array holds, and errors beyond that name both. */
class SizesTest {
    @Test
    void packedTriangles() {
        for (int n : new int[] {1, 2, 46_339, 46_340, 46_341, 46_342, 65_000, 65_533}) {
            assertEquals(n * (n + 1L) / 2, Derivative.packedSize(n));
            assertEquals(Derivative.packedSize(n) - 1, Derivative.packedIndex(n - 1, n - 1));
            assertEquals(Derivative.packedSize(n) - n, Derivative.packedIndex(n - 1, 0));
        }
        for (int n : new int[] {65_535, 65_536, 100_000, Integer.MAX_VALUE}) {
            assertEquals("the Hessian of " + n + " parameters has " + n * (n + 1L) / 2
                    + " entries, more than an array holds; use hessianVector(x, v), which never forms it",
                    assertThrows(IllegalArgumentException.class, () -> Derivative.packedSize(n)).getMessage());
        }
    }

    @Test
    void jacobians() {
        assertEquals(2 + 6, Derivative.jacobianSize(2, 3));
        assertEquals(1_000_000 * 2_001, Derivative.jacobianSize(1_000_000, 2_000));
        for (int[] size : new int[][] {{1_000_000, 2_147}, {2_148, 1_000_000}, {50_000, 50_000}, {1 << 30, 1}, {Integer.MAX_VALUE, Integer.MAX_VALUE}}) {
            assertEquals("the Jacobian of " + size[0] + " values by " + size[1] + " parameters has " + (long) size[0] * size[1]
                    + " entries, more than an array holds; use jacobianVector(x, v), which never forms it",
                    assertThrows(IllegalArgumentException.class, () -> Derivative.jacobianSize(size[0], size[1])).getMessage());
        }
    }

    @Test
    void arenas() {
        Slots slots = new Slots();
        assertEquals(0, slots.take(Integer.MAX_VALUE - 10));
        assertEquals("a function whose values take 2147483640 numbers at a time, an array holds at most 2147483639",
                assertThrows(IllegalArgumentException.class, () -> slots.take(3)).getMessage());
        assertEquals(Integer.MAX_VALUE - 10, slots.take(2));
    }
}
