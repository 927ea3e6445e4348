package hesse.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Products with a vector that read the matrix once, in order, four rows at a time; bits as {@link GemvScalar}. */
final class GemvLanes {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;
    private static final int LANES = SymvScalar.LANES;

    private GemvLanes() {}

    /** See {@link GemvScalar#multiply}. */
    static void multiply(double[] a, int aOff, int lda, int rows, int columns, double[] x, int xOff, double[] y, int yOff) {
        double[] lanes = PackBuffers.own().lanes(4 * LANES);
        int whole = columns / LANES * LANES;
        int i = 0;
        for (; i + 4 <= rows; i += 4) {
            int at = aOff + i * lda;
            for (int part = 0; part < LANES; part += L) {
                inner4(a, at + part, lda, whole, x, xOff + part, lanes, part);
            }
            for (int r = 0; r < 4; r++) {
                y[yOff + i + r] = finish(a, at + r * lda, whole, columns, x, xOff, lanes, r * LANES);
            }
        }
        for (; i < rows; i++) {
            int at = aOff + i * lda;
            for (int part = 0; part < LANES; part += L) {
                inner1(a, at + part, whole, x, xOff + part, lanes, part);
            }
            y[yOff + i] = finish(a, at, whole, columns, x, xOff, lanes, 0);
        }
    }

    /** Adds the columns behind the last whole vector, and folds. */
    private static double finish(double[] a, int at, int whole, int columns, double[] x, int xOff, double[] lanes, int lane) {
        for (int j = whole; j < columns; j++) {
            lanes[lane + j - whole] = Math.fma(a[at + j], x[xOff + j], lanes[lane + j - whole]);
        }
        return SymvScalar.fold(lanes, lane);
    }

    private static void inner4(double[] a, int at, int lda, int whole, double[] x, int xOff, double[] lanes, int part) {
        DoubleVector s0 = DoubleVector.zero(S);
        DoubleVector s1 = DoubleVector.zero(S);
        DoubleVector s2 = DoubleVector.zero(S);
        DoubleVector s3 = DoubleVector.zero(S);
        int b = at + lda;
        int c = b + lda;
        int d = c + lda;
        for (int j = 0; j < whole; j += LANES) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + j);
            s0 = v.fma(DoubleVector.fromArray(S, a, at + j), s0);
            s1 = v.fma(DoubleVector.fromArray(S, a, b + j), s1);
            s2 = v.fma(DoubleVector.fromArray(S, a, c + j), s2);
            s3 = v.fma(DoubleVector.fromArray(S, a, d + j), s3);
        }
        s0.intoArray(lanes, part);
        s1.intoArray(lanes, LANES + part);
        s2.intoArray(lanes, 2 * LANES + part);
        s3.intoArray(lanes, 3 * LANES + part);
    }

    private static void inner1(double[] a, int at, int whole, double[] x, int xOff, double[] lanes, int part) {
        DoubleVector sum = DoubleVector.zero(S);
        for (int j = 0; j < whole; j += LANES) {
            sum = DoubleVector.fromArray(S, x, xOff + j).fma(DoubleVector.fromArray(S, a, at + j), sum);
        }
        sum.intoArray(lanes, part);
    }

    /** See {@link GemvScalar#addTransposed}. */
    static void addTransposed(double[] a, int aOff, int lda, int rows, int columns, double[] u, int uOff, double[] y, int yOff) {
        int whole = columns / L * L;
        int i = 0;
        for (; i + 4 <= rows; i += 4) {
            add4(a, aOff + i * lda, lda, whole, u, uOff + i, y, yOff);
        }
        for (; i < rows; i++) {
            add1(a, aOff + i * lda, whole, u[uOff + i], y, yOff);
        }
        if (whole < columns) {
            GemvScalar.addTransposed(a, aOff + whole, lda, rows, columns - whole, u, uOff, y, yOff + whole);
        }
    }

    private static void add4(double[] a, int at, int lda, int whole, double[] u, int uOff, double[] y, int yOff) {
        DoubleVector u0 = DoubleVector.broadcast(S, u[uOff]);
        DoubleVector u1 = DoubleVector.broadcast(S, u[uOff + 1]);
        DoubleVector u2 = DoubleVector.broadcast(S, u[uOff + 2]);
        DoubleVector u3 = DoubleVector.broadcast(S, u[uOff + 3]);
        int b = at + lda;
        int c = b + lda;
        int d = c + lda;
        for (int j = 0; j < whole; j += L) {
            DoubleVector sum = u0.fma(DoubleVector.fromArray(S, a, at + j), DoubleVector.fromArray(S, y, yOff + j));
            sum = u1.fma(DoubleVector.fromArray(S, a, b + j), sum);
            sum = u2.fma(DoubleVector.fromArray(S, a, c + j), sum);
            sum = u3.fma(DoubleVector.fromArray(S, a, d + j), sum);
            sum.intoArray(y, yOff + j);
        }
    }

    private static void add1(double[] a, int at, int whole, double factor, double[] y, int yOff) {
        DoubleVector u = DoubleVector.broadcast(S, factor);
        for (int j = 0; j < whole; j += L) {
            u.fma(DoubleVector.fromArray(S, a, at + j), DoubleVector.fromArray(S, y, yOff + j)).intoArray(y, yOff + j);
        }
    }
}
