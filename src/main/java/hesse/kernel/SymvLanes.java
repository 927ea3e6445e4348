package hesse.kernel;

import hesse.kernel.machine.Lanes;
import hesse.kernel.machine.PackBuffers;
import hesse.kernel.machine.Tuning;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * y = H v on tiles; bits as {@link SymvScalar}. A tile's rows meet v for the rows of y and are added, times v_i, to its
 * columns of y, both from one load. Strips of columns keep their parts of v and y in registers.
 */
final class SymvLanes {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;
    private static final int ACCUMULATORS = SymvScalar.ACCUMULATORS;
    private static final int PAIRS_FROM = Tuning.SYMV_PAIRS.value();
    /** The upper half before the lower. */
    private static final VectorShuffle<Double> SWAP = VectorShuffle.fromOp(S, i -> (i + L / 2) % L);

    private SymvLanes() {}

    static void symv(double[] h, int n, int tile, double[] v, double[] y) {
        double[] accumulators = PackBuffers.own().left(ACCUMULATORS * tile);
        double[] own = PackBuffers.own().right(tile);
        for (int tileRow = 0; tileRow < Tiles.rows(n, tile); tileRow++) {
            int first = tileRow * tile;
            int used = Math.min(tile, n - first);
            Arrays.fill(own, 0, tile, 0);
            if (tileRow > 0) {
                Arrays.fill(accumulators, 0, ACCUMULATORS * used, 0);
                for (int column = 0; column < first; column += tile) {
                    offDiagonal(h, Tiles.offset(tileRow, column / tile, tile), tile, used, v, first, column, y,
                            accumulators);
                }
                fold(accumulators, used, own);
            }
            diagonal(h, Tiles.offset(tileRow, tileRow, tile), tile, used, v, first, own);
            System.arraycopy(own, 0, y, first, used);
        }
    }

    private static void offDiagonal(double[] h, int offset, int tile, int used, double[] v, int first, int column,
            double[] y, double[] accumulators) {
        int from = 0;
        if (L == ACCUMULATORS && tile == Tiles.LARGE && h.length >= PAIRS_FROM) {
            from = used / 2 * 2;
            pairs6(h, offset, from, v, first, column, y, accumulators);
        } else if (L == ACCUMULATORS && tile == Tiles.LARGE) {
            from = used;
            strip6(h, offset, used, v, first, column, y, accumulators);
        }
        for (int c = 0; c < tile && from < used; c += L) {
            strip1(h, offset + c, tile, from, used, v, first, column + c, y, accumulators);
        }
    }

    /**
     * All columns of a large tile at 512 bits, a row at a time: adds to the row's accumulators, and v_row times the row
     * to y. The tile size is a constant so that C2 drops the bounds checks. What it does for a row stands three times,
     * here and in {@link #pairs6}: it changes seven vectors, which no method can return, and a loop of one or two rows
     * a step would not be counted, so that its checks stayed.
     */
    private static void strip6(double[] h, int offset, int rows, double[] v, int row, int column, double[] y,
            double[] accumulators) {
        DoubleVector v0 = DoubleVector.fromArray(S, v, column);
        DoubleVector v1 = DoubleVector.fromArray(S, v, column + L);
        DoubleVector v2 = DoubleVector.fromArray(S, v, column + 2 * L);
        DoubleVector v3 = DoubleVector.fromArray(S, v, column + 3 * L);
        DoubleVector v4 = DoubleVector.fromArray(S, v, column + 4 * L);
        DoubleVector v5 = DoubleVector.fromArray(S, v, column + 5 * L);
        DoubleVector y0 = DoubleVector.fromArray(S, y, column);
        DoubleVector y1 = DoubleVector.fromArray(S, y, column + L);
        DoubleVector y2 = DoubleVector.fromArray(S, y, column + 2 * L);
        DoubleVector y3 = DoubleVector.fromArray(S, y, column + 3 * L);
        DoubleVector y4 = DoubleVector.fromArray(S, y, column + 4 * L);
        DoubleVector y5 = DoubleVector.fromArray(S, y, column + 5 * L);
        for (int r = 0; r < rows; r++) {
            int at = offset + r * Tiles.LARGE;
            DoubleVector x = DoubleVector.broadcast(S, v[row + r]);
            DoubleVector sum = DoubleVector.fromArray(S, accumulators, r * ACCUMULATORS);
            DoubleVector h0 = DoubleVector.fromArray(S, h, at);
            sum = h0.fma(v0, sum);
            y0 = h0.fma(x, y0);
            DoubleVector h1 = DoubleVector.fromArray(S, h, at + L);
            sum = h1.fma(v1, sum);
            y1 = h1.fma(x, y1);
            DoubleVector h2 = DoubleVector.fromArray(S, h, at + 2 * L);
            sum = h2.fma(v2, sum);
            y2 = h2.fma(x, y2);
            DoubleVector h3 = DoubleVector.fromArray(S, h, at + 3 * L);
            sum = h3.fma(v3, sum);
            y3 = h3.fma(x, y3);
            DoubleVector h4 = DoubleVector.fromArray(S, h, at + 4 * L);
            sum = h4.fma(v4, sum);
            y4 = h4.fma(x, y4);
            DoubleVector h5 = DoubleVector.fromArray(S, h, at + 5 * L);
            sum = h5.fma(v5, sum);
            y5 = h5.fma(x, y5);
            sum.intoArray(accumulators, r * ACCUMULATORS);
        }
        y0.intoArray(y, column);
        y1.intoArray(y, column + L);
        y2.intoArray(y, column + 2 * L);
        y3.intoArray(y, column + 3 * L);
        y4.intoArray(y, column + 4 * L);
        y5.intoArray(y, column + 5 * L);
    }

    /**
     * As {@link #strip6}, two rows at a time: more loads are under way at once, which pays where H comes from memory.
     */
    private static void pairs6(double[] h, int offset, int rows, double[] v, int row, int column, double[] y,
            double[] accumulators) {
        DoubleVector v0 = DoubleVector.fromArray(S, v, column);
        DoubleVector v1 = DoubleVector.fromArray(S, v, column + L);
        DoubleVector v2 = DoubleVector.fromArray(S, v, column + 2 * L);
        DoubleVector v3 = DoubleVector.fromArray(S, v, column + 3 * L);
        DoubleVector v4 = DoubleVector.fromArray(S, v, column + 4 * L);
        DoubleVector v5 = DoubleVector.fromArray(S, v, column + 5 * L);
        DoubleVector y0 = DoubleVector.fromArray(S, y, column);
        DoubleVector y1 = DoubleVector.fromArray(S, y, column + L);
        DoubleVector y2 = DoubleVector.fromArray(S, y, column + 2 * L);
        DoubleVector y3 = DoubleVector.fromArray(S, y, column + 3 * L);
        DoubleVector y4 = DoubleVector.fromArray(S, y, column + 4 * L);
        DoubleVector y5 = DoubleVector.fromArray(S, y, column + 5 * L);
        for (int r = 0; r < rows; r += 2) {
            int at = offset + r * Tiles.LARGE;
            int next = at + Tiles.LARGE;
            DoubleVector x = DoubleVector.broadcast(S, v[row + r]);
            DoubleVector nextX = DoubleVector.broadcast(S, v[row + r + 1]);
            DoubleVector sum = DoubleVector.fromArray(S, accumulators, r * ACCUMULATORS);
            DoubleVector nextSum = DoubleVector.fromArray(S, accumulators, r * ACCUMULATORS + ACCUMULATORS);
            DoubleVector h0 = DoubleVector.fromArray(S, h, at);
            sum = h0.fma(v0, sum);
            y0 = h0.fma(x, y0);
            DoubleVector h1 = DoubleVector.fromArray(S, h, at + L);
            sum = h1.fma(v1, sum);
            y1 = h1.fma(x, y1);
            DoubleVector h2 = DoubleVector.fromArray(S, h, at + 2 * L);
            sum = h2.fma(v2, sum);
            y2 = h2.fma(x, y2);
            DoubleVector h3 = DoubleVector.fromArray(S, h, at + 3 * L);
            sum = h3.fma(v3, sum);
            y3 = h3.fma(x, y3);
            DoubleVector h4 = DoubleVector.fromArray(S, h, at + 4 * L);
            sum = h4.fma(v4, sum);
            y4 = h4.fma(x, y4);
            DoubleVector h5 = DoubleVector.fromArray(S, h, at + 5 * L);
            sum = h5.fma(v5, sum);
            y5 = h5.fma(x, y5);
            DoubleVector g0 = DoubleVector.fromArray(S, h, next);
            nextSum = g0.fma(v0, nextSum);
            y0 = g0.fma(nextX, y0);
            DoubleVector g1 = DoubleVector.fromArray(S, h, next + L);
            nextSum = g1.fma(v1, nextSum);
            y1 = g1.fma(nextX, y1);
            DoubleVector g2 = DoubleVector.fromArray(S, h, next + 2 * L);
            nextSum = g2.fma(v2, nextSum);
            y2 = g2.fma(nextX, y2);
            DoubleVector g3 = DoubleVector.fromArray(S, h, next + 3 * L);
            nextSum = g3.fma(v3, nextSum);
            y3 = g3.fma(nextX, y3);
            DoubleVector g4 = DoubleVector.fromArray(S, h, next + 4 * L);
            nextSum = g4.fma(v4, nextSum);
            y4 = g4.fma(nextX, y4);
            DoubleVector g5 = DoubleVector.fromArray(S, h, next + 5 * L);
            nextSum = g5.fma(v5, nextSum);
            y5 = g5.fma(nextX, y5);
            sum.intoArray(accumulators, r * ACCUMULATORS);
            nextSum.intoArray(accumulators, r * ACCUMULATORS + ACCUMULATORS);
        }
        y0.intoArray(y, column);
        y1.intoArray(y, column + L);
        y2.intoArray(y, column + 2 * L);
        y3.intoArray(y, column + 3 * L);
        y4.intoArray(y, column + 4 * L);
        y5.intoArray(y, column + 5 * L);
    }

    private static void strip1(double[] h, int offset, int tile, int from, int rows, double[] v, int row, int column,
            double[] y, double[] accumulators) {
        DoubleVector vj = DoubleVector.fromArray(S, v, column);
        DoubleVector yj = DoubleVector.fromArray(S, y, column);
        int part = column % ACCUMULATORS;
        for (int r = from; r < rows; r++) {
            DoubleVector entries = DoubleVector.fromArray(S, h, offset + r * tile);
            DoubleVector sum = DoubleVector.fromArray(S, accumulators, r * ACCUMULATORS + part);
            entries.fma(vj, sum).intoArray(accumulators, r * ACCUMULATORS + part);
            yj = entries.fma(DoubleVector.broadcast(S, v[row + r]), yj);
        }
        yj.intoArray(y, column);
    }

    /** Eight accumulators a row to one sum, as {@link SymvScalar#fold}. */
    private static void fold(double[] accumulators, int rows, double[] sums) {
        for (int at = 0; at < rows * ACCUMULATORS; at += ACCUMULATORS) {
            if (L == ACCUMULATORS) {
                DoubleVector all = DoubleVector.fromArray(S, accumulators, at);
                all.add(all.rearrange(SWAP)).intoArray(accumulators, at);
            } else {
                for (int c = 0; c < 4; c += L) {
                    DoubleVector.fromArray(S, accumulators, at + c)
                            .add(DoubleVector.fromArray(S, accumulators, at + c + 4)).intoArray(accumulators, at + c);
                }
            }
        }
        for (int r = 0; r < rows; r++) {
            int at = r * ACCUMULATORS;
            sums[r] = (accumulators[at] + accumulators[at + 2]) + (accumulators[at + 1] + accumulators[at + 3]);
        }
    }

    /** The diagonal tile is stored whole: its row j times v_j is added to all of y. */
    private static void diagonal(double[] h, int offset, int tile, int count, double[] v, int vOff, double[] y) {
        int c = 0;
        for (; tile == Tiles.LARGE && c < tile; c += 6 * L) {
            rows6(h, offset + c, count, v, vOff, y, c);
        }
        for (; c + 8 * L <= tile; c += 8 * L) {
            GemvLanes.add8(h, offset + c, tile, count, v, vOff, y, c);
        }
        for (; c < tile; c += L) {
            GemvLanes.add1(h, offset + c, tile, count, v, vOff, y, c);
        }
    }

    /** {@link GemvLanes#add8} of six vectors; the tile size is a constant. */
    private static void rows6(double[] h, int offset, int count, double[] v, int vOff, double[] y, int yOff) {
        DoubleVector y0 = DoubleVector.fromArray(S, y, yOff);
        DoubleVector y1 = DoubleVector.fromArray(S, y, yOff + L);
        DoubleVector y2 = DoubleVector.fromArray(S, y, yOff + 2 * L);
        DoubleVector y3 = DoubleVector.fromArray(S, y, yOff + 3 * L);
        DoubleVector y4 = DoubleVector.fromArray(S, y, yOff + 4 * L);
        DoubleVector y5 = DoubleVector.fromArray(S, y, yOff + 5 * L);
        for (int j = 0; j < count; j++) {
            int at = offset + j * Tiles.LARGE;
            DoubleVector x = DoubleVector.broadcast(S, v[vOff + j]);
            y0 = DoubleVector.fromArray(S, h, at).fma(x, y0);
            y1 = DoubleVector.fromArray(S, h, at + L).fma(x, y1);
            y2 = DoubleVector.fromArray(S, h, at + 2 * L).fma(x, y2);
            y3 = DoubleVector.fromArray(S, h, at + 3 * L).fma(x, y3);
            y4 = DoubleVector.fromArray(S, h, at + 4 * L).fma(x, y4);
            y5 = DoubleVector.fromArray(S, h, at + 5 * L).fma(x, y5);
        }
        y0.intoArray(y, yOff);
        y1.intoArray(y, yOff + L);
        y2.intoArray(y, yOff + 2 * L);
        y3.intoArray(y, yOff + 3 * L);
        y4.intoArray(y, yOff + 4 * L);
        y5.intoArray(y, yOff + 5 * L);
    }
}
