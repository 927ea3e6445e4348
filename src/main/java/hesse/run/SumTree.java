package hesse.run;

import java.util.Arrays;

/**
 * Adds the sums of chunks in a fixed tree, in whatever order they come: two neighbours become one node of the next
 * level, and what is left at the end adds up from the last chunk to the first. Arrays are used again.
 */
final class SumTree {
    private final int size;
    private double[][] free = new double[4][];
    private int freeCount;
    private double[][] sums = new double[4][];
    private int[] levels = new int[4];
    private int[] indices = new int[4];
    private int count;

    SumTree(int size) {
        this.size = size;
    }

    /** Forgets what an interrupted sum left. */
    synchronized void start() {
        while (count > 0) {
            give(sums[--count]);
        }
    }

    /** An array for a chunk's sum, of any content. */
    synchronized double[] take() {
        return freeCount > 0 ? free[--freeCount] : new double[size];
    }

    private void give(double[] array) {
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, 2 * freeCount);
        }
        free[freeCount++] = array;
    }

    /** Adds the sum of a chunk, which now belongs to the tree. */
    synchronized void add(int chunk, double[] sum) {
        int level = 0;
        int index = chunk;
        for (int k = find(level, index ^ 1); k >= 0; k = find(level, index ^ 1)) {
            double[] left = (index & 1) == 0 ? sum : sums[k];
            double[] right = (index & 1) == 0 ? sums[k] : sum;
            add(left, left, right);
            give(right);
            sum = left;
            remove(k);
            level++;
            index >>= 1;
        }
        if (count == sums.length) {
            sums = Arrays.copyOf(sums, 2 * count);
            levels = Arrays.copyOf(levels, 2 * count);
            indices = Arrays.copyOf(indices, 2 * count);
        }
        sums[count] = sum;
        levels[count] = level;
        indices[count++] = index;
    }

    private int find(int level, int index) {
        for (int k = 0; k < count; k++) {
            if (levels[k] == level && indices[k] == index) {
                return k;
            }
        }
        return -1;
    }

    private void remove(int k) {
        sums[k] = sums[--count];
        levels[k] = levels[count];
        indices[k] = indices[count];
    }

    private void add(double[] out, double[] left, double[] right) {
        for (int i = 0; i < size; i++) {
            out[i] = left[i] + right[i];
        }
    }

    /** The sum of all chunks; valid until the tree is used again. */
    synchronized double[] finish() {
        while (count > 1) {
            int lowest = 0;
            int next = -1;
            for (int k = 1; k < count; k++) {
                if (levels[k] < levels[lowest]) {
                    next = lowest;
                    lowest = k;
                } else if (next < 0 || levels[k] < levels[next]) {
                    next = k;
                }
            }
            add(sums[next], sums[next], sums[lowest]);
            give(sums[lowest]);
            remove(lowest);
        }
        return sums[0];
    }
}
