package hesse.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Sizes of results up to what an array holds, and errors beyond that name both. */
class SizesTest {
    @Test
    void packedTriangles() {
        for (int n : new int[] {1, 2, 46_339, 46_340, 46_341, 46_342, 65_000, 65_533}) {
            assertEquals(n * (n + 1L) / 2, Layout.packedSize(n));
            assertEquals(Layout.packedSize(n) - 1, Layout.packedIndex(n - 1, n - 1));
            assertEquals(Layout.packedSize(n) - n, Layout.packedIndex(n - 1, 0));
        }
        for (int n : new int[] {65_535, 65_536, 100_000, Integer.MAX_VALUE}) {
            assertEquals("the Hessian of " + n + " parameters has " + n * (n + 1L) / 2
                    + " entries, more than an array holds; use hessianVector(x, v), which never forms it",
                    assertThrows(IllegalArgumentException.class, () -> Layout.packedSize(n)).getMessage());
        }
    }

    @Test
    void jacobians() {
        assertEquals(2 + 6, Layout.jacobian(2, 3).size());
        assertEquals(1_000_000 * 2_001, Layout.jacobian(1_000_000, 2_000).size());
        for (int[] size : new int[][] {{1_000_000, 2_147}, {2_148, 1_000_000}, {50_000, 50_000}, {1 << 30, 1},
                {Integer.MAX_VALUE, Integer.MAX_VALUE}}) {
            assertEquals("the Jacobian of " + size[0] + " values by " + size[1] + " parameters has "
                    + (long) size[0] * size[1]
                    + " entries, more than an array holds; use jacobianVector(x, v), which never forms it",
                    assertThrows(IllegalArgumentException.class, () -> Layout.jacobian(size[0], size[1])).getMessage());
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
