package hesse.tier;

import java.util.Arrays;

/** Where the numbers lie that regions read and leave in place: an array and an index each; see {@link InPlace}. */
final class Ports {
    final double[][] arrays;
    final int[] at;
    /** From block to block. */
    private final int[] step;

    Ports(int count) {
        this.arrays = new double[count][];
        this.at = new int[count];
        this.step = new int[count];
    }

    void set(int port, double[] array, int from, int stepOfBlock) {
        if (arrays[port] != array) { // a write is dear to a garbage collector
            arrays[port] = array;
        }
        at[port] = from;
        step[port] = stepOfBlock;
    }

    /** Goes on to the next block. */
    void next() {
        for (int k = 0; k < at.length; k++) {
            at[k] += step[k];
        }
    }

    /** Lets go of the caller's arrays. */
    void release() {
        Arrays.fill(arrays, null);
    }
}
