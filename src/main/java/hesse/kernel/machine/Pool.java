package hesse.kernel.machine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;

/**
 * Objects that calls borrow, so that a warm one allocates nothing. As many as there are processors are kept for good; a
 * thread finds what it gave back first. More are kept while so many calls run at once: a surplus that no call needed
 * for ten seconds goes when another object is given back.
 */
public final class Pool<T> {
    /** What is beyond these is left to the garbage collector at once. */
    private static final int MOST = 64;
    private static final long NANOSECONDS_KEPT = 10_000_000_000L;

    private final int kept;
    private final LongSupplier clock;
    /**
     * First those that are kept for good; then the surplus, the first places of which are taken from and filled first.
     */
    private final AtomicReferenceArray<T> places;
    /** When what is in a place was given back: until then it was needed. */
    private final AtomicLongArray since;
    private final AtomicInteger surplus = new AtomicInteger();

    public Pool() {
        this(Math.min(MOST, Runtime.getRuntime().availableProcessors()), System::nanoTime);
    }

    /** For tests: how many are kept, and the time in nanoseconds. */
    Pool(int kept, LongSupplier clock) {
        this.kept = kept;
        this.clock = clock;
        this.places = new AtomicReferenceArray<>(MOST);
        this.since = new AtomicLongArray(MOST);
    }

    /** An object, or null where there is none. */
    public T take() {
        int start = start();
        for (int i = 0; i < kept; i++) {
            T object = take((start + i) % kept);
            if (object != null) {
                return object;
            }
        }
        for (int i = kept; surplus.get() > 0 && i < MOST; i++) {
            T object = take(i);
            if (object != null) {
                surplus.decrementAndGet();
                return object;
            }
        }
        return null;
    }

    private T take(int place) {
        T object = places.get(place);
        return object != null && places.compareAndSet(place, object, null) ? object : null;
    }

    /** Gives one back. */
    public void give(T object) {
        if (surplus.get() > 0) {
            drop();
        }
        int start = start();
        for (int i = 0; i < kept; i++) {
            if (places.compareAndSet((start + i) % kept, null, object)) {
                return;
            }
        }
        for (int i = kept; i < MOST; i++) {
            if (places.get(i) == null) {
                since.set(i, clock.getAsLong());
                if (places.compareAndSet(i, null, object)) {
                    surplus.incrementAndGet();
                    return;
                }
            }
        }
    }

    /** Lets go of what no call needed for a while. */
    private void drop() {
        long now = clock.getAsLong();
        for (int i = kept; i < MOST; i++) {
            T object = places.get(i);
            if (object != null && now - since.get(i) > NANOSECONDS_KEPT && places.compareAndSet(i, object, null)) {
                surplus.decrementAndGet();
            }
        }
    }

    private int start() {
        return (int) (Thread.currentThread().threadId() % kept);
    }
}
