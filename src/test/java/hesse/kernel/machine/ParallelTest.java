package hesse.kernel.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParallelTest {
    private static void everyPieceOnce(int count) {
        AtomicIntegerArray runs = new AtomicIntegerArray(count);
        Parallel.each(count, runs::incrementAndGet);
        int[] expected = new int[count];
        Arrays.fill(expected, 1);
        assertArrayEquals(expected, IntStream.range(0, count).map(runs::get).toArray());
    }

    @Test
    void everyPieceRunsOnceAlsoInManySteps() {
        for (int step = 0; step < 2_000; step++) {
            everyPieceOnce(step % 17);
        }
    }

    /** Callers inside the pool that all wait for each other's helpers must not hang. */
    @Test
    void callersInThePool() {
        ForkJoinTask<?>[] callers = new ForkJoinTask<?>[50];
        for (int k = 0; k < callers.length; k++) {
            callers[k] = ForkJoinPool.commonPool().submit(() -> everyPieceOnce(40));
        }
        for (ForkJoinTask<?> caller : callers) {
            caller.join();
        }
    }

    /** All pieces end before the failure comes out, and the next call works. */
    @Test
    void failure() {
        AtomicIntegerArray runs = new AtomicIntegerArray(20);
        IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> Parallel.each(20, k -> {
            runs.incrementAndGet(k);
            if (k == 7) {
                throw new IllegalStateException("piece 7");
            }
        }));
        assertEquals("piece 7", thrown.getMessage());
        assertEquals(20, IntStream.range(0, 20).map(runs::get).sum());
        everyPieceOnce(20);
    }
}
