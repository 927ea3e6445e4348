package hesse.kernel;

import hesse.kernel.machine.Lanes;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Row-major rows turned into columns, squares of 8 x 8 in registers: neighbours at distances 1, 2 and 4 exchange halves
 * (Eklundh, IEEE Trans. Computers C-21, 1972). Vectors of fewer than eight numbers take plain loops.
 */
public final class Transpose {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final boolean EIGHT = Lanes.LENGTH == 8;
    static final VectorShuffle<Double> SWAP1 = VectorShuffle.fromOp(S, i -> i ^ 1 & Lanes.LENGTH - 1);
    static final VectorShuffle<Double> SWAP2 = VectorShuffle.fromOp(S, i -> i ^ 2 & Lanes.LENGTH - 1);
    static final VectorShuffle<Double> SWAP4 = VectorShuffle.fromOp(S, i -> i ^ 4 & Lanes.LENGTH - 1);
    static final VectorMask<Double> ODD1 = VectorMask.fromLong(S, 0b10101010);
    static final VectorMask<Double> ODD2 = VectorMask.fromLong(S, 0b11001100);
    static final VectorMask<Double> ODD4 = VectorMask.fromLong(S, 0b11110000);

    private Transpose() {}

    /** d[to + c stride + r] = a[from + r width + c] for all rows r and columns c. */
    public static void columns(double[] a, int from, int rows, int width, double[] d, int to, int stride) {
        columns(a, from, rows, width, width, d, to, stride);
    }

    /** The same of the first columns of wider rows. */
    public static void columns(double[] a, int from, int rows, int width, int columns, double[] d, int to, int stride) {
        int doneRows = 0;
        int doneColumns = 0;
        if (EIGHT && rows >= 8 && columns >= 8) {
            boolean isTall = rows >= columns;
            int length = isTall ? rows : columns;
            int across = isTall ? columns : rows;
            int alongA = isTall ? width : 1;
            int alongD = isTall ? 1 : stride;
            int last = length % 8 > 0 ? 1 : 0;
            for (int k = 0; k < across; k += 8) {
                int strip = Math.min(k, across - 8);
                int startA = from + strip * (isTall ? 1 : width);
                int startD = to + strip * (isTall ? stride : 1);
                squares(a, startA, 8 * alongA, width, 8, d, startD, 8 * alongD, stride, 8, length / 8);
                squares(a, startA + (length - 8) * alongA, 0, width, 8, d, startD + (length - 8) * alongD, 0, stride, 8,
                        last);
            }
            return;
        }
        if (EIGHT && rows >= 8) {
            // reads beyond the last column, of the next rows
            int count = Math.min(rows / 8, (a.length - from - 8 + width) / (8 * width));
            squares(a, from, 8 * width, width, 8, d, to, 8, stride, columns, count);
            doneRows = 8 * count;
        } else if (EIGHT && stride == rows) {
            // writes beyond the last row, into what the next columns write after it
            int beyond = (7 - rows) / rows + 1;
            int count = Math.max(0, columns - beyond) / 8;
            squares(a, from, 8, width, rows, d, to, 8 * stride, stride, 8, count);
            doneColumns = 8 * count;
        }
        plain(a, from, doneRows, rows, doneColumns, columns, width, d, to, stride);
    }

    /** By strips of eight columns, so that neither side jumps from line to line for long. */
    private static void plain(double[] a, int from, int fromRow, int toRow, int fromColumn, int toColumn, int width,
            double[] d, int to, int stride) {
        for (int strip = fromColumn; strip < toColumn; strip += 8) {
            int end = Math.min(toColumn, strip + 8);
            for (int r = fromRow; r < toRow; r++) {
                for (int c = strip; c < end; c++) {
                    d[to + c * stride + r] = a[from + r * width + c];
                }
            }
        }
    }

    /**
     * Squares of 8 rows and columns, of which no more than {@code rows} are read and {@code columns} written. One loop,
     * so that what they share stays in registers.
     *
     * @param stepA from square to square in a
     * @param stepD the same in d
     */
    private static void squares(double[] a, int from, int stepA, int width, int rows, double[] d, int to, int stepD,
            int stride, int columns, int count) {
        int last = rows - 1;
        int o1 = Math.min(1, last) * width;
        int o2 = Math.min(2, last) * width;
        int o3 = Math.min(3, last) * width;
        int o4 = Math.min(4, last) * width;
        int o5 = Math.min(5, last) * width;
        int o6 = Math.min(6, last) * width;
        int o7 = Math.min(7, last) * width;
        for (int k = 0; k < count; k++) {
            int i = from + k * stepA;
            int o = to + k * stepD;
            DoubleVector r0 = DoubleVector.fromArray(S, a, i);
            DoubleVector r1 = DoubleVector.fromArray(S, a, i + o1);
            DoubleVector r2 = DoubleVector.fromArray(S, a, i + o2);
            DoubleVector r3 = DoubleVector.fromArray(S, a, i + o3);
            DoubleVector r4 = DoubleVector.fromArray(S, a, i + o4);
            DoubleVector r5 = DoubleVector.fromArray(S, a, i + o5);
            DoubleVector r6 = DoubleVector.fromArray(S, a, i + o6);
            DoubleVector r7 = DoubleVector.fromArray(S, a, i + o7);
            DoubleVector p0 = r0.blend(r1.rearrange(SWAP1), ODD1);
            DoubleVector p1 = r0.rearrange(SWAP1).blend(r1, ODD1);
            DoubleVector p2 = r2.blend(r3.rearrange(SWAP1), ODD1);
            DoubleVector p3 = r2.rearrange(SWAP1).blend(r3, ODD1);
            DoubleVector p4 = r4.blend(r5.rearrange(SWAP1), ODD1);
            DoubleVector p5 = r4.rearrange(SWAP1).blend(r5, ODD1);
            DoubleVector p6 = r6.blend(r7.rearrange(SWAP1), ODD1);
            DoubleVector p7 = r6.rearrange(SWAP1).blend(r7, ODD1);
            DoubleVector q0 = p0.blend(p2.rearrange(SWAP2), ODD2);
            DoubleVector q2 = p0.rearrange(SWAP2).blend(p2, ODD2);
            DoubleVector q1 = p1.blend(p3.rearrange(SWAP2), ODD2);
            DoubleVector q3 = p1.rearrange(SWAP2).blend(p3, ODD2);
            DoubleVector q4 = p4.blend(p6.rearrange(SWAP2), ODD2);
            DoubleVector q6 = p4.rearrange(SWAP2).blend(p6, ODD2);
            DoubleVector q5 = p5.blend(p7.rearrange(SWAP2), ODD2);
            DoubleVector q7 = p5.rearrange(SWAP2).blend(p7, ODD2);
            DoubleVector t0 = q0.blend(q4.rearrange(SWAP4), ODD4);
            DoubleVector t4 = q0.rearrange(SWAP4).blend(q4, ODD4);
            DoubleVector t1 = q1.blend(q5.rearrange(SWAP4), ODD4);
            DoubleVector t5 = q1.rearrange(SWAP4).blend(q5, ODD4);
            DoubleVector t2 = q2.blend(q6.rearrange(SWAP4), ODD4);
            DoubleVector t6 = q2.rearrange(SWAP4).blend(q6, ODD4);
            DoubleVector t3 = q3.blend(q7.rearrange(SWAP4), ODD4);
            DoubleVector t7 = q3.rearrange(SWAP4).blend(q7, ODD4);
            t0.intoArray(d, o);
            if (columns > 1) {
                t1.intoArray(d, o + stride);
            }
            if (columns > 2) {
                t2.intoArray(d, o + 2 * stride);
            }
            if (columns > 3) {
                t3.intoArray(d, o + 3 * stride);
            }
            if (columns > 4) {
                t4.intoArray(d, o + 4 * stride);
            }
            if (columns > 5) {
                t5.intoArray(d, o + 5 * stride);
            }
            if (columns > 6) {
                t6.intoArray(d, o + 6 * stride);
            }
            if (columns > 7) {
                t7.intoArray(d, o + 7 * stride);
            }
        }
    }
}
