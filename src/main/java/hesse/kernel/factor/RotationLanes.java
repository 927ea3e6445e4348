package hesse.kernel.factor;

import hesse.kernel.machine.Lanes;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A sweep of plane rotations; bits as {@link RotationScalar}. A strip of columns meets all rotations, the row that two
 * of them share stays in a register.
 */
final class RotationLanes {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;

    private RotationLanes() {}

    /** See {@link RotationScalar#sweep}; the length is a multiple of 8. */
    static void sweep(double[] rows, int length, int first, int last, double[] c, double[] s) {
        int k = 0;
        for (; k + 4 * L <= length; k += 4 * L) {
            strip4(rows, length, first, last, c, s, k);
        }
        for (; k + 2 * L <= length; k += 2 * L) {
            strip2(rows, length, first, last, c, s, k);
        }
        for (; k < length; k += L) {
            strip1(rows, length, first, last, c, s, k);
        }
    }

    private static void strip4(double[] rows, int length, int first, int last, double[] c, double[] s, int k) {
        int at = last * length + k;
        DoubleVector b0 = DoubleVector.fromArray(S, rows, at);
        DoubleVector b1 = DoubleVector.fromArray(S, rows, at + L);
        DoubleVector b2 = DoubleVector.fromArray(S, rows, at + 2 * L);
        DoubleVector b3 = DoubleVector.fromArray(S, rows, at + 3 * L);
        for (int i = last - 1; i >= first; i--) {
            int below = at;
            at -= length;
            DoubleVector ci = DoubleVector.broadcast(S, c[i]);
            DoubleVector si = DoubleVector.broadcast(S, s[i]);
            DoubleVector a0 = DoubleVector.fromArray(S, rows, at);
            DoubleVector a1 = DoubleVector.fromArray(S, rows, at + L);
            DoubleVector a2 = DoubleVector.fromArray(S, rows, at + 2 * L);
            DoubleVector a3 = DoubleVector.fromArray(S, rows, at + 3 * L);
            a0.mul(si).add(b0.mul(ci)).intoArray(rows, below);
            a1.mul(si).add(b1.mul(ci)).intoArray(rows, below + L);
            a2.mul(si).add(b2.mul(ci)).intoArray(rows, below + 2 * L);
            a3.mul(si).add(b3.mul(ci)).intoArray(rows, below + 3 * L);
            b0 = a0.mul(ci).sub(b0.mul(si));
            b1 = a1.mul(ci).sub(b1.mul(si));
            b2 = a2.mul(ci).sub(b2.mul(si));
            b3 = a3.mul(ci).sub(b3.mul(si));
        }
        b0.intoArray(rows, at);
        b1.intoArray(rows, at + L);
        b2.intoArray(rows, at + 2 * L);
        b3.intoArray(rows, at + 3 * L);
    }

    private static void strip2(double[] rows, int length, int first, int last, double[] c, double[] s, int k) {
        int at = last * length + k;
        DoubleVector b0 = DoubleVector.fromArray(S, rows, at);
        DoubleVector b1 = DoubleVector.fromArray(S, rows, at + L);
        for (int i = last - 1; i >= first; i--) {
            int below = at;
            at -= length;
            DoubleVector ci = DoubleVector.broadcast(S, c[i]);
            DoubleVector si = DoubleVector.broadcast(S, s[i]);
            DoubleVector a0 = DoubleVector.fromArray(S, rows, at);
            DoubleVector a1 = DoubleVector.fromArray(S, rows, at + L);
            a0.mul(si).add(b0.mul(ci)).intoArray(rows, below);
            a1.mul(si).add(b1.mul(ci)).intoArray(rows, below + L);
            b0 = a0.mul(ci).sub(b0.mul(si));
            b1 = a1.mul(ci).sub(b1.mul(si));
        }
        b0.intoArray(rows, at);
        b1.intoArray(rows, at + L);
    }

    private static void strip1(double[] rows, int length, int first, int last, double[] c, double[] s, int k) {
        int at = last * length + k;
        DoubleVector b = DoubleVector.fromArray(S, rows, at);
        for (int i = last - 1; i >= first; i--) {
            int below = at;
            at -= length;
            DoubleVector ci = DoubleVector.broadcast(S, c[i]);
            DoubleVector si = DoubleVector.broadcast(S, s[i]);
            DoubleVector a = DoubleVector.fromArray(S, rows, at);
            a.mul(si).add(b.mul(ci)).intoArray(rows, below);
            b = a.mul(ci).sub(b.mul(si));
        }
        b.intoArray(rows, at);
    }
}
