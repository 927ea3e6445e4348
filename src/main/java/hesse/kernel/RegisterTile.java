package hesse.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loop of all matrix products: C += A B for a block of C that stays in registers. A is packed [k][rows], B is
 * packed [k][columns]; C is row-major with a row length. Each entry is loaded, adds a_k b_k by multiply-add in the order of
 * k, and is stored.
 *
 * <p>At 512 bits the block is 12 rows by 2 vectors: 24 accumulators of 32 registers. Narrower machines have 16 registers, and
 * 6 rows by 2 vectors are used: 12 accumulators.
 */
final class RegisterTile {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;

    /** Rows of the block. */
    static final int ROWS = L >= 8 ? 12 : 6;
    /** Columns of the block. */
    static final int COLUMNS = 2 * L;

    private RegisterTile() {}

    static void update(double[] a, int aOff, double[] b, int bOff, int depth, double[] c, int cOff, int row) {
        if (L >= 8) {
            update12(a, aOff, b, bOff, depth, c, cOff, row);
        } else {
            update6(a, aOff, b, bOff, depth, c, cOff, row);
        }
    }

    private static void update12(double[] a, int aOff, double[] b, int bOff, int depth, double[] c, int cOff, int row) {
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
        DoubleVector c8a = DoubleVector.fromArray(S, c, cOff + 8 * row);
        DoubleVector c8b = DoubleVector.fromArray(S, c, cOff + 8 * row + L);
        DoubleVector c9a = DoubleVector.fromArray(S, c, cOff + 9 * row);
        DoubleVector c9b = DoubleVector.fromArray(S, c, cOff + 9 * row + L);
        DoubleVector c10a = DoubleVector.fromArray(S, c, cOff + 10 * row);
        DoubleVector c10b = DoubleVector.fromArray(S, c, cOff + 10 * row + L);
        DoubleVector c11a = DoubleVector.fromArray(S, c, cOff + 11 * row);
        DoubleVector c11b = DoubleVector.fromArray(S, c, cOff + 11 * row + L);
        for (int k = 0; k < depth; k++) {
            DoubleVector ba = DoubleVector.fromArray(S, b, bOff + k * COLUMNS);
            DoubleVector bb = DoubleVector.fromArray(S, b, bOff + k * COLUMNS + L);
            int i = aOff + k * 12;
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
            DoubleVector a8 = DoubleVector.broadcast(S, a[i + 8]);
            c8a = a8.fma(ba, c8a);
            c8b = a8.fma(bb, c8b);
            DoubleVector a9 = DoubleVector.broadcast(S, a[i + 9]);
            c9a = a9.fma(ba, c9a);
            c9b = a9.fma(bb, c9b);
            DoubleVector a10 = DoubleVector.broadcast(S, a[i + 10]);
            c10a = a10.fma(ba, c10a);
            c10b = a10.fma(bb, c10b);
            DoubleVector a11 = DoubleVector.broadcast(S, a[i + 11]);
            c11a = a11.fma(ba, c11a);
            c11b = a11.fma(bb, c11b);
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
        c8a.intoArray(c, cOff + 8 * row);
        c8b.intoArray(c, cOff + 8 * row + L);
        c9a.intoArray(c, cOff + 9 * row);
        c9b.intoArray(c, cOff + 9 * row + L);
        c10a.intoArray(c, cOff + 10 * row);
        c10b.intoArray(c, cOff + 10 * row + L);
        c11a.intoArray(c, cOff + 11 * row);
        c11b.intoArray(c, cOff + 11 * row + L);
    }

    private static void update6(double[] a, int aOff, double[] b, int bOff, int depth, double[] c, int cOff, int row) {
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
        for (int k = 0; k < depth; k++) {
            DoubleVector ba = DoubleVector.fromArray(S, b, bOff + k * COLUMNS);
            DoubleVector bb = DoubleVector.fromArray(S, b, bOff + k * COLUMNS + L);
            int i = aOff + k * 6;
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
    }
}
