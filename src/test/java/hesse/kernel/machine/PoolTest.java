package hesse.kernel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a pool keeps, by a clock that the test sets. */
class PoolTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5 * SECOND); // nanoTime may overflow

    private static int count(Pool<Object> pool) {
        List<Object> all = new ArrayList<>();
        for (Object object = pool.take(); object != null; object = pool.take()) {
            all.add(object);
        }
        all.forEach(pool::give);
        return all.size();
    }

    private Pool<Object> filled(int kept, int objects) {
        Pool<Object> pool = new Pool<>(kept, now::get);
        IntStream.range(0, objects).forEach(i -> pool.give(new Object()));
        return pool;
    }

    @Test
    void aThreadFindsWhatItGave() {
        Pool<Object> pool = new Pool<>(4, now::get);
        assertNull(pool.take());
        Object mine = new Object();
        pool.give(mine);
        assertSame(mine, pool.take());
        assertNull(pool.take());
    }

    @Test
    void aSurplusGoesAfterTenSeconds() {
        for (int kept : new int[] {1, 2, 3, 16}) {
            Pool<Object> pool = filled(kept, 64);
            now.addAndGet(9 * SECOND);
            pool.give(pool.take());
            assertEquals(64, count(pool), "before ten seconds");
            now.addAndGet(11 * SECOND);
            pool.give(pool.take());
            assertEquals(kept, count(pool), "after one call");
            now.addAndGet(1000 * SECOND);
            assertEquals(kept, count(pool), "kept for good");
        }
    }

    /** Ten calls at once for as long as one likes: eight beyond the two that are kept stay, and no more. */
    @Test
    void whatIsNeededStays() {
        Pool<Object> pool = filled(2, 64);
        for (int second = 0; second < 60; second++) {
            now.addAndGet(SECOND);
            List<Object> used = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                used.add(pool.take());
                assertNotNull(used.getLast(), "a call in second " + second + " allocates");
            }
            used.forEach(pool::give);
        }
        assertEquals(10, count(pool));
    }

    @Test
    void moreThanThePlacesAreLeft() {
        assertEquals(64, count(filled(2, 200)));
    }

    @Test
    void manyThreads() {
        Pool<Object> pool = new Pool<>(2, System::nanoTime);
        IntStream.range(0, 100_000).parallel().forEach(i -> {
            Object object = pool.take();
            pool.give(object == null ? new Object() : object);
        });
        int left = count(pool);
        assertEquals(left, count(pool));
    }
}
