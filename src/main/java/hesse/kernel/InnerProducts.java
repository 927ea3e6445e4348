package hesse.kernel;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

import hesse.kernel.machine.CacheLines;
import hesse.kernel.machine.Lanes;
import hesse.kernel.machine.PackBuffers;
import hesse.kernel.machine.Vectors;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner products of consecutive rows with one vector, each by fma in one of three orders: a chain in index order from -0, or 8
 * or 32 accumulators that start at -0, entry i to accumulator i mod their number, folded 32, 16, 8, 4, 2, 1.
 */
public final class InnerProducts {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;
    private static final int WIDE = 32;
    /** Accumulators of one pass over a row: four vectors. */
    private static final int PASS = 4 * L;

    /** Entries of a row from which it pays to start at cache lines. */
    static final int LINES = 8 * L;
    /** Entries before a row that share its first cache line, where the array starts as {@link CacheLines#LEAD} says. */
    static final int BEFORE = 8 - CacheLines.LEAD;
    /** In a vector that starts so many entries before a row the lanes of the row before, and the row's own. */
    static final VectorMask<Double> TAIL = VectorMask.fromLong(S, (1 << BEFORE) - 1);
    static final VectorMask<Double> HEAD = TAIL.not();

    private InnerProducts() {}

    /**
     * y_r = sum over i of a[aOff + r width + i] x[xOff + i].
     *
     * @param accumulators 1, 8 or 32
     */
    public static void rows(double[] a, int aOff, int rows, int width, double[] x, int xOff, int accumulators, double[] y, int yOff) {
        if (!Vectors.on()) {
            plain(a, aOff, rows, width, x, xOff, accumulators, y, yOff);
            return;
        }
        int r = 0;
        if (L == 8 && width % L == 0) {
            double[] lanes = PackBuffers.own().lanes(8 * L + width + L);
            boolean lines = width >= LINES && aOff % L == 0;
            if (lines) {
                Arrays.fill(lanes, 8 * L, 8 * L + BEFORE, 0);
                System.arraycopy(x, xOff, lanes, 8 * L + BEFORE, width);
                Arrays.fill(lanes, 8 * L + BEFORE + width, 9 * L + width, 0);
            }
            for (; r + 8 <= rows; r += 8) {
                int at = aOff + r * width;
                if (accumulators == 8) {
                    narrow(a, at, width, x, xOff, y, yOff + r);
                } else if (lines) {
                    boolean inside = at >= BEFORE && at + 8 * width <= a.length - (L - BEFORE);
                    double[] from = inside ? a : PackBuffers.own().third(8 * width + L);
                    if (!inside) {
                        // not by four, which would stay interpreted for so few rows
                        System.arraycopy(a, at, from, BEFORE, 8 * width);
                    }
                    int start = inside ? at - BEFORE : 0;
                    fourByLines(from, start, width, lanes, 0);
                    fourByLines(from, start + 4 * width, width, lanes, 4 * L);
                    fold(lanes, y, yOff + r);
                } else {
                    four(a, at, width, x, xOff, lanes, 0);
                    four(a, at + 4 * width, width, x, xOff, lanes, 4 * L);
                    fold(lanes, y, yOff + r);
                }
            }
        }
        if (accumulators == 32) {
            pairs(a, aOff + r * width, rows - r, width, x, xOff, y, yOff + r);
        } else if (accumulators == 8) {
            eight(a, aOff + r * width, rows - r, width, x, xOff, y, yOff + r);
        } else {
            chains(a, aOff, rows, width, x, xOff, y, yOff);
        }
    }

    /** Without vectors that multiply and add: any number of accumulators. */
    private static void plain(double[] a, int aOff, int rows, int width, double[] x, int xOff, int accumulators, double[] y, int yOff) {
        double[] lanes = PackBuffers.own().lanes(accumulators);
        for (int r = 0; r < rows; r++) {
            Arrays.fill(lanes, 0, accumulators, -0.0);
            for (int j = 0; j < width; j++) {
                int lane = j & accumulators - 1;
                lanes[lane] = fma(a[aOff + r * width + j], x[xOff + j], lanes[lane]);
            }
            for (int half = accumulators / 2; half > 0; half /= 2) {
                for (int lane = 0; lane < half; lane++) {
                    lanes[lane] += lanes[lane + half];
                }
            }
            y[yOff + r] = lanes[0];
        }
    }

    /** 32 accumulators, two rows at a time. */
    private static void pairs(double[] a, int aOff, int rows, int width, double[] x, int xOff, double[] y, int yOff) {
        double[] lanes = PackBuffers.own().lanes(2 * WIDE);
        int whole = width / L * L;
        int last = (rows - 1) * width;
        for (int r = 0; r < rows; r += 2) {
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

    /** 8 accumulators of rows of 8 to 16 entries. */
    private static void eight(double[] a, int aOff, int rows, int width, double[] x, int xOff, double[] y, int yOff) {
        double[] lanes = PackBuffers.own().lanes(8);
        for (int r = 0; r < rows; r++) {
            int at = aOff + r * width;
            for (int j = 0; j < 8; j += L) {
                DoubleVector.fromArray(S, x, xOff + j).fma(DoubleVector.fromArray(S, a, at + j), DoubleVector.broadcast(S, -0.0)).intoArray(lanes, j);
            }
            for (int j = 8; j < width; j++) {
                lanes[j - 8] = fma(a[at + j], x[xOff + j], lanes[j - 8]);
            }
            y[yOff + r] = SymvScalar.fold(lanes, 0);
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

    /** Eight rows of one or two vectors of eight. */
    private static void narrow(double[] a, int at, int width, double[] x, int xOff, double[] y, int yOff) {
        DoubleVector zero = DoubleVector.broadcast(S, -0.0);
        DoubleVector v = DoubleVector.fromArray(S, x, xOff);
        DoubleVector s0 = v.fma(DoubleVector.fromArray(S, a, at), zero);
        DoubleVector s1 = v.fma(DoubleVector.fromArray(S, a, at + width), zero);
        DoubleVector s2 = v.fma(DoubleVector.fromArray(S, a, at + 2 * width), zero);
        DoubleVector s3 = v.fma(DoubleVector.fromArray(S, a, at + 3 * width), zero);
        DoubleVector s4 = v.fma(DoubleVector.fromArray(S, a, at + 4 * width), zero);
        DoubleVector s5 = v.fma(DoubleVector.fromArray(S, a, at + 5 * width), zero);
        DoubleVector s6 = v.fma(DoubleVector.fromArray(S, a, at + 6 * width), zero);
        DoubleVector s7 = v.fma(DoubleVector.fromArray(S, a, at + 7 * width), zero);
        if (width > L) {
            DoubleVector w = DoubleVector.fromArray(S, x, xOff + L);
            s0 = w.fma(DoubleVector.fromArray(S, a, at + L), s0);
            s1 = w.fma(DoubleVector.fromArray(S, a, at + width + L), s1);
            s2 = w.fma(DoubleVector.fromArray(S, a, at + 2 * width + L), s2);
            s3 = w.fma(DoubleVector.fromArray(S, a, at + 3 * width + L), s3);
            s4 = w.fma(DoubleVector.fromArray(S, a, at + 4 * width + L), s4);
            s5 = w.fma(DoubleVector.fromArray(S, a, at + 5 * width + L), s5);
            s6 = w.fma(DoubleVector.fromArray(S, a, at + 6 * width + L), s6);
            s7 = w.fma(DoubleVector.fromArray(S, a, at + 7 * width + L), s7);
        }
        DoubleVector u0 = s0.blend(s4.rearrange(Transpose.SWAP4), Transpose.ODD4)
                .add(s0.rearrange(Transpose.SWAP4).blend(s4, Transpose.ODD4));
        DoubleVector u1 = s1.blend(s5.rearrange(Transpose.SWAP4), Transpose.ODD4)
                .add(s1.rearrange(Transpose.SWAP4).blend(s5, Transpose.ODD4));
        DoubleVector u2 = s2.blend(s6.rearrange(Transpose.SWAP4), Transpose.ODD4)
                .add(s2.rearrange(Transpose.SWAP4).blend(s6, Transpose.ODD4));
        DoubleVector u3 = s3.blend(s7.rearrange(Transpose.SWAP4), Transpose.ODD4)
                .add(s3.rearrange(Transpose.SWAP4).blend(s7, Transpose.ODD4));
        DoubleVector v0 = u0.blend(u2.rearrange(Transpose.SWAP2), Transpose.ODD2)
                .add(u0.rearrange(Transpose.SWAP2).blend(u2, Transpose.ODD2));
        DoubleVector v1 = u1.blend(u3.rearrange(Transpose.SWAP2), Transpose.ODD2)
                .add(u1.rearrange(Transpose.SWAP2).blend(u3, Transpose.ODD2));
        DoubleVector t0 = v0.blend(v1.rearrange(Transpose.SWAP1), Transpose.ODD1)
                .add(v0.rearrange(Transpose.SWAP1).blend(v1, Transpose.ODD1));
        t0.intoArray(y, yOff);
    }

    /** Four rows of whole vectors of eight, whose 32 accumulators stay in registers; the eight that they fold to, of each row. */
    private static void four(double[] a, int at, int width, double[] x, int xOff, double[] lanes, int lane) {
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
        s00.add(s02).add(s01.add(s03)).intoArray(lanes, lane);
        s10.add(s12).add(s11.add(s13)).intoArray(lanes, lane + L);
        s20.add(s22).add(s21.add(s23)).intoArray(lanes, lane + 2 * L);
        s30.add(s32).add(s31.add(s33)).intoArray(lanes, lane + 3 * L);
    }

    /**
     * As {@link #four}, by vectors from two entries before each row on, which start at cache lines where the array is large. Entry i goes
     * to lane (i + 2) mod 8 of accumulator vector floor((i - 6) / 8) mod 4, which folds alike.
     */
    private static void fourByLines(double[] a, int at, int width, double[] lanes, int lane) {
        int b = at + width;
        int c = b + width;
        int d = c + width;
        int x = 8 * L;
        DoubleVector zero = DoubleVector.broadcast(S, -0.0);
        DoubleVector head = DoubleVector.fromArray(S, lanes, x);
        DoubleVector s00 = zero;
        DoubleVector s01 = zero;
        DoubleVector s02 = zero;
        DoubleVector s03 = zero.blend(head.fma(DoubleVector.fromArray(S, a, at), zero), HEAD);
        DoubleVector s10 = zero;
        DoubleVector s11 = zero;
        DoubleVector s12 = zero;
        DoubleVector s13 = zero.blend(head.fma(DoubleVector.fromArray(S, a, b), zero), HEAD);
        DoubleVector s20 = zero;
        DoubleVector s21 = zero;
        DoubleVector s22 = zero;
        DoubleVector s23 = zero.blend(head.fma(DoubleVector.fromArray(S, a, c), zero), HEAD);
        DoubleVector s30 = zero;
        DoubleVector s31 = zero;
        DoubleVector s32 = zero;
        DoubleVector s33 = zero.blend(head.fma(DoubleVector.fromArray(S, a, d), zero), HEAD);
        int j = L;
        for (; j + WIDE <= width; j += WIDE) {
            DoubleVector v0 = DoubleVector.fromArray(S, lanes, x + j);
            s00 = v0.fma(DoubleVector.fromArray(S, a, at + j), s00);
            s10 = v0.fma(DoubleVector.fromArray(S, a, b + j), s10);
            s20 = v0.fma(DoubleVector.fromArray(S, a, c + j), s20);
            s30 = v0.fma(DoubleVector.fromArray(S, a, d + j), s30);
            DoubleVector v1 = DoubleVector.fromArray(S, lanes, x + j + L);
            s01 = v1.fma(DoubleVector.fromArray(S, a, at + j + L), s01);
            s11 = v1.fma(DoubleVector.fromArray(S, a, b + j + L), s11);
            s21 = v1.fma(DoubleVector.fromArray(S, a, c + j + L), s21);
            s31 = v1.fma(DoubleVector.fromArray(S, a, d + j + L), s31);
            DoubleVector v2 = DoubleVector.fromArray(S, lanes, x + j + 2 * L);
            s02 = v2.fma(DoubleVector.fromArray(S, a, at + j + 2 * L), s02);
            s12 = v2.fma(DoubleVector.fromArray(S, a, b + j + 2 * L), s12);
            s22 = v2.fma(DoubleVector.fromArray(S, a, c + j + 2 * L), s22);
            s32 = v2.fma(DoubleVector.fromArray(S, a, d + j + 2 * L), s32);
            DoubleVector v3 = DoubleVector.fromArray(S, lanes, x + j + 3 * L);
            s03 = v3.fma(DoubleVector.fromArray(S, a, at + j + 3 * L), s03);
            s13 = v3.fma(DoubleVector.fromArray(S, a, b + j + 3 * L), s13);
            s23 = v3.fma(DoubleVector.fromArray(S, a, c + j + 3 * L), s23);
            s33 = v3.fma(DoubleVector.fromArray(S, a, d + j + 3 * L), s33);
        }
        if (j < width) {
            DoubleVector v = DoubleVector.fromArray(S, lanes, x + j);
            s00 = v.fma(DoubleVector.fromArray(S, a, at + j), s00);
            s10 = v.fma(DoubleVector.fromArray(S, a, b + j), s10);
            s20 = v.fma(DoubleVector.fromArray(S, a, c + j), s20);
            s30 = v.fma(DoubleVector.fromArray(S, a, d + j), s30);
        }
        if (j + L < width) {
            DoubleVector v = DoubleVector.fromArray(S, lanes, x + j + L);
            s01 = v.fma(DoubleVector.fromArray(S, a, at + j + L), s01);
            s11 = v.fma(DoubleVector.fromArray(S, a, b + j + L), s11);
            s21 = v.fma(DoubleVector.fromArray(S, a, c + j + L), s21);
            s31 = v.fma(DoubleVector.fromArray(S, a, d + j + L), s31);
        }
        if (j + 2 * L < width) {
            DoubleVector v = DoubleVector.fromArray(S, lanes, x + j + 2 * L);
            s02 = v.fma(DoubleVector.fromArray(S, a, at + j + 2 * L), s02);
            s12 = v.fma(DoubleVector.fromArray(S, a, b + j + 2 * L), s12);
            s22 = v.fma(DoubleVector.fromArray(S, a, c + j + 2 * L), s22);
            s32 = v.fma(DoubleVector.fromArray(S, a, d + j + 2 * L), s32);
        }
        DoubleVector tail = DoubleVector.fromArray(S, lanes, x + width);
        DoubleVector t0 = DoubleVector.fromArray(S, a, at + width);
        DoubleVector t1 = DoubleVector.fromArray(S, a, b + width);
        DoubleVector t2 = DoubleVector.fromArray(S, a, c + width);
        DoubleVector t3 = DoubleVector.fromArray(S, a, d + width);
        if (j == width) {
            s00 = s00.blend(tail.fma(t0, s00), TAIL);
            s10 = s10.blend(tail.fma(t1, s10), TAIL);
            s20 = s20.blend(tail.fma(t2, s20), TAIL);
            s30 = s30.blend(tail.fma(t3, s30), TAIL);
        } else if (j + L == width) {
            s01 = s01.blend(tail.fma(t0, s01), TAIL);
            s11 = s11.blend(tail.fma(t1, s11), TAIL);
            s21 = s21.blend(tail.fma(t2, s21), TAIL);
            s31 = s31.blend(tail.fma(t3, s31), TAIL);
        } else if (j + 2 * L == width) {
            s02 = s02.blend(tail.fma(t0, s02), TAIL);
            s12 = s12.blend(tail.fma(t1, s12), TAIL);
            s22 = s22.blend(tail.fma(t2, s22), TAIL);
            s32 = s32.blend(tail.fma(t3, s32), TAIL);
        } else {
            s03 = s03.blend(tail.fma(t0, s03), TAIL);
            s13 = s13.blend(tail.fma(t1, s13), TAIL);
            s23 = s23.blend(tail.fma(t2, s23), TAIL);
            s33 = s33.blend(tail.fma(t3, s33), TAIL);
        }
        s00.add(s02).add(s01.add(s03)).intoArray(lanes, lane);
        s10.add(s12).add(s11.add(s13)).intoArray(lanes, lane + L);
        s20.add(s22).add(s21.add(s23)).intoArray(lanes, lane + 2 * L);
        s30.add(s32).add(s31.add(s33)).intoArray(lanes, lane + 3 * L);
    }

    /** Eight times eight accumulators, folded 8, 4, 2, 1, of rows at distances 4, 2 and 1 side by side. */
    private static void fold(double[] lanes, double[] y, int yOff) {
        DoubleVector s0 = DoubleVector.fromArray(S, lanes, 0);
        DoubleVector s1 = DoubleVector.fromArray(S, lanes, L);
        DoubleVector s2 = DoubleVector.fromArray(S, lanes, 2 * L);
        DoubleVector s3 = DoubleVector.fromArray(S, lanes, 3 * L);
        DoubleVector s4 = DoubleVector.fromArray(S, lanes, 4 * L);
        DoubleVector s5 = DoubleVector.fromArray(S, lanes, 5 * L);
        DoubleVector s6 = DoubleVector.fromArray(S, lanes, 6 * L);
        DoubleVector s7 = DoubleVector.fromArray(S, lanes, 7 * L);
        DoubleVector u0 = s0.blend(s4.rearrange(Transpose.SWAP4), Transpose.ODD4)
                .add(s0.rearrange(Transpose.SWAP4).blend(s4, Transpose.ODD4));
        DoubleVector u1 = s1.blend(s5.rearrange(Transpose.SWAP4), Transpose.ODD4)
                .add(s1.rearrange(Transpose.SWAP4).blend(s5, Transpose.ODD4));
        DoubleVector u2 = s2.blend(s6.rearrange(Transpose.SWAP4), Transpose.ODD4)
                .add(s2.rearrange(Transpose.SWAP4).blend(s6, Transpose.ODD4));
        DoubleVector u3 = s3.blend(s7.rearrange(Transpose.SWAP4), Transpose.ODD4)
                .add(s3.rearrange(Transpose.SWAP4).blend(s7, Transpose.ODD4));
        DoubleVector v0 = u0.blend(u2.rearrange(Transpose.SWAP2), Transpose.ODD2)
                .add(u0.rearrange(Transpose.SWAP2).blend(u2, Transpose.ODD2));
        DoubleVector v1 = u1.blend(u3.rearrange(Transpose.SWAP2), Transpose.ODD2)
                .add(u1.rearrange(Transpose.SWAP2).blend(u3, Transpose.ODD2));
        DoubleVector t0 = v0.blend(v1.rearrange(Transpose.SWAP1), Transpose.ODD1)
                .add(v0.rearrange(Transpose.SWAP1).blend(v1, Transpose.ODD1));
        t0.intoArray(y, yOff);
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
            lanes[lane] = fma(a[at + j], x[xOff + j], lanes[lane]);
        }
        for (int half = WIDE / 2; half >= 8; half /= 2) {
            for (int i = 0; i < half; i += L) {
                DoubleVector.fromArray(S, lanes, from + i).add(DoubleVector.fromArray(S, lanes, from + i + half)).intoArray(lanes, from + i);
            }
        }
        return SymvScalar.fold(lanes, from);
    }
}
