package hesse.kernel;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

import hesse.kernel.machine.CacheLines;
import hesse.kernel.machine.Lanes;
import hesse.kernel.machine.PackBuffers;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Products with a vector that read the matrix once, a few rows at a time; bits as {@link GemvScalar}. */
final class GemvLanes {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;
    private static final int ACCUMULATORS = SymvScalar.ACCUMULATORS;

    /** Rows of a transposed product whose sums stay in registers. */
    private static final int BLOCK = 32;

    private GemvLanes() {}

    /** See {@link GemvScalar#multiply}. */
    static void multiply(double[] a, int aOff, int lda, int rows, int columns, double[] x, int xOff, double[] y,
            int yOff) {
        double[] accumulators = PackBuffers.own().scratch(4 * ACCUMULATORS);
        int whole = columns / ACCUMULATORS * ACCUMULATORS;
        int i = 0;
        for (; i + 4 <= rows; i += 4) {
            int at = aOff + i * lda;
            for (int part = 0; part < ACCUMULATORS; part += L) {
                inner4(a, at + part, lda, whole, x, xOff + part, accumulators, part);
            }
            for (int r = 0; r < 4; r++) {
                y[yOff + i + r] = finish(a, at + r * lda, whole, columns, x, xOff, accumulators, r * ACCUMULATORS);
            }
        }
        for (; i < rows; i++) {
            int at = aOff + i * lda;
            for (int part = 0; part < ACCUMULATORS; part += L) {
                inner1(a, at + part, whole, x, xOff + part, accumulators, part);
            }
            y[yOff + i] = finish(a, at, whole, columns, x, xOff, accumulators, 0);
        }
    }

    /** Adds the columns behind the last whole vector, and folds. */
    private static double finish(double[] a, int at, int whole, int columns, double[] x, int xOff,
            double[] accumulators, int from) {
        for (int j = whole; j < columns; j++) {
            accumulators[from + j - whole] = fma(a[at + j], x[xOff + j], accumulators[from + j - whole]);
        }
        return SymvScalar.fold(accumulators, from);
    }

    private static void inner4(double[] a, int at, int lda, int whole, double[] x, int xOff, double[] accumulators,
            int part) {
        DoubleVector s0 = DoubleVector.zero(S);
        DoubleVector s1 = DoubleVector.zero(S);
        DoubleVector s2 = DoubleVector.zero(S);
        DoubleVector s3 = DoubleVector.zero(S);
        int b = at + lda;
        int c = b + lda;
        int d = c + lda;
        for (int j = 0; j < whole; j += ACCUMULATORS) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + j);
            s0 = v.fma(DoubleVector.fromArray(S, a, at + j), s0);
            s1 = v.fma(DoubleVector.fromArray(S, a, b + j), s1);
            s2 = v.fma(DoubleVector.fromArray(S, a, c + j), s2);
            s3 = v.fma(DoubleVector.fromArray(S, a, d + j), s3);
        }
        s0.intoArray(accumulators, part);
        s1.intoArray(accumulators, ACCUMULATORS + part);
        s2.intoArray(accumulators, 2 * ACCUMULATORS + part);
        s3.intoArray(accumulators, 3 * ACCUMULATORS + part);
    }

    private static void inner1(double[] a, int at, int whole, double[] x, int xOff, double[] accumulators, int part) {
        DoubleVector sum = DoubleVector.zero(S);
        for (int j = 0; j < whole; j += ACCUMULATORS) {
            sum = DoubleVector.fromArray(S, x, xOff + j).fma(DoubleVector.fromArray(S, a, at + j), sum);
        }
        sum.intoArray(accumulators, part);
    }

    /** See {@link GemvScalar#addTransposed}. */
    static void addTransposed(double[] a, int aOff, int lda, int rows, int columns, double[] u, int uOff, double[] y,
            int yOff) {
        int whole = columns / L * L;
        for (int i = 0; i < rows; i += BLOCK) {
            int count = Math.min(BLOCK, rows - i);
            int at = aOff + i * lda;
            boolean lines = L == 8 && columns == lda && columns % L == 0 && columns >= EightRowsLanes.LINES
                    && at % L == 0 && at >= EightRowsLanes.BEFORE
                    && at + count * lda + CacheLines.LEAD <= a.length;
            int j = lines ? addFirst(a, at - EightRowsLanes.BEFORE, lda, count, u, uOff + i, y, yOff) : 0;
            for (; j + 8 * L <= whole; j += 8 * L) {
                add8(a, at + j, lda, count, u, uOff + i, y, yOff + j);
            }
            for (; j + 4 * L <= whole; j += 4 * L) {
                add4(a, at + j, lda, count, u, uOff + i, y, yOff + j);
            }
            for (; j + 2 * L <= whole; j += 2 * L) {
                add2(a, at + j, lda, count, u, uOff + i, y, yOff + j);
            }
            for (; j + L <= whole; j += L) {
                add1(a, at + j, lda, count, u, uOff + i, y, yOff + j);
            }
        }
        if (whole < columns) {
            GemvScalar.addTransposed(a, aOff + whole, lda, rows, columns - whole, u, uOff, y, yOff + whole);
        }
    }

    /**
     * The last two and the first entries of rows, by vectors from two entries before each row on, which start at cache
     * lines where the array is large; others then do so too.
     *
     * @return the entry that is next
     */
    private static int addFirst(double[] a, int at, int row, int rows, double[] u, int uOff, double[] y, int yOff) {
        double[] ends = PackBuffers.own().scratch(L);
        int last = yOff + row - EightRowsLanes.BEFORE;
        System.arraycopy(y, last, ends, 0, EightRowsLanes.BEFORE);
        System.arraycopy(y, yOff, ends, EightRowsLanes.BEFORE, CacheLines.LEAD);
        addFirst8(a, at, row, rows, u, uOff, ends, y, yOff + CacheLines.LEAD);
        System.arraycopy(ends, 0, y, last, EightRowsLanes.BEFORE);
        System.arraycopy(ends, EightRowsLanes.BEFORE, y, yOff, CacheLines.LEAD);
        return 8 * L - EightRowsLanes.BEFORE;
    }

    private static void addFirst8(double[] a, int aOff, int row, int rows, double[] u, int uOff, double[] ends,
            double[] y, int yOff) {
        DoubleVector y0 = DoubleVector.fromArray(S, ends, 0);
        DoubleVector y1 = DoubleVector.fromArray(S, y, yOff);
        DoubleVector y2 = DoubleVector.fromArray(S, y, yOff + L);
        DoubleVector y3 = DoubleVector.fromArray(S, y, yOff + 2 * L);
        DoubleVector y4 = DoubleVector.fromArray(S, y, yOff + 3 * L);
        DoubleVector y5 = DoubleVector.fromArray(S, y, yOff + 4 * L);
        DoubleVector y6 = DoubleVector.fromArray(S, y, yOff + 5 * L);
        DoubleVector y7 = DoubleVector.fromArray(S, y, yOff + 6 * L);
        y0 = y0.blend(DoubleVector.broadcast(S, u[uOff]).fma(DoubleVector.fromArray(S, a, aOff), y0),
                EightRowsLanes.HEAD);
        for (int i = 1; i < rows; i++) {
            int at = aOff + i * row;
            DoubleVector factor = DoubleVector.broadcast(S, u[uOff + i - 1]);
            DoubleVector next = DoubleVector.broadcast(S, u[uOff + i]);
            y0 = next.blend(factor, EightRowsLanes.TAIL).fma(DoubleVector.fromArray(S, a, at), y0);
            y1 = factor.fma(DoubleVector.fromArray(S, a, at - row + L), y1);
            y2 = factor.fma(DoubleVector.fromArray(S, a, at - row + 2 * L), y2);
            y3 = factor.fma(DoubleVector.fromArray(S, a, at - row + 3 * L), y3);
            y4 = factor.fma(DoubleVector.fromArray(S, a, at - row + 4 * L), y4);
            y5 = factor.fma(DoubleVector.fromArray(S, a, at - row + 5 * L), y5);
            y6 = factor.fma(DoubleVector.fromArray(S, a, at - row + 6 * L), y6);
            y7 = factor.fma(DoubleVector.fromArray(S, a, at - row + 7 * L), y7);
        }
        int at = aOff + (rows - 1) * row;
        DoubleVector factor = DoubleVector.broadcast(S, u[uOff + rows - 1]);
        y1 = factor.fma(DoubleVector.fromArray(S, a, at + L), y1);
        y2 = factor.fma(DoubleVector.fromArray(S, a, at + 2 * L), y2);
        y3 = factor.fma(DoubleVector.fromArray(S, a, at + 3 * L), y3);
        y4 = factor.fma(DoubleVector.fromArray(S, a, at + 4 * L), y4);
        y5 = factor.fma(DoubleVector.fromArray(S, a, at + 5 * L), y5);
        y6 = factor.fma(DoubleVector.fromArray(S, a, at + 6 * L), y6);
        y7 = factor.fma(DoubleVector.fromArray(S, a, at + 7 * L), y7);
        y0 = y0.blend(factor.fma(DoubleVector.fromArray(S, a, at + row), y0), EightRowsLanes.TAIL);
        y0.intoArray(ends, 0);
        y1.intoArray(y, yOff);
        y2.intoArray(y, yOff + L);
        y3.intoArray(y, yOff + 2 * L);
        y4.intoArray(y, yOff + 3 * L);
        y5.intoArray(y, yOff + 4 * L);
        y6.intoArray(y, yOff + 5 * L);
        y7.intoArray(y, yOff + 6 * L);
    }

    /** Eight vectors of y. */
    static void add8(double[] a, int aOff, int lda, int rows, double[] u, int uOff, double[] y, int yOff) {
        DoubleVector y0 = DoubleVector.fromArray(S, y, yOff);
        DoubleVector y1 = DoubleVector.fromArray(S, y, yOff + L);
        DoubleVector y2 = DoubleVector.fromArray(S, y, yOff + 2 * L);
        DoubleVector y3 = DoubleVector.fromArray(S, y, yOff + 3 * L);
        DoubleVector y4 = DoubleVector.fromArray(S, y, yOff + 4 * L);
        DoubleVector y5 = DoubleVector.fromArray(S, y, yOff + 5 * L);
        DoubleVector y6 = DoubleVector.fromArray(S, y, yOff + 6 * L);
        DoubleVector y7 = DoubleVector.fromArray(S, y, yOff + 7 * L);
        for (int i = 0; i < rows; i++) {
            int at = aOff + i * lda;
            DoubleVector factor = DoubleVector.broadcast(S, u[uOff + i]);
            y0 = factor.fma(DoubleVector.fromArray(S, a, at), y0);
            y1 = factor.fma(DoubleVector.fromArray(S, a, at + L), y1);
            y2 = factor.fma(DoubleVector.fromArray(S, a, at + 2 * L), y2);
            y3 = factor.fma(DoubleVector.fromArray(S, a, at + 3 * L), y3);
            y4 = factor.fma(DoubleVector.fromArray(S, a, at + 4 * L), y4);
            y5 = factor.fma(DoubleVector.fromArray(S, a, at + 5 * L), y5);
            y6 = factor.fma(DoubleVector.fromArray(S, a, at + 6 * L), y6);
            y7 = factor.fma(DoubleVector.fromArray(S, a, at + 7 * L), y7);
        }
        y0.intoArray(y, yOff);
        y1.intoArray(y, yOff + L);
        y2.intoArray(y, yOff + 2 * L);
        y3.intoArray(y, yOff + 3 * L);
        y4.intoArray(y, yOff + 4 * L);
        y5.intoArray(y, yOff + 5 * L);
        y6.intoArray(y, yOff + 6 * L);
        y7.intoArray(y, yOff + 7 * L);
    }

    /** Four vectors of y. */
    private static void add4(double[] a, int aOff, int lda, int rows, double[] u, int uOff, double[] y, int yOff) {
        DoubleVector y0 = DoubleVector.fromArray(S, y, yOff);
        DoubleVector y1 = DoubleVector.fromArray(S, y, yOff + L);
        DoubleVector y2 = DoubleVector.fromArray(S, y, yOff + 2 * L);
        DoubleVector y3 = DoubleVector.fromArray(S, y, yOff + 3 * L);
        for (int i = 0; i < rows; i++) {
            int at = aOff + i * lda;
            DoubleVector factor = DoubleVector.broadcast(S, u[uOff + i]);
            y0 = factor.fma(DoubleVector.fromArray(S, a, at), y0);
            y1 = factor.fma(DoubleVector.fromArray(S, a, at + L), y1);
            y2 = factor.fma(DoubleVector.fromArray(S, a, at + 2 * L), y2);
            y3 = factor.fma(DoubleVector.fromArray(S, a, at + 3 * L), y3);
        }
        y0.intoArray(y, yOff);
        y1.intoArray(y, yOff + L);
        y2.intoArray(y, yOff + 2 * L);
        y3.intoArray(y, yOff + 3 * L);
    }

    private static void add2(double[] a, int aOff, int lda, int rows, double[] u, int uOff, double[] y, int yOff) {
        DoubleVector y0 = DoubleVector.fromArray(S, y, yOff);
        DoubleVector y1 = DoubleVector.fromArray(S, y, yOff + L);
        for (int i = 0; i < rows; i++) {
            DoubleVector factor = DoubleVector.broadcast(S, u[uOff + i]);
            y0 = factor.fma(DoubleVector.fromArray(S, a, aOff + i * lda), y0);
            y1 = factor.fma(DoubleVector.fromArray(S, a, aOff + i * lda + L), y1);
        }
        y0.intoArray(y, yOff);
        y1.intoArray(y, yOff + L);
    }

    /** One vector of y. */
    static void add1(double[] a, int aOff, int lda, int rows, double[] u, int uOff, double[] y, int yOff) {
        DoubleVector sum = DoubleVector.fromArray(S, y, yOff);
        for (int i = 0; i < rows; i++) {
            sum = DoubleVector.broadcast(S, u[uOff + i]).fma(DoubleVector.fromArray(S, a, aOff + i * lda), sum);
        }
        sum.intoArray(y, yOff);
    }
}
