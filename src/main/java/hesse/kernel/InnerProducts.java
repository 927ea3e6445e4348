package hesse.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner products of consecutive rows with one vector, each by fma in one of two orders: a chain in index order from -0, or 32
 * accumulators that start at -0, entry i to accumulator i mod 32, folded 32, 16, 8, 4, 2, 1.
 */
public final class InnerProducts {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;
    private static final int WIDE = 32;
    /** Accumulators of one pass over a row: four vectors. */
    private static final int PASS = 4 * L;

    private InnerProducts() {}

    /**
     * y_r = sum over i of a[aOff + r width + i] x[xOff + i].
     *
     * @param accumulators 1 or 32
     */
    public static void rows(double[] a, int aOff, int rows, int width, double[] x, int xOff, int accumulators, double[] y, int yOff) {
        if (accumulators == 1) {
            chains(a, aOff, rows, width, x, xOff, y, yOff);
            return;
        }
        double[] lanes = PackBuffers.own().lanes(2 * WIDE);
        int whole = width / L * L;
        int last = (rows - 1) * width;
        int r = 0;
        for (; PASS == WIDE && whole == width && r + 4 <= rows; r += 4) {
            four(a, aOff + r * width, width, x, xOff, lanes);
            for (int i = 0; i < 4; i++) {
                y[yOff + r + i] = SymvScalar.fold(lanes, i * L);
            }
        }
        for (; r < rows; r += 2) {
            int at = aOff + r * width;
            int next = Math.min(at + width, aOff + last);
            for (int part = 0; part < WIDE; part += PASS) {
                pass(a, at, next, part, whole, x, xOff, lanes);
            }
            y[yOff + r] = finish(a, at, whole, width, x, xOff, lanes, 0);
            if (r + 1 < rows) {
                y[yOff + r + 1] = finish(a, next, whole, width, x, xOff, lanes, WIDE);
            }
        }
    }

    /** Four rows of whole vectors of eight, whose 32 accumulators stay in registers; the eight that they fold to, of each row. */
    private static void four(double[] a, int at, int width, double[] x, int xOff, double[] lanes) {
        int b = at + width;
        int c = b + width;
        int d = c + width;
        DoubleVector s00 = DoubleVector.broadcast(S, -0.0);
        DoubleVector s01 = s00;
        DoubleVector s02 = s00;
        DoubleVector s03 = s00;
        DoubleVector s10 = s00;
        DoubleVector s11 = s00;
        DoubleVector s12 = s00;
        DoubleVector s13 = s00;
        DoubleVector s20 = s00;
        DoubleVector s21 = s00;
        DoubleVector s22 = s00;
        DoubleVector s23 = s00;
        DoubleVector s30 = s00;
        DoubleVector s31 = s00;
        DoubleVector s32 = s00;
        DoubleVector s33 = s00;
        int j = 0;
        for (; j + WIDE <= width; j += WIDE) {
            DoubleVector v0 = DoubleVector.fromArray(S, x, xOff + j);
            s00 = v0.fma(DoubleVector.fromArray(S, a, at + j), s00);
            s10 = v0.fma(DoubleVector.fromArray(S, a, b + j), s10);
            s20 = v0.fma(DoubleVector.fromArray(S, a, c + j), s20);
            s30 = v0.fma(DoubleVector.fromArray(S, a, d + j), s30);
            DoubleVector v1 = DoubleVector.fromArray(S, x, xOff + j + L);
            s01 = v1.fma(DoubleVector.fromArray(S, a, at + j + L), s01);
            s11 = v1.fma(DoubleVector.fromArray(S, a, b + j + L), s11);
            s21 = v1.fma(DoubleVector.fromArray(S, a, c + j + L), s21);
            s31 = v1.fma(DoubleVector.fromArray(S, a, d + j + L), s31);
            DoubleVector v2 = DoubleVector.fromArray(S, x, xOff + j + 2 * L);
            s02 = v2.fma(DoubleVector.fromArray(S, a, at + j + 2 * L), s02);
            s12 = v2.fma(DoubleVector.fromArray(S, a, b + j + 2 * L), s12);
            s22 = v2.fma(DoubleVector.fromArray(S, a, c + j + 2 * L), s22);
            s32 = v2.fma(DoubleVector.fromArray(S, a, d + j + 2 * L), s32);
            DoubleVector v3 = DoubleVector.fromArray(S, x, xOff + j + 3 * L);
            s03 = v3.fma(DoubleVector.fromArray(S, a, at + j + 3 * L), s03);
            s13 = v3.fma(DoubleVector.fromArray(S, a, b + j + 3 * L), s13);
            s23 = v3.fma(DoubleVector.fromArray(S, a, c + j + 3 * L), s23);
            s33 = v3.fma(DoubleVector.fromArray(S, a, d + j + 3 * L), s33);
        }
        if (j < width) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + j);
            s00 = v.fma(DoubleVector.fromArray(S, a, at + j), s00);
            s10 = v.fma(DoubleVector.fromArray(S, a, b + j), s10);
            s20 = v.fma(DoubleVector.fromArray(S, a, c + j), s20);
            s30 = v.fma(DoubleVector.fromArray(S, a, d + j), s30);
        }
        if (j + L < width) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + j + L);
            s01 = v.fma(DoubleVector.fromArray(S, a, at + j + L), s01);
            s11 = v.fma(DoubleVector.fromArray(S, a, b + j + L), s11);
            s21 = v.fma(DoubleVector.fromArray(S, a, c + j + L), s21);
            s31 = v.fma(DoubleVector.fromArray(S, a, d + j + L), s31);
        }
        if (j + 2 * L < width) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + j + 2 * L);
            s02 = v.fma(DoubleVector.fromArray(S, a, at + j + 2 * L), s02);
            s12 = v.fma(DoubleVector.fromArray(S, a, b + j + 2 * L), s12);
            s22 = v.fma(DoubleVector.fromArray(S, a, c + j + 2 * L), s22);
            s32 = v.fma(DoubleVector.fromArray(S, a, d + j + 2 * L), s32);
        }
        s00.add(s02).add(s01.add(s03)).intoArray(lanes, 0);
        s10.add(s12).add(s11.add(s13)).intoArray(lanes, L);
        s20.add(s22).add(s21.add(s23)).intoArray(lanes, 2 * L);
        s30.add(s32).add(s31.add(s33)).intoArray(lanes, 3 * L);
    }

    /** Four vectors of accumulators, from {@code part} on, of two rows. */
    private static void pass(double[] a, int at, int next, int part, int whole, double[] x, int xOff, double[] lanes) {
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
        s0.intoArray(lanes, part);
        s1.intoArray(lanes, part + L);
        s2.intoArray(lanes, part + 2 * L);
        s3.intoArray(lanes, part + 3 * L);
        t0.intoArray(lanes, WIDE + part);
        t1.intoArray(lanes, WIDE + part + L);
        t2.intoArray(lanes, WIDE + part + 2 * L);
        t3.intoArray(lanes, WIDE + part + 3 * L);
    }

    /** Adds the entries behind the last whole vector, and folds. */
    private static double finish(double[] a, int at, int whole, int width, double[] x, int xOff, double[] lanes, int from) {
        for (int j = whole; j < width; j++) {
            int lane = from + j % WIDE;
            lanes[lane] = Math.fma(a[at + j], x[xOff + j], lanes[lane]);
        }
        for (int half = WIDE / 2; half >= 8; half /= 2) {
            for (int i = 0; i < half; i += L) {
                DoubleVector.fromArray(S, lanes, from + i).add(DoubleVector.fromArray(S, lanes, from + i + half)).intoArray(lanes, from + i);
            }
        }
        return SymvScalar.fold(lanes, from);
    }

    /** Eight rows at a time, whose chains run side by side. */
    private static void chains(double[] a, int aOff, int rows, int width, double[] x, int xOff, double[] y, int yOff) {
        int r = 0;
        for (; Transpose.hasChains(width) && r + 8 <= rows; r += 8) {
            Transpose.chains(a, aOff + r * width, width, x, xOff, y, yOff + r);
        }
        for (; r + 8 <= rows; r += 8) {
            int at = aOff + r * width;
            double s0 = -0.0;
            double s1 = -0.0;
            double s2 = -0.0;
            double s3 = -0.0;
            double s4 = -0.0;
            double s5 = -0.0;
            double s6 = -0.0;
            double s7 = -0.0;
            for (int i = 0; i < width; i++) {
                double v = x[xOff + i];
                s0 = Math.fma(a[at + i], v, s0);
                s1 = Math.fma(a[at + width + i], v, s1);
                s2 = Math.fma(a[at + 2 * width + i], v, s2);
                s3 = Math.fma(a[at + 3 * width + i], v, s3);
                s4 = Math.fma(a[at + 4 * width + i], v, s4);
                s5 = Math.fma(a[at + 5 * width + i], v, s5);
                s6 = Math.fma(a[at + 6 * width + i], v, s6);
                s7 = Math.fma(a[at + 7 * width + i], v, s7);
            }
            y[yOff + r] = s0;
            y[yOff + r + 1] = s1;
            y[yOff + r + 2] = s2;
            y[yOff + r + 3] = s3;
            y[yOff + r + 4] = s4;
            y[yOff + r + 5] = s5;
            y[yOff + r + 6] = s6;
            y[yOff + r + 7] = s7;
        }
        for (; r < rows; r++) {
            double sum = -0.0;
            for (int i = 0; i < width; i++) {
                sum = Math.fma(a[aOff + r * width + i], x[xOff + i], sum);
            }
            y[yOff + r] = sum;
        }
    }
}
