package hesse.run;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** Objects that calls borrow, so that a warm one allocates nothing. A thread finds what it gave back first. */
final class Pool<T> {
    private static final int SIZE = 64;

    private final AtomicReferenceArray<T> places = new AtomicReferenceArray<>(SIZE);

    /** An object, or null where there is none. */
    T take() {
        int start = (int) Thread.currentThread().threadId();
        for (int i = 0; i < SIZE; i++) {
            int index = start + i & SIZE - 1;
            T object = places.get(index);
            if (object != null && places.compareAndSet(index, object, null)) {
                return object;
            }
        }
        return null;
    }

    /** Gives one back; one that finds no place is left to the garbage collector. */
    void give(T object) {
        int start = (int) Thread.currentThread().threadId();
        for (int i = 0; i < SIZE; i++) {
            if (places.compareAndSet(start + i & SIZE - 1, null, object)) {
                return;
            }
        }
    }
}
