package hesse.plan;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Places in an arena; one that is given back serves the next value of the same size. */
final class Slots {
    private static final class Free {
        private int[] starts = new int[16];
        private int count;

        private void push(int start) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, 2 * count);
            }
            starts[count++] = start;
        }
    }

    private final Map<Integer, Free> free = new HashMap<>();
    private final Free scalars = new Free();
    private int size;

    int size() {
        return size;
    }

    int take(int length) {
        Free known = length == 1 ? scalars : free.get(length);
        if (known != null && known.count > 0) {
            return known.starts[--known.count];
        }
        int start = size;
        if (length > Integer.MAX_VALUE - 8 - size) {
            throw new IllegalArgumentException("a function whose values take " + ((long) size + length)
                    + " numbers at a time, an array holds at most "
                    + (Integer.MAX_VALUE - 8));
        }
        size += length;
        return start;
    }

    void give(int start, int length) {
        (length == 1 ? scalars : free.computeIfAbsent(length, key -> new Free())).push(start);
    }
}
