package hesse.kernel;

import hesse.kernel.machine.Lanes;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** A += u x', four rows at a time; bits as {@link GerScalar}. */
final class GerLanes {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;

    private GerLanes() {}

    /** See {@link GerScalar#add}. */
    static void add(double[] a, int aOff, int lda, int rows, int columns, double[] u, int uOff, double[] x, int xOff) {
        int whole = columns / L * L;
        int i = 0;
        for (; i + 4 <= rows; i += 4) {
            add4(a, aOff + i * lda, lda, whole, u, uOff + i, x, xOff);
        }
        for (; i < rows; i++) {
            add1(a, aOff + i * lda, whole, u[uOff + i], x, xOff);
        }
        if (whole < columns) {
            GerScalar.add(a, aOff + whole, lda, rows, columns - whole, u, uOff, x, xOff + whole);
        }
    }

    private static void add4(double[] a, int at, int lda, int whole, double[] u, int uOff, double[] x, int xOff) {
        DoubleVector u0 = DoubleVector.broadcast(S, u[uOff]);
        DoubleVector u1 = DoubleVector.broadcast(S, u[uOff + 1]);
        DoubleVector u2 = DoubleVector.broadcast(S, u[uOff + 2]);
        DoubleVector u3 = DoubleVector.broadcast(S, u[uOff + 3]);
        int b = at + lda;
        int c = b + lda;
        int d = c + lda;
        for (int j = 0; j < whole; j += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + j);
            u0.fma(v, DoubleVector.fromArray(S, a, at + j)).intoArray(a, at + j);
            u1.fma(v, DoubleVector.fromArray(S, a, b + j)).intoArray(a, b + j);
            u2.fma(v, DoubleVector.fromArray(S, a, c + j)).intoArray(a, c + j);
            u3.fma(v, DoubleVector.fromArray(S, a, d + j)).intoArray(a, d + j);
        }
    }

    private static void add1(double[] a, int at, int whole, double factor, double[] x, int xOff) {
        DoubleVector u = DoubleVector.broadcast(S, factor);
        for (int j = 0; j < whole; j += L) {
            u.fma(DoubleVector.fromArray(S, x, xOff + j), DoubleVector.fromArray(S, a, at + j)).intoArray(a, at + j);
        }
    }
}
