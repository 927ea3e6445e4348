package hesse.kernel;

import hesse.kernel.machine.Lanes;
import hesse.kernel.machine.PackBuffers;
import hesse.kernel.machine.Tuning;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * y = H v on tiles; bits as {@link SymvScalar}. A tile's rows meet v for the rows of y and are added, times v_i, to its columns
 * of y, both from one load. Strips of columns keep their parts of v and y in registers.
 */
final class SymvLanes {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;
    private static final int LANES = SymvScalar.LANES;
    private static final int PAIRS_FROM = Tuning.SYMV_PAIRS.value();
    /** The upper half before the lower. */
    private static final VectorShuffle<Double> SWAP = VectorShuffle.fromOp(S, i -> (i + L / 2) % L);

    private SymvLanes() {}

    static void symv(double[] h, int n, int tile, double[] v, double[] y) {
        double[] lanes = PackBuffers.own().left(LANES * tile);
        double[] own = PackBuffers.own().right(tile);
        for (int tileRow = 0; tileRow < Tiles.rows(n, tile); tileRow++) {
            int first = tileRow * tile;
            int used = Math.min(tile, n - first);
            Arrays.fill(own, 0, tile, 0);
            if (tileRow > 0) {
                Arrays.fill(lanes, 0, LANES * used, 0);
                for (int column = 0; column < first; column += tile) {
                    offDiagonal(h, Tiles.offset(tileRow, column / tile, tile), tile, used, v, first, column, y, lanes);
                }
                fold(lanes, used, own);
            }
            diagonal(h, Tiles.offset(tileRow, tileRow, tile), tile, used, v, first, own);
            System.arraycopy(own, 0, y, first, used);
        }
    }

    private static void offDiagonal(double[] h, int offset, int tile, int used, double[] v, int first, int column, double[] y, double[] lanes) {
        int from = 0;
        if (L == LANES && tile == Tiles.LARGE && h.length >= PAIRS_FROM) {
            from = used / 2 * 2;
            pairs6(h, offset, from, v, first, column, y, lanes);
        } else if (L == LANES && tile == Tiles.LARGE) {
            from = used;
            strip6(h, offset, used, v, first, column, y, lanes);
        }
        for (int c = 0; c < tile && from < used; c += L) {
            strip1(h, offset + c, tile, from, used, v, first, column + c, y, lanes);
        }
    }

    /** All columns of a large tile at 512 bits. The tile size is a constant so that C2 drops the bounds checks. */
    private static void strip6(double[] h, int offset, int rows, double[] v, int row, int column, double[] y, double[] lanes) {
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
            DoubleVector lane = DoubleVector.fromArray(S, lanes, r * LANES);
            DoubleVector h0 = DoubleVector.fromArray(S, h, at);
            lane = h0.fma(v0, lane);
            y0 = h0.fma(x, y0);
            DoubleVector h1 = DoubleVector.fromArray(S, h, at + L);
            lane = h1.fma(v1, lane);
            y1 = h1.fma(x, y1);
            DoubleVector h2 = DoubleVector.fromArray(S, h, at + 2 * L);
            lane = h2.fma(v2, lane);
            y2 = h2.fma(x, y2);
            DoubleVector h3 = DoubleVector.fromArray(S, h, at + 3 * L);
            lane = h3.fma(v3, lane);
            y3 = h3.fma(x, y3);
            DoubleVector h4 = DoubleVector.fromArray(S, h, at + 4 * L);
            lane = h4.fma(v4, lane);
            y4 = h4.fma(x, y4);
            DoubleVector h5 = DoubleVector.fromArray(S, h, at + 5 * L);
            lane = h5.fma(v5, lane);
            y5 = h5.fma(x, y5);
            lane.intoArray(lanes, r * LANES);
        }
        y0.intoArray(y, column);
        y1.intoArray(y, column + L);
        y2.intoArray(y, column + 2 * L);
        y3.intoArray(y, column + 3 * L);
        y4.intoArray(y, column + 4 * L);
        y5.intoArray(y, column + 5 * L);
    }

    /** As {@link #strip6}, two rows at a time, so that more loads are under way; in a cache slower, since it checks more bounds. */
    private static void pairs6(double[] h, int offset, int rows, double[] v, int row, int column, double[] y, double[] lanes) {
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
            DoubleVector lane = DoubleVector.fromArray(S, lanes, r * LANES);
            DoubleVector nextLane = DoubleVector.fromArray(S, lanes, r * LANES + LANES);
            DoubleVector h0 = DoubleVector.fromArray(S, h, at);
            lane = h0.fma(v0, lane);
            y0 = h0.fma(x, y0);
            DoubleVector h1 = DoubleVector.fromArray(S, h, at + L);
            lane = h1.fma(v1, lane);
            y1 = h1.fma(x, y1);
            DoubleVector h2 = DoubleVector.fromArray(S, h, at + 2 * L);
            lane = h2.fma(v2, lane);
            y2 = h2.fma(x, y2);
            DoubleVector h3 = DoubleVector.fromArray(S, h, at + 3 * L);
            lane = h3.fma(v3, lane);
            y3 = h3.fma(x, y3);
            DoubleVector h4 = DoubleVector.fromArray(S, h, at + 4 * L);
            lane = h4.fma(v4, lane);
            y4 = h4.fma(x, y4);
            DoubleVector h5 = DoubleVector.fromArray(S, h, at + 5 * L);
            lane = h5.fma(v5, lane);
            y5 = h5.fma(x, y5);
            DoubleVector g0 = DoubleVector.fromArray(S, h, next);
            nextLane = g0.fma(v0, nextLane);
            y0 = g0.fma(nextX, y0);
            DoubleVector g1 = DoubleVector.fromArray(S, h, next + L);
            nextLane = g1.fma(v1, nextLane);
            y1 = g1.fma(nextX, y1);
            DoubleVector g2 = DoubleVector.fromArray(S, h, next + 2 * L);
            nextLane = g2.fma(v2, nextLane);
            y2 = g2.fma(nextX, y2);
            DoubleVector g3 = DoubleVector.fromArray(S, h, next + 3 * L);
            nextLane = g3.fma(v3, nextLane);
            y3 = g3.fma(nextX, y3);
            DoubleVector g4 = DoubleVector.fromArray(S, h, next + 4 * L);
            nextLane = g4.fma(v4, nextLane);
            y4 = g4.fma(nextX, y4);
            DoubleVector g5 = DoubleVector.fromArray(S, h, next + 5 * L);
            nextLane = g5.fma(v5, nextLane);
            y5 = g5.fma(nextX, y5);
            lane.intoArray(lanes, r * LANES);
            nextLane.intoArray(lanes, r * LANES + LANES);
        }
        y0.intoArray(y, column);
        y1.intoArray(y, column + L);
        y2.intoArray(y, column + 2 * L);
        y3.intoArray(y, column + 3 * L);
        y4.intoArray(y, column + 4 * L);
        y5.intoArray(y, column + 5 * L);
    }

    private static void strip1(double[] h, int offset, int tile, int from, int rows, double[] v, int row, int column, double[] y, double[] lanes) {
        DoubleVector vj = DoubleVector.fromArray(S, v, column);
        DoubleVector yj = DoubleVector.fromArray(S, y, column);
        int part = column % LANES;
        for (int r = from; r < rows; r++) {
            DoubleVector entries = DoubleVector.fromArray(S, h, offset + r * tile);
            DoubleVector lane = DoubleVector.fromArray(S, lanes, r * LANES + part);
            entries.fma(vj, lane).intoArray(lanes, r * LANES + part);
            yj = entries.fma(DoubleVector.broadcast(S, v[row + r]), yj);
        }
        yj.intoArray(y, column);
    }

    /** Eight accumulators a row to one sum, as {@link SymvScalar#fold}. */
    private static void fold(double[] lanes, int rows, double[] sums) {
        for (int at = 0; at < rows * LANES; at += LANES) {
            if (L == LANES) {
                DoubleVector all = DoubleVector.fromArray(S, lanes, at);
                all.add(all.rearrange(SWAP)).intoArray(lanes, at);
            } else {
                for (int c = 0; c < 4; c += L) {
                    DoubleVector.fromArray(S, lanes, at + c).add(DoubleVector.fromArray(S, lanes, at + c + 4)).intoArray(lanes, at + c);
                }
            }
        }
        for (int r = 0; r < rows; r++) {
            int at = r * LANES;
            sums[r] = (lanes[at] + lanes[at + 2]) + (lanes[at + 1] + lanes[at + 3]);
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
