package hesse.kernel;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

import hesse.kernel.machine.PackBuffers;
import java.util.Arrays;

/**
 * Reference of {@link SymvLanes}: y = H v on tiles, every stored tile read once.
 *
 * <p>Row i first sums over the columns before its diagonal tile, column j into accumulator j mod 8, folded 8, 4, 2, 1;
 * then adds fma(h_ji, v_j, y_i) over the rows j from its diagonal tile on, in order. Error: that of an inner product of
 * length n.
 */
final class SymvScalar {
    /** Accumulators of a row. */
    static final int ACCUMULATORS = 8;

    private SymvScalar() {}

    static void symv(double[] h, int n, int tile, double[] v, double[] y) {
        double[] accumulators = PackBuffers.own().scratch(ACCUMULATORS);
        for (int i = 0; i < n; i++) {
            int first = i / tile * tile;
            Arrays.fill(accumulators, 0);
            for (int j = 0; j < first; j++) {
                double entry = h[Tiles.index(i, j, tile)];
                accumulators[j % ACCUMULATORS] = fma(entry, v[j], accumulators[j % ACCUMULATORS]);
                y[j] = fma(entry, v[i], y[j]);
            }
            y[i] = fold(accumulators, 0);
            if (i + 1 == Math.min(n, first + tile)) {
                diagonal(h, Tiles.offset(i / tile, i / tile, tile), tile, v, first, i + 1, y);
            }
        }
    }

    private static void diagonal(double[] h, int offset, int tile, double[] v, int from, int to, double[] y) {
        for (int j = from; j < to; j++) {
            for (int i = from; i < to; i++) {
                y[i] = fma(h[offset + (j - from) * tile + i - from], v[j], y[i]);
            }
        }
    }

    /** Eight accumulators, from {@code at} on, to one sum. */
    static double fold(double[] accumulators, int at) {
        double even = (accumulators[at] + accumulators[at + 4]) + (accumulators[at + 2] + accumulators[at + 6]);
        double odd = (accumulators[at + 1] + accumulators[at + 5]) + (accumulators[at + 3] + accumulators[at + 7]);
        return even + odd;
    }
}
