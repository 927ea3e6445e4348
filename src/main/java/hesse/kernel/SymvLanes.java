package hesse.kernel;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
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
                offDiagonal(h, offset, tile, used, v, first, column, y, lanes);
            }
            diagonal(h, Tiles.offset(tileRow, tileRow, tile), tile, used, padded, first, lanes);
            for (int r = 0; r < used; r++) {
                y[first + r] = SymvScalar.fold(lanes, r * LANES);
            }
        }
    }

    private static void offDiagonal(double[] h, int offset, int tile, int used, double[] v, int first, int column, double[] y, double[] lanes) {
        int pairs = L == 8 && tile == 6 * L ? used / 2 * 2 : 0;
        if (pairs > 0) {
            strip6(h, offset, tile, pairs, v, first, column, y, lanes);
        }
        for (int c = 0; c < tile && pairs < used; c += L) {
            strip1(h, offset + c, tile, pairs, used, v, first, column + c, y, lanes);
        }
    }

    /** Six vectors of columns, two rows at a time. */
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
        for (int r = 0; r < rows; r += 2) {
            int at = offset + r * tile;
            int next = at + tile;
            DoubleVector x0 = DoubleVector.broadcast(S, v[row + r]);
            DoubleVector x1 = DoubleVector.broadcast(S, v[row + r + 1]);
            DoubleVector lane0 = DoubleVector.fromArray(S, lanes, r * LANES);
            DoubleVector lane1 = DoubleVector.fromArray(S, lanes, r * LANES + LANES);
            DoubleVector a0 = DoubleVector.fromArray(S, h, at);
            DoubleVector b0 = DoubleVector.fromArray(S, h, next);
            lane0 = a0.fma(v0, lane0);
            lane1 = b0.fma(v0, lane1);
            y0 = b0.fma(x1, a0.fma(x0, y0));
            DoubleVector a1 = DoubleVector.fromArray(S, h, at + L);
            DoubleVector b1 = DoubleVector.fromArray(S, h, next + L);
            lane0 = a1.fma(v1, lane0);
            lane1 = b1.fma(v1, lane1);
            y1 = b1.fma(x1, a1.fma(x0, y1));
            DoubleVector a2 = DoubleVector.fromArray(S, h, at + 2 * L);
            DoubleVector b2 = DoubleVector.fromArray(S, h, next + 2 * L);
            lane0 = a2.fma(v2, lane0);
            lane1 = b2.fma(v2, lane1);
            y2 = b2.fma(x1, a2.fma(x0, y2));
            DoubleVector a3 = DoubleVector.fromArray(S, h, at + 3 * L);
            DoubleVector b3 = DoubleVector.fromArray(S, h, next + 3 * L);
            lane0 = a3.fma(v3, lane0);
            lane1 = b3.fma(v3, lane1);
            y3 = b3.fma(x1, a3.fma(x0, y3));
            DoubleVector a4 = DoubleVector.fromArray(S, h, at + 4 * L);
            DoubleVector b4 = DoubleVector.fromArray(S, h, next + 4 * L);
            lane0 = a4.fma(v4, lane0);
            lane1 = b4.fma(v4, lane1);
            y4 = b4.fma(x1, a4.fma(x0, y4));
            DoubleVector a5 = DoubleVector.fromArray(S, h, at + 5 * L);
            DoubleVector b5 = DoubleVector.fromArray(S, h, next + 5 * L);
            lane0 = a5.fma(v5, lane0);
            lane1 = b5.fma(v5, lane1);
            y5 = b5.fma(x1, a5.fma(x0, y5));
            lane0.intoArray(lanes, r * LANES);
            lane1.intoArray(lanes, r * LANES + LANES);
        }
        y0.intoArray(y, column);
        y1.intoArray(y, column + L);
        y2.intoArray(y, column + 2 * L);
        y3.intoArray(y, column + 3 * L);
        y4.intoArray(y, column + 4 * L);
        y5.intoArray(y, column + 5 * L);
    }

    private static void strip1(double[] h, int offset, int tile, int from, int to, double[] v, int row, int column, double[] y, double[] lanes) {
        DoubleVector vj = DoubleVector.fromArray(S, v, column);
        DoubleVector yj = DoubleVector.fromArray(S, y, column);
        int part = column % LANES;
        for (int r = from; r < to; r++) {
            DoubleVector entries = DoubleVector.fromArray(S, h, offset + r * tile);
            DoubleVector lane = DoubleVector.fromArray(S, lanes, r * LANES + part);
            entries.fma(vj, lane).intoArray(lanes, r * LANES + part);
            yj = entries.fma(DoubleVector.broadcast(S, v[row + r]), yj);
        }
        yj.intoArray(y, column);
    }

    /** The diagonal tile is stored whole: rows only, four at a time. v is padded with zeros. */
    private static void diagonal(double[] h, int offset, int tile, int rows, double[] v, int column, double[] lanes) {
        for (int r = 0; r < rows; r += 4) {
            for (int part = 0; part < LANES; part += L) {
                diagonal4(h, offset + r * tile, tile, v, column, lanes, r * LANES, part);
            }
        }
    }

    private static void diagonal4(double[] h, int offset, int tile, double[] v, int column, double[] lanes, int to, int part) {
        DoubleVector s0 = DoubleVector.zero(S);
        DoubleVector s1 = DoubleVector.zero(S);
        DoubleVector s2 = DoubleVector.zero(S);
        DoubleVector s3 = DoubleVector.zero(S);
        if (column > 0) {
            s0 = DoubleVector.fromArray(S, lanes, to + part);
            s1 = DoubleVector.fromArray(S, lanes, to + part + LANES);
            s2 = DoubleVector.fromArray(S, lanes, to + part + 2 * LANES);
            s3 = DoubleVector.fromArray(S, lanes, to + part + 3 * LANES);
        }
        for (int c = part; c < tile; c += LANES) {
            DoubleVector x = DoubleVector.fromArray(S, v, column + c);
            s0 = DoubleVector.fromArray(S, h, offset + c).fma(x, s0);
            s1 = DoubleVector.fromArray(S, h, offset + tile + c).fma(x, s1);
            s2 = DoubleVector.fromArray(S, h, offset + 2 * tile + c).fma(x, s2);
            s3 = DoubleVector.fromArray(S, h, offset + 3 * tile + c).fma(x, s3);
        }
        s0.intoArray(lanes, to + part);
        s1.intoArray(lanes, to + part + LANES);
        s2.intoArray(lanes, to + part + 2 * LANES);
        s3.intoArray(lanes, to + part + 3 * LANES);
    }
}
