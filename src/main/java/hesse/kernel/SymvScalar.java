package hesse.kernel;

import java.util.Arrays;

/**
 * Reference of {@link SymvLanes}: y = H v on tiles, every stored tile read once.
 *
 * <p>Row i first sums over the columns of its tile row up to and including the diagonal tile, column j into accumulator
 * j mod 8, folded 8, 4, 2, 1; then adds fma(h_ki, v_k, y_i) over the rows k of later tile rows, in order. Error: that of an
 * inner product of length n.
 */
final class SymvScalar {
    /** Accumulators of a row. */
    static final int LANES = 8;

    private SymvScalar() {}

    static void symv(double[] h, int n, int tile, double[] v, double[] y) {
        double[] lanes = new double[LANES];
        for (int tileRow = 0; tileRow < Tiles.rows(n, tile); tileRow++) {
            for (int i = tileRow * tile; i < Math.min(n, (tileRow + 1) * tile); i++) {
                Arrays.fill(lanes, 0);
                for (int j = 0; j < Math.min(n, (tileRow + 1) * tile); j++) {
                    double entry = h[stored(tileRow, i, j, tile)];
                    lanes[j % LANES] = Math.fma(entry, v[j], lanes[j % LANES]);
                    if (j < tileRow * tile) {
                        y[j] = Math.fma(entry, v[i], y[j]);
                    }
                }
                y[i] = fold(lanes, 0);
            }
        }
    }

    /** Where (i, j) lies for a row i of the tile row and a column up to its diagonal tile, which is stored whole. */
    private static int stored(int tileRow, int i, int j, int tile) {
        return Tiles.offset(tileRow, j / tile, tile) + (i - tileRow * tile) * tile + j % tile;
    }

    static double fold(double[] lanes, int at) {
        return ((lanes[at] + lanes[at + 4]) + (lanes[at + 2] + lanes[at + 6])) + ((lanes[at + 1] + lanes[at + 5]) + (lanes[at + 3] + lanes[at + 7]));
    }
}
