package hesse.run;

import java.util.Arrays;

/** What one call needs besides its arguments: an arena, the flat result, and partial sums. Kept in its engine's pool. */
public final class Workspace {
    /** A sum over rows adds row i of a chunk to accumulator i mod 8. */
    static final int LANES = 8;

    final double[] arena;
    final double[] result;
    /** [LANES][result], allocated by the first sum over rows. */
    private double[] lanes;
    /** Sums of 2^level chunks that wait for their neighbours; empty levels are marked in {@link #pending}. */
    private double[][] levels = {};
    private long pending;

    /** What the lane tier works on: an arena of blocks, and [result][LANES] partial sums or results of a block's rows. */
    private double[] blocks = {};
    private double[] columns = {};

    Workspace(double[] arena, int resultSize) {
        this.arena = arena;
        this.result = new double[resultSize];
    }

    /** The flat result of the call, laid out as its {@link hesse.plan.Derivative} says. */
    public double[] result() {
        return result;
    }

    double[] lanes() {
        if (lanes == null) {
            lanes = new double[Math.multiplyExact(LANES, result.length)];
        }
        return lanes;
    }

    double[] blocks(int length) {
        if (blocks.length < length) {
            blocks = new double[length];
        }
        return blocks;
    }

    double[] columns(int length) {
        if (columns.length < length) {
            columns = new double[length];
        }
        return columns;
    }

    void startSum() {
        pending = 0;
    }

    /** Folds the lanes of a finished chunk, 8 to 4 to 2 to 1, and combines it with the chunks before, as a binary counter. */
    void endChunk() {
        int size = result.length;
        for (int half = LANES / 2; half > 0; half /= 2) {
            for (int i = 0; i < half * size; i++) {
                lanes[i] += lanes[i + half * size];
            }
        }
        int level = 0;
        for (; (pending >> level & 1) != 0; level++) {
            double[] before = levels[level];
            for (int i = 0; i < size; i++) {
                lanes[i] = before[i] + lanes[i];
            }
        }
        if (level == levels.length) {
            levels = Arrays.copyOf(levels, level + 1);
            levels[level] = new double[size];
        }
        System.arraycopy(lanes, 0, levels[level], 0, size);
        pending = (pending >> level | 1) << level;
    }

    /** Adds up what is left, the latest chunks first, into the result. */
    void endSum() {
        Arrays.fill(result, 0);
        boolean first = true;
        for (int level = 0; level < levels.length; level++) {
            if ((pending >> level & 1) != 0) {
                for (int i = 0; i < result.length; i++) {
                    result[i] = first ? levels[level][i] : levels[level][i] + result[i];
                }
                first = false;
            }
        }
    }
}
