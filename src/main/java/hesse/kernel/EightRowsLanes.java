package hesse.kernel;

import hesse.kernel.machine.CacheLines;
import hesse.kernel.machine.Lanes;
import hesse.kernel.machine.PackBuffers;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner products of eight rows at a time with one vector, by vectors of eight numbers; bits as
 * {@link InnerProductsScalar}. The accumulators of eight rows fold side by side, at distances 4, 2 and 1. Long rows are
 * read from cache lines on, so that no vector straddles two ({@code results/experiments/cache-lines.md}).
 */
final class EightRowsLanes {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;
    private static final int WIDE = 32;
    /** Where the padded copy of x starts in the buffer: behind eight accumulators of eight rows. */
    private static final int COPY = 8 * L;

    /** Entries of a row from which it pays to start at cache lines. */
    static final int LINES = 8 * L;
    /** Entries before a row that share its first cache line, where the array starts as {@link CacheLines#LEAD} says. */
    static final int BEFORE = 8 - CacheLines.LEAD;
    /**
     * For a vector that starts {@link #BEFORE} entries ahead of a row, at the cache line: the lanes of the row before.
     */
    static final VectorMask<Double> TAIL = VectorMask.fromLong(S, (1 << BEFORE) - 1);
    /** The other lanes of that vector: the row's own. */
    static final VectorMask<Double> HEAD = TAIL.not();

    private EightRowsLanes() {}

    /**
     * See {@link InnerProductsScalar#rows}.
     *
     * @param rows a multiple of 8
     * @param width a multiple of 8
     * @param accumulators 8 for up to 16 entries a row, else 32
     */
    static void rows(double[] a, int aOff, int rows, int width, double[] x, int xOff, int accumulators,
            double[] y, int yOff) {
        double[] sums = PackBuffers.own().scratch(COPY + width + L);
        boolean ahead = accumulators != 8 && width >= LINES && aOff % L == 0;
        if (ahead) {
            Arrays.fill(sums, COPY, COPY + BEFORE, 0);
            System.arraycopy(x, xOff, sums, COPY + BEFORE, width);
            Arrays.fill(sums, COPY + BEFORE + width, COPY + L + width, 0);
        }
        for (int r = 0; r < rows; r += 8) {
            int at = aOff + r * width;
            if (accumulators == 8) {
                narrow(a, at, width, x, xOff, y, yOff + r);
            } else if (ahead) {
                boolean inside = at >= BEFORE && at + 8 * width <= a.length - (L - BEFORE);
                double[] from = inside ? a : PackBuffers.own().third(8 * width + L);
                if (!inside) {
                    // copied: the path that does not read ahead would run for so few rows that it stayed interpreted
                    System.arraycopy(a, at, from, BEFORE, 8 * width);
                }
                int start = inside ? at - BEFORE : 0;
                four(from, start, width, sums, COPY, true, sums, 0);
                four(from, start + 4 * width, width, sums, COPY, true, sums, 4 * L);
                fold(sums, y, yOff + r);
            } else {
                four(a, at, width, x, xOff, false, sums, 0);
                four(a, at + 4 * width, width, x, xOff, false, sums, 4 * L);
                fold(sums, y, yOff + r);
            }
        }
    }

    /**
     * Eight rows of one or two vectors of eight. Folds them itself, as {@link #fold} does: through memory would cost as
     * much as the products, and a method of eight vectors is too large to be inlined without boxing.
     */
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

    /**
     * Four rows of whole vectors of eight, whose 32 accumulators each stay in registers; writes the eight that they
     * fold to, a row behind the other.
     *
     * <p>If {@code ahead}, every row starts {@link #BEFORE} entries before its first entry, at a cache line where the
     * array is large, and x has as many zeros before it and behind it up to a whole vector. Entry i then goes to lane
     * (i + 2) mod 8 of vector floor((i - 6) / 8) mod 4 of accumulators: other places, but the same sums and the same
     * folds.
     *
     * @param at the first row's first entry that is read
     */
    private static void four(double[] a, int at, int width, double[] x, int xOff, boolean ahead, double[] sums,
            int to) {
        int b = at + width;
        int c = b + width;
        int d = c + width;
        DoubleVector zero = DoubleVector.broadcast(S, -0.0);
        DoubleVector s00 = zero;
        DoubleVector s01 = zero;
        DoubleVector s02 = zero;
        DoubleVector s03 = zero;
        DoubleVector s10 = zero;
        DoubleVector s11 = zero;
        DoubleVector s12 = zero;
        DoubleVector s13 = zero;
        DoubleVector s20 = zero;
        DoubleVector s21 = zero;
        DoubleVector s22 = zero;
        DoubleVector s23 = zero;
        DoubleVector s30 = zero;
        DoubleVector s31 = zero;
        DoubleVector s32 = zero;
        DoubleVector s33 = zero;
        int j = 0;
        if (ahead) {
            DoubleVector head = DoubleVector.fromArray(S, x, xOff);
            s03 = zero.blend(head.fma(DoubleVector.fromArray(S, a, at), zero), HEAD);
            s13 = zero.blend(head.fma(DoubleVector.fromArray(S, a, b), zero), HEAD);
            s23 = zero.blend(head.fma(DoubleVector.fromArray(S, a, c), zero), HEAD);
            s33 = zero.blend(head.fma(DoubleVector.fromArray(S, a, d), zero), HEAD);
            j = L;
        }
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
        if (ahead) {
            DoubleVector tail = DoubleVector.fromArray(S, x, xOff + width);
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
        }
        s00.add(s02).add(s01.add(s03)).intoArray(sums, to);
        s10.add(s12).add(s11.add(s13)).intoArray(sums, to + L);
        s20.add(s22).add(s21.add(s23)).intoArray(sums, to + 2 * L);
        s30.add(s32).add(s31.add(s33)).intoArray(sums, to + 3 * L);
    }

    /** Eight times eight accumulators, folded 8, 4, 2, 1, of rows at distances 4, 2 and 1 side by side. */
    private static void fold(double[] sums, double[] y, int yOff) {
        DoubleVector s0 = DoubleVector.fromArray(S, sums, 0);
        DoubleVector s1 = DoubleVector.fromArray(S, sums, L);
        DoubleVector s2 = DoubleVector.fromArray(S, sums, 2 * L);
        DoubleVector s3 = DoubleVector.fromArray(S, sums, 3 * L);
        DoubleVector s4 = DoubleVector.fromArray(S, sums, 4 * L);
        DoubleVector s5 = DoubleVector.fromArray(S, sums, 5 * L);
        DoubleVector s6 = DoubleVector.fromArray(S, sums, 6 * L);
        DoubleVector s7 = DoubleVector.fromArray(S, sums, 7 * L);
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
}
