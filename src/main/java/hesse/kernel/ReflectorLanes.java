package hesse.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Householder's vectors on tiles and rows; bits as {@link ReflectorScalar}. */
final class ReflectorLanes {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;

    private ReflectorLanes() {}

    /** See {@link ReflectorScalar#rankTwo}. */
    static void rankTwo(double[] h, int m, int tile, double[] v, double[] w) {
        for (int tileRow = 0; tileRow < Tiles.rows(m, tile); tileRow++) {
            int used = Math.min(tile, m - tileRow * tile);
            for (int tileColumn = 0; tileColumn <= tileRow; tileColumn++) {
                int offset = Tiles.offset(tileRow, tileColumn, tile);
                for (int c = 0; c < tile; c += L) {
                    strip(h, offset + c, tile, used, v, w, tileRow * tile, tileColumn * tile + c);
                }
            }
        }
    }

    private static void strip(double[] h, int offset, int tile, int rows, double[] v, double[] w, int row, int column) {
        DoubleVector vj = DoubleVector.fromArray(S, v, column);
        DoubleVector wj = DoubleVector.fromArray(S, w, column);
        for (int r = 0; r < rows; r++) {
            DoubleVector entry = DoubleVector.fromArray(S, h, offset + r * tile);
            entry.sub(wj.mul(v[row + r]).add(vj.mul(w[row + r]))).intoArray(h, offset + r * tile);
        }
    }

    /** {@link #reflect} for four rows of a length, which share the loads of v. */
    static void reflect4(double[] x, int xOff, int row, double[] v, int vOff, int m, double tau, double[] lanes) {
        for (int part = 0; part < 8; part += L) {
            inner4(x, xOff + part, row, v, vOff + part, m, lanes, part);
        }
        for (int r = 0; r < 4; r++) {
            lanes[32 + r] = -tau * SymvScalar.fold(lanes, r * 8);
        }
        add4(x, xOff, row, v, vOff, m, lanes);
    }

    private static void inner4(double[] x, int xOff, int row, double[] v, int vOff, int bound, double[] lanes, int part) {
        DoubleVector s0 = DoubleVector.zero(S);
        DoubleVector s1 = DoubleVector.zero(S);
        DoubleVector s2 = DoubleVector.zero(S);
        DoubleVector s3 = DoubleVector.zero(S);
        for (int j = 0; j < bound; j += 8) {
            DoubleVector vj = DoubleVector.fromArray(S, v, vOff + j);
            s0 = vj.fma(DoubleVector.fromArray(S, x, xOff + j), s0);
            s1 = vj.fma(DoubleVector.fromArray(S, x, xOff + row + j), s1);
            s2 = vj.fma(DoubleVector.fromArray(S, x, xOff + 2 * row + j), s2);
            s3 = vj.fma(DoubleVector.fromArray(S, x, xOff + 3 * row + j), s3);
        }
        s0.intoArray(lanes, part);
        s1.intoArray(lanes, 8 + part);
        s2.intoArray(lanes, 16 + part);
        s3.intoArray(lanes, 24 + part);
    }

    private static void add4(double[] x, int xOff, int row, double[] v, int vOff, int bound, double[] factors) {
        DoubleVector f0 = DoubleVector.broadcast(S, factors[32]);
        DoubleVector f1 = DoubleVector.broadcast(S, factors[33]);
        DoubleVector f2 = DoubleVector.broadcast(S, factors[34]);
        DoubleVector f3 = DoubleVector.broadcast(S, factors[35]);
        for (int j = 0; j < bound; j += L) {
            DoubleVector vj = DoubleVector.fromArray(S, v, vOff + j);
            f0.fma(vj, DoubleVector.fromArray(S, x, xOff + j)).intoArray(x, xOff + j);
            f1.fma(vj, DoubleVector.fromArray(S, x, xOff + row + j)).intoArray(x, xOff + row + j);
            f2.fma(vj, DoubleVector.fromArray(S, x, xOff + 2 * row + j)).intoArray(x, xOff + 2 * row + j);
            f3.fma(vj, DoubleVector.fromArray(S, x, xOff + 3 * row + j)).intoArray(x, xOff + 3 * row + j);
        }
    }

    /** See {@link ReflectorScalar#reflect}. */
    static void reflect(double[] x, int xOff, double[] v, int vOff, int m, double tau, double[] lanes) {
        for (int part = 0; part < 8; part += L) {
            DoubleVector sum = DoubleVector.zero(S);
            for (int j = part; j < m; j += 8) {
                sum = DoubleVector.fromArray(S, v, vOff + j).fma(DoubleVector.fromArray(S, x, xOff + j), sum);
            }
            sum.intoArray(lanes, part);
        }
        DoubleVector f = DoubleVector.broadcast(S, -tau * SymvScalar.fold(lanes, 0));
        for (int j = 0; j < m; j += L) {
            f.fma(DoubleVector.fromArray(S, v, vOff + j), DoubleVector.fromArray(S, x, xOff + j)).intoArray(x, xOff + j);
        }
    }

    /** See {@link ReflectorScalar#rotate}. */
    static void rotate(double[] rows, int at, int count, double c, double s) {
        int k = at;
        for (; k + L <= at + count; k += L) {
            DoubleVector left = DoubleVector.fromArray(S, rows, k);
            DoubleVector right = DoubleVector.fromArray(S, rows, k + count);
            left.mul(s).add(right.mul(c)).intoArray(rows, k + count);
            left.mul(c).sub(right.mul(s)).intoArray(rows, k);
        }
        ReflectorScalar.rotate(rows, k, k + count, at + count - k, c, s);
    }
}
