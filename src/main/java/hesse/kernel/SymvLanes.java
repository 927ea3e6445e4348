package hesse.kernel;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * y = H v on tiles; bits as {@link SymvScalar}. A tile's rows meet v for the rows of y and are added, times v_i, to its columns
 * of y, both from one load. Strips of columns keep their parts of v and y in registers.
 */
final class SymvLanes {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;
    private static final int LANES = SymvScalar.LANES;

    private SymvLanes() {}

    static void symv(double[] h, int n, int tile, double[] v, double[] y) {
        int tileRows = Tiles.rows(n, tile);
        double[] lanes = PackBuffers.own().left(LANES * tile);
        double[] padded = PackBuffers.own().right(tileRows * tile);
        System.arraycopy(v, 0, padded, 0, n);
        Arrays.fill(padded, n, tileRows * tile, 0);
        for (int tileRow = 0; tileRow < tileRows; tileRow++) {
            int first = tileRow * tile;
            int used = Math.min(tile, n - first);
            Arrays.fill(lanes, 0, LANES * used, 0);
            for (int tileColumn = 0; tileColumn < tileRow; tileColumn++) {
                int offset = Tiles.offset(tileRow, tileColumn, tile);
                int column = tileColumn * tile;
                int c = 0;
                for (; L == 8 && c + 6 * L <= tile; c += 6 * L) {
                    strip6(h, offset + c, tile, used, v, first, column + c, y, lanes);
                }
                for (; c < tile; c += L) {
                    strip1(h, offset + c, tile, used, v, first, column + c, y, lanes);
                }
            }
            diagonal(h, Tiles.offset(tileRow, tileRow, tile), tile, used, padded, first, lanes);
            for (int r = 0; r < used; r++) {
                y[first + r] = SymvScalar.fold(lanes, r * LANES);
            }
        }
    }

    private static void strip6(double[] h, int offset, int tile, int rows, double[] v, int row, int column, double[] y, double[] lanes) {
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
            int at = offset + r * tile;
            DoubleVector vi = DoubleVector.broadcast(S, v[row + r]);
            DoubleVector lane = DoubleVector.fromArray(S, lanes, r * LANES);
            DoubleVector h0 = DoubleVector.fromArray(S, h, at);
            DoubleVector h1 = DoubleVector.fromArray(S, h, at + L);
            DoubleVector h2 = DoubleVector.fromArray(S, h, at + 2 * L);
            DoubleVector h3 = DoubleVector.fromArray(S, h, at + 3 * L);
            DoubleVector h4 = DoubleVector.fromArray(S, h, at + 4 * L);
            DoubleVector h5 = DoubleVector.fromArray(S, h, at + 5 * L);
            lane = h0.fma(v0, lane);
            y0 = h0.fma(vi, y0);
            lane = h1.fma(v1, lane);
            y1 = h1.fma(vi, y1);
            lane = h2.fma(v2, lane);
            y2 = h2.fma(vi, y2);
            lane = h3.fma(v3, lane);
            y3 = h3.fma(vi, y3);
            lane = h4.fma(v4, lane);
            y4 = h4.fma(vi, y4);
            lane = h5.fma(v5, lane);
            y5 = h5.fma(vi, y5);
            lane.intoArray(lanes, r * LANES);
        }
        y0.intoArray(y, column);
        y1.intoArray(y, column + L);
        y2.intoArray(y, column + 2 * L);
        y3.intoArray(y, column + 3 * L);
        y4.intoArray(y, column + 4 * L);
        y5.intoArray(y, column + 5 * L);
    }

    private static void strip1(double[] h, int offset, int tile, int rows, double[] v, int row, int column, double[] y, double[] lanes) {
        DoubleVector vj = DoubleVector.fromArray(S, v, column);
        DoubleVector yj = DoubleVector.fromArray(S, y, column);
        int part = column % LANES;
        for (int r = 0; r < rows; r++) {
            DoubleVector entries = DoubleVector.fromArray(S, h, offset + r * tile);
            DoubleVector lane = DoubleVector.fromArray(S, lanes, r * LANES + part);
            entries.fma(vj, lane).intoArray(lanes, r * LANES + part);
            yj = entries.fma(DoubleVector.broadcast(S, v[row + r]), yj);
        }
        yj.intoArray(y, column);
    }

    /** The diagonal tile is stored whole: rows only. v is padded with zeros. */
    private static void diagonal(double[] h, int offset, int tile, int rows, double[] v, int column, double[] lanes) {
        for (int r = 0; r < rows; r++) {
            int at = offset + r * tile;
            for (int part = 0; part < LANES; part += L) {
                DoubleVector lane = DoubleVector.fromArray(S, lanes, r * LANES + part);
                for (int c = part; c < tile; c += LANES) {
                    lane = DoubleVector.fromArray(S, h, at + c).fma(DoubleVector.fromArray(S, v, column + c), lane);
                }
                lane.intoArray(lanes, r * LANES + part);
            }
        }
    }
}
