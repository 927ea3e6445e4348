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
                    int first = tileRow == tileColumn ? c : 0;
                    strip(h, offset + c, tile, first, used, v, w, tileRow * tile, tileColumn * tile + c);
                }
            }
        }
        Tiles.mirror(h, tile, 0, Tiles.rows(m, tile));
    }

    private static void strip(double[] h, int offset, int tile, int from, int to, double[] v, double[] w, int row, int column) {
        DoubleVector vj = DoubleVector.fromArray(S, v, column);
        DoubleVector wj = DoubleVector.fromArray(S, w, column);
        for (int r = from; r < to; r++) {
            DoubleVector entry = DoubleVector.fromArray(S, h, offset + r * tile);
            DoubleVector wi = DoubleVector.broadcast(S, -w[row + r]);
            DoubleVector vi = DoubleVector.broadcast(S, -v[row + r]);
            vi.fma(wj, wi.fma(vj, entry)).intoArray(h, offset + r * tile);
        }
    }

    /** See {@link ReflectorScalar#reflect}. */
    static void reflect(double[] x, int xOff, double[] v, int vOff, int m, double tau, double[] lanes) {
        int bound = m / 8 * 8;
        for (int part = 0; part < 8; part += L) {
            DoubleVector sum = DoubleVector.zero(S);
            for (int j = part; j < bound; j += 8) {
                sum = DoubleVector.fromArray(S, v, vOff + j).fma(DoubleVector.fromArray(S, x, xOff + j), sum);
            }
            sum.intoArray(lanes, part);
        }
        for (int j = bound; j < m; j++) {
            lanes[j - bound] = Math.fma(v[vOff + j], x[xOff + j], lanes[j - bound]);
        }
        double factor = -tau * SymvScalar.fold(lanes, 0);
        DoubleVector f = DoubleVector.broadcast(S, factor);
        for (int j = 0; j < bound; j += L) {
            f.fma(DoubleVector.fromArray(S, v, vOff + j), DoubleVector.fromArray(S, x, xOff + j)).intoArray(x, xOff + j);
        }
        for (int j = bound; j < m; j++) {
            x[xOff + j] = Math.fma(factor, v[vOff + j], x[xOff + j]);
        }
    }
}
