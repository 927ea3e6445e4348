package hesse.kernel;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

import hesse.kernel.machine.Lanes;
import hesse.kernel.machine.PackBuffers;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner products of consecutive rows with one vector; bits as {@link InnerProductsScalar}. Rows of whole vectors of
 * eight go to {@link EightRowsLanes} by eights; what is left takes two rows at a time, or one.
 */
final class InnerProductsLanes {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;
    private static final int WIDE = 32;
    /** Accumulators of one pass over a row: four vectors. */
    private static final int PASS = 4 * L;

    private InnerProductsLanes() {}

    /** See {@link InnerProductsScalar#rows}. */
    static void rows(double[] a, int aOff, int rows, int width, double[] x, int xOff, int accumulators,
            double[] y, int yOff) {
        int r = 0;
        if (L == 8 && width % L == 0 && accumulators > 1) {
            r = rows / 8 * 8;
            EightRowsLanes.rows(a, aOff, r, width, x, xOff, accumulators, y, yOff);
        }
        if (accumulators == 32) {
            pairs(a, aOff + r * width, rows - r, width, x, xOff, y, yOff + r);
        } else if (accumulators == 8) {
            eight(a, aOff + r * width, rows - r, width, x, xOff, y, yOff + r);
        } else {
            chains(a, aOff, rows, width, x, xOff, y, yOff);
        }
    }

    /** 32 accumulators, two rows at a time. */
    private static void pairs(double[] a, int aOff, int rows, int width, double[] x, int xOff, double[] y, int yOff) {
        double[] sums = PackBuffers.own().scratch(2 * WIDE);
        int whole = width / L * L;
        int last = (rows - 1) * width;
        for (int r = 0; r < rows; r += 2) {
            int at = aOff + r * width;
            int next = Math.min(at + width, aOff + last);
            for (int part = 0; part < WIDE; part += PASS) {
                pass(a, at, next, part, whole, x, xOff, sums);
            }
            y[yOff + r] = finish(a, at, whole, width, x, xOff, sums, 0);
            if (r + 1 < rows) {
                y[yOff + r + 1] = finish(a, next, whole, width, x, xOff, sums, WIDE);
            }
        }
    }

    /** 8 accumulators of rows of 8 to 16 entries. */
    private static void eight(double[] a, int aOff, int rows, int width, double[] x, int xOff, double[] y, int yOff) {
        double[] sums = PackBuffers.own().scratch(8);
        for (int r = 0; r < rows; r++) {
            int at = aOff + r * width;
            for (int j = 0; j < 8; j += L) {
                DoubleVector entries = DoubleVector.fromArray(S, a, at + j);
                DoubleVector.fromArray(S, x, xOff + j).fma(entries, DoubleVector.broadcast(S, -0.0)).intoArray(sums, j);
            }
            for (int j = 8; j < width; j++) {
                sums[j - 8] = fma(a[at + j], x[xOff + j], sums[j - 8]);
            }
            y[yOff + r] = SymvScalar.fold(sums, 0);
        }
    }

    /** A chain each; short, so that neighbouring rows run side by side. */
    private static void chains(double[] a, int aOff, int rows, int width, double[] x, int xOff, double[] y, int yOff) {
        for (int r = 0; r < rows; r++) {
            double sum = -0.0;
            for (int i = 0; i < width; i++) {
                sum = fma(a[aOff + r * width + i], x[xOff + i], sum);
            }
            y[yOff + r] = sum;
        }
    }

    /** Four vectors of accumulators, from {@code part} on, of two rows. */
    private static void pass(double[] a, int at, int next, int part, int whole, double[] x, int xOff, double[] sums) {
        DoubleVector s0 = DoubleVector.broadcast(S, -0.0);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        DoubleVector t0 = s0;
        DoubleVector t1 = s0;
        DoubleVector t2 = s0;
        DoubleVector t3 = s0;
        int j = part;
        for (; j + PASS <= whole; j += WIDE) {
            DoubleVector v0 = DoubleVector.fromArray(S, x, xOff + j);
            s0 = v0.fma(DoubleVector.fromArray(S, a, at + j), s0);
            t0 = v0.fma(DoubleVector.fromArray(S, a, next + j), t0);
            DoubleVector v1 = DoubleVector.fromArray(S, x, xOff + j + L);
            s1 = v1.fma(DoubleVector.fromArray(S, a, at + j + L), s1);
            t1 = v1.fma(DoubleVector.fromArray(S, a, next + j + L), t1);
            DoubleVector v2 = DoubleVector.fromArray(S, x, xOff + j + 2 * L);
            s2 = v2.fma(DoubleVector.fromArray(S, a, at + j + 2 * L), s2);
            t2 = v2.fma(DoubleVector.fromArray(S, a, next + j + 2 * L), t2);
            DoubleVector v3 = DoubleVector.fromArray(S, x, xOff + j + 3 * L);
            s3 = v3.fma(DoubleVector.fromArray(S, a, at + j + 3 * L), s3);
            t3 = v3.fma(DoubleVector.fromArray(S, a, next + j + 3 * L), t3);
        }
        if (j < whole) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + j);
            s0 = v.fma(DoubleVector.fromArray(S, a, at + j), s0);
            t0 = v.fma(DoubleVector.fromArray(S, a, next + j), t0);
        }
        if (j + L < whole) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + j + L);
            s1 = v.fma(DoubleVector.fromArray(S, a, at + j + L), s1);
            t1 = v.fma(DoubleVector.fromArray(S, a, next + j + L), t1);
        }
        if (j + 2 * L < whole) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + j + 2 * L);
            s2 = v.fma(DoubleVector.fromArray(S, a, at + j + 2 * L), s2);
            t2 = v.fma(DoubleVector.fromArray(S, a, next + j + 2 * L), t2);
        }
        s0.intoArray(sums, part);
        s1.intoArray(sums, part + L);
        s2.intoArray(sums, part + 2 * L);
        s3.intoArray(sums, part + 3 * L);
        t0.intoArray(sums, WIDE + part);
        t1.intoArray(sums, WIDE + part + L);
        t2.intoArray(sums, WIDE + part + 2 * L);
        t3.intoArray(sums, WIDE + part + 3 * L);
    }

    /** Adds the entries behind the last whole vector, and folds. */
    private static double finish(double[] a, int at, int whole, int width, double[] x, int xOff, double[] sums,
            int from) {
        for (int j = whole; j < width; j++) {
            int k = from + j % WIDE;
            sums[k] = fma(a[at + j], x[xOff + j], sums[k]);
        }
        for (int half = WIDE / 2; half >= 8; half /= 2) {
            for (int i = 0; i < half; i += L) {
                DoubleVector.fromArray(S, sums, from + i).add(DoubleVector.fromArray(S, sums, from + i + half))
                        .intoArray(sums, from + i);
            }
        }
        return SymvScalar.fold(sums, from);
    }
}
