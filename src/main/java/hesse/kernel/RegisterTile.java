package hesse.kernel;

import hesse.kernel.machine.CacheLines;
import hesse.kernel.machine.Lanes;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loop of all matrix products: C += A'B for a block of C that stays in registers. C is row-major. A and B are
 * packed panels, [k][rows] and [k][columns], or for small symmetric products rows of the data as they are. Each entry
 * is loaded, adds a_k b_k by multiply-add in the order of k, and is stored.
 *
 * <p>The block is 8 rows by 2 vectors at 512 bits, where there are 32 registers, and 4 rows by 2 vectors on narrower
 * machines: enough accumulators to hide the latency of a multiply-add, few enough that C2 never spills one. (12 x 2 is
 * no faster; of 8 x 3 C2 spills one accumulator, which halves the speed when its place on the stack straddles two cache
 * lines.)
 */
public final class RegisterTile {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;

    /** Rows of the block. */
    public static final int ROWS = Math.max(4, L);
    /** Columns of the block. */
    public static final int COLUMNS = 2 * L;

    private RegisterTile() {}

    /** C += A B for packed panels A and B; rows of C have the length {@code row}. */
    static void update(double[] a, int aOff, double[] b, int bOff, int depth, double[] c, int cOff, int row) {
        if (ROWS == 8) {
            update8(a, aOff, ROWS, b, bOff, COLUMNS, depth, c, cOff, row);
        } else {
            update4(a, aOff, b, bOff, depth, c, cOff, row);
        }
    }

    /**
     * C += A'B for a symmetric C of one tile, of which only the lower triangle has a meaning, without packing: every
     * block of eight rows that touches it. Rows of A, of B and of the tile all have its length.
     */
    static void oneTile(double[] a, int aOff, double[] b, int bOff, int depth, double[] c, int cOff, int tile, int n) {
        for (int i = 0; i < n; i += 8) {
            int end = i + 8;
            int j = 0;
            for (; j + COLUMNS <= end; j += COLUMNS) {
                update8(a, aOff + i, tile, b, bOff + j, tile, depth, c, cOff + i * tile + j, tile);
            }
            for (; j < end; j += L) {
                update8Narrow(a, aOff + i, tile, b, bOff + j, tile, depth, c, cOff + i * tile + j, tile);
            }
        }
    }

    /**
     * C += A B for the tiles of a symmetric matrix, every block that touches the lower triangle in columns and rows
     * from (inclusive) to (exclusive). Rows of a tile are walked whole, so that C is read and written in order.
     *
     * @param right panels from {@link CacheLines#LEAD} on, where cache lines start in a large array
     * @param leftFrom row of the first panel of A, as rightFrom for B
     * @param stride steps of k from the start of a panel to that of the next; odd, so that panels written side by side
     *     do not meet in one set of the cache
     */
    public static void lower(double[] left, int leftFrom, double[] right, int rightFrom, int stride, int depth,
            double[] h, int hOff, int tile, int fromColumn, int toColumn, int fromRow, int toRow) {
        for (int column = fromColumn; column < toColumn; column += tile) {
            for (int i = Math.max(fromRow, column); i < toRow; i += ROWS) {
                int offset = hOff + Tiles.offset(i / tile, column / tile, tile) + i % tile * tile;
                int end = Math.min(column + tile, i + ROWS);
                for (int j = column; j < end; j += COLUMNS) {
                    int at = offset + j - column;
                    int a = (i - leftFrom) * stride;
                    int b = CacheLines.LEAD + (j - rightFrom) * stride;
                    if (ROWS == 8 && j + L >= i + ROWS) {
                        update8Narrow(left, a, ROWS, right, b, COLUMNS, depth, h, at, tile);
                    } else {
                        update(left, a, right, b, depth, h, at, tile);
                    }
                }
            }
        }
    }

    /** Eight rows; step k of A is at {@code aOff + k aRow}, as of B. */
    private static void update8(double[] a, int aOff, int aRow, double[] b, int bOff, int bRow, int depth,
            double[] c, int cOff, int row) {
        DoubleVector c0a = DoubleVector.fromArray(S, c, cOff);
        DoubleVector c0b = DoubleVector.fromArray(S, c, cOff + L);
        DoubleVector c1a = DoubleVector.fromArray(S, c, cOff + row);
        DoubleVector c1b = DoubleVector.fromArray(S, c, cOff + row + L);
        DoubleVector c2a = DoubleVector.fromArray(S, c, cOff + 2 * row);
        DoubleVector c2b = DoubleVector.fromArray(S, c, cOff + 2 * row + L);
        DoubleVector c3a = DoubleVector.fromArray(S, c, cOff + 3 * row);
        DoubleVector c3b = DoubleVector.fromArray(S, c, cOff + 3 * row + L);
        DoubleVector c4a = DoubleVector.fromArray(S, c, cOff + 4 * row);
        DoubleVector c4b = DoubleVector.fromArray(S, c, cOff + 4 * row + L);
        DoubleVector c5a = DoubleVector.fromArray(S, c, cOff + 5 * row);
        DoubleVector c5b = DoubleVector.fromArray(S, c, cOff + 5 * row + L);
        DoubleVector c6a = DoubleVector.fromArray(S, c, cOff + 6 * row);
        DoubleVector c6b = DoubleVector.fromArray(S, c, cOff + 6 * row + L);
        DoubleVector c7a = DoubleVector.fromArray(S, c, cOff + 7 * row);
        DoubleVector c7b = DoubleVector.fromArray(S, c, cOff + 7 * row + L);
        for (int k = 0; k < depth; k++) {
            int j = bOff + k * bRow;
            DoubleVector ba = DoubleVector.fromArray(S, b, j);
            DoubleVector bb = DoubleVector.fromArray(S, b, j + L);
            int i = aOff + k * aRow;
            DoubleVector a0 = DoubleVector.broadcast(S, a[i]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
            DoubleVector a1 = DoubleVector.broadcast(S, a[i + 1]);
            c1a = a1.fma(ba, c1a);
            c1b = a1.fma(bb, c1b);
            DoubleVector a2 = DoubleVector.broadcast(S, a[i + 2]);
            c2a = a2.fma(ba, c2a);
            c2b = a2.fma(bb, c2b);
            DoubleVector a3 = DoubleVector.broadcast(S, a[i + 3]);
            c3a = a3.fma(ba, c3a);
            c3b = a3.fma(bb, c3b);
            DoubleVector a4 = DoubleVector.broadcast(S, a[i + 4]);
            c4a = a4.fma(ba, c4a);
            c4b = a4.fma(bb, c4b);
            DoubleVector a5 = DoubleVector.broadcast(S, a[i + 5]);
            c5a = a5.fma(ba, c5a);
            c5b = a5.fma(bb, c5b);
            DoubleVector a6 = DoubleVector.broadcast(S, a[i + 6]);
            c6a = a6.fma(ba, c6a);
            c6b = a6.fma(bb, c6b);
            DoubleVector a7 = DoubleVector.broadcast(S, a[i + 7]);
            c7a = a7.fma(ba, c7a);
            c7b = a7.fma(bb, c7b);
        }
        c0a.intoArray(c, cOff);
        c0b.intoArray(c, cOff + L);
        c1a.intoArray(c, cOff + row);
        c1b.intoArray(c, cOff + row + L);
        c2a.intoArray(c, cOff + 2 * row);
        c2b.intoArray(c, cOff + 2 * row + L);
        c3a.intoArray(c, cOff + 3 * row);
        c3b.intoArray(c, cOff + 3 * row + L);
        c4a.intoArray(c, cOff + 4 * row);
        c4b.intoArray(c, cOff + 4 * row + L);
        c5a.intoArray(c, cOff + 5 * row);
        c5b.intoArray(c, cOff + 5 * row + L);
        c6a.intoArray(c, cOff + 6 * row);
        c6b.intoArray(c, cOff + 6 * row + L);
        c7a.intoArray(c, cOff + 7 * row);
        c7b.intoArray(c, cOff + 7 * row + L);
    }

    /**
     * Four rows of packed panels. Their steps are constants: at 256 bits checking the bounds of other steps cost a
     * fifth.
     */
    private static void update4(double[] a, int aOff, double[] b, int bOff, int depth, double[] c, int cOff, int row) {
        DoubleVector c0a = DoubleVector.fromArray(S, c, cOff);
        DoubleVector c0b = DoubleVector.fromArray(S, c, cOff + L);
        DoubleVector c1a = DoubleVector.fromArray(S, c, cOff + row);
        DoubleVector c1b = DoubleVector.fromArray(S, c, cOff + row + L);
        DoubleVector c2a = DoubleVector.fromArray(S, c, cOff + 2 * row);
        DoubleVector c2b = DoubleVector.fromArray(S, c, cOff + 2 * row + L);
        DoubleVector c3a = DoubleVector.fromArray(S, c, cOff + 3 * row);
        DoubleVector c3b = DoubleVector.fromArray(S, c, cOff + 3 * row + L);
        for (int k = 0; k < depth; k++) {
            int j = bOff + k * COLUMNS;
            DoubleVector ba = DoubleVector.fromArray(S, b, j);
            DoubleVector bb = DoubleVector.fromArray(S, b, j + L);
            int i = aOff + k * 4;
            DoubleVector a0 = DoubleVector.broadcast(S, a[i]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
            DoubleVector a1 = DoubleVector.broadcast(S, a[i + 1]);
            c1a = a1.fma(ba, c1a);
            c1b = a1.fma(bb, c1b);
            DoubleVector a2 = DoubleVector.broadcast(S, a[i + 2]);
            c2a = a2.fma(ba, c2a);
            c2b = a2.fma(bb, c2b);
            DoubleVector a3 = DoubleVector.broadcast(S, a[i + 3]);
            c3a = a3.fma(ba, c3a);
            c3b = a3.fma(bb, c3b);
        }
        c0a.intoArray(c, cOff);
        c0b.intoArray(c, cOff + L);
        c1a.intoArray(c, cOff + row);
        c1b.intoArray(c, cOff + row + L);
        c2a.intoArray(c, cOff + 2 * row);
        c2b.intoArray(c, cOff + 2 * row + L);
        c3a.intoArray(c, cOff + 3 * row);
        c3b.intoArray(c, cOff + 3 * row + L);
    }

    /** The first vector of the columns only: the second lies above the diagonal. */
    private static void update8Narrow(double[] a, int aOff, int aRow, double[] b, int bOff, int bRow, int depth,
            double[] c, int cOff, int row) {
        DoubleVector c0 = DoubleVector.fromArray(S, c, cOff);
        DoubleVector c1 = DoubleVector.fromArray(S, c, cOff + row);
        DoubleVector c2 = DoubleVector.fromArray(S, c, cOff + 2 * row);
        DoubleVector c3 = DoubleVector.fromArray(S, c, cOff + 3 * row);
        DoubleVector c4 = DoubleVector.fromArray(S, c, cOff + 4 * row);
        DoubleVector c5 = DoubleVector.fromArray(S, c, cOff + 5 * row);
        DoubleVector c6 = DoubleVector.fromArray(S, c, cOff + 6 * row);
        DoubleVector c7 = DoubleVector.fromArray(S, c, cOff + 7 * row);
        for (int k = 0; k < depth; k++) {
            DoubleVector bk = DoubleVector.fromArray(S, b, bOff + k * bRow);
            int i = aOff + k * aRow;
            c0 = DoubleVector.broadcast(S, a[i]).fma(bk, c0);
            c1 = DoubleVector.broadcast(S, a[i + 1]).fma(bk, c1);
            c2 = DoubleVector.broadcast(S, a[i + 2]).fma(bk, c2);
            c3 = DoubleVector.broadcast(S, a[i + 3]).fma(bk, c3);
            c4 = DoubleVector.broadcast(S, a[i + 4]).fma(bk, c4);
            c5 = DoubleVector.broadcast(S, a[i + 5]).fma(bk, c5);
            c6 = DoubleVector.broadcast(S, a[i + 6]).fma(bk, c6);
            c7 = DoubleVector.broadcast(S, a[i + 7]).fma(bk, c7);
        }
        c0.intoArray(c, cOff);
        c1.intoArray(c, cOff + row);
        c2.intoArray(c, cOff + 2 * row);
        c3.intoArray(c, cOff + 3 * row);
        c4.intoArray(c, cOff + 4 * row);
        c5.intoArray(c, cOff + 5 * row);
        c6.intoArray(c, cOff + 6 * row);
        c7.intoArray(c, cOff + 7 * row);
    }
}
