package hesse.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Row-major rows turned into columns, squares of 8 x 8 in registers: neighbours at distances 1, 2 and 4 exchange halves (Eklundh,
 * IEEE Trans. Computers C-21, 1972). Vectors of fewer than eight numbers take plain loops.
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
            for (int c = 0; c < columns; c += 8) {
                int column = Math.min(c, columns - 8);
                for (int r = 0; r < rows; r += 8) {
                    int row = Math.min(r, rows - 8);
                    square(a, from + row * width + column, width, 8, d, to + column * stride + row, stride, 8);
                }
            }
            return;
        }
        if (EIGHT && rows >= 8) {
            // reads beyond the last column, of the next rows
            for (; doneRows + 8 <= rows && from + (doneRows + 7) * width + 8 <= a.length; doneRows += 8) {
                square(a, from + doneRows * width, width, 8, d, to + doneRows, stride, columns);
            }
        } else if (EIGHT && stride == rows) {
            // writes beyond the last row, into what the next columns write after it
            for (int beyond = (7 - rows) / rows + 1; doneColumns + 8 + beyond <= columns; doneColumns += 8) {
                square(a, from + doneColumns, width, rows, d, to + doneColumns * stride, stride, 8);
            }
        }
        plain(a, from, doneRows, rows, doneColumns, columns, width, d, to, stride);
    }

    /** By strips of eight columns, so that neither side jumps from line to line for long. */
    private static void plain(double[] a, int from, int fromRow, int toRow, int fromColumn, int toColumn, int width, double[] d, int to, int stride) {
        for (int strip = fromColumn; strip < toColumn; strip += 8) {
            int end = Math.min(toColumn, strip + 8);
            for (int r = fromRow; r < toRow; r++) {
                for (int c = strip; c < end; c++) {
                    d[to + c * stride + r] = a[from + r * width + c];
                }
            }
        }
    }

    /** 8 rows and columns, of which no more than {@code rows} are read and {@code columns} written. */
    private static void square(double[] a, int from, int width, int rows, double[] d, int to, int stride, int columns) {
        int last = rows - 1;
        DoubleVector r0 = DoubleVector.fromArray(S, a, from);
        DoubleVector r1 = DoubleVector.fromArray(S, a, from + Math.min(1, last) * width);
        DoubleVector r2 = DoubleVector.fromArray(S, a, from + Math.min(2, last) * width);
        DoubleVector r3 = DoubleVector.fromArray(S, a, from + Math.min(3, last) * width);
        DoubleVector r4 = DoubleVector.fromArray(S, a, from + Math.min(4, last) * width);
        DoubleVector r5 = DoubleVector.fromArray(S, a, from + Math.min(5, last) * width);
        DoubleVector r6 = DoubleVector.fromArray(S, a, from + Math.min(6, last) * width);
        DoubleVector r7 = DoubleVector.fromArray(S, a, from + Math.min(7, last) * width);
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
        t0.intoArray(d, to);
        if (columns > 1) {
            t1.intoArray(d, to + stride);
        }
        if (columns > 2) {
            t2.intoArray(d, to + 2 * stride);
        }
        if (columns > 3) {
            t3.intoArray(d, to + 3 * stride);
        }
        if (columns > 4) {
            t4.intoArray(d, to + 4 * stride);
        }
        if (columns > 5) {
            t5.intoArray(d, to + 5 * stride);
        }
        if (columns > 6) {
            t6.intoArray(d, to + 6 * stride);
        }
        if (columns > 7) {
            t7.intoArray(d, to + 7 * stride);
        }
    }
}
