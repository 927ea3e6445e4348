package hesse.tier;

import hesse.graph.ArrayKernel;
import hesse.graph.Op;

/** Elementwise operations on blocks of one array, each by its array kernel; results may overwrite operands. */
final class BlockOperations {
    /** Where the scratch blocks start: copies of operands, and what functions are made of. */
    private final int scratch;
    private final int size;

    BlockOperations(int scratch, int size) {
        this.scratch = scratch;
        this.size = size;
    }

    /**
     * An elementwise operation of n entries, a multiple of 8, and of the block size where the operation's kernel may
     * not overwrite its operands.
     */
    void apply(Op op, double[] d, int to, int a, int b, int c, int n) {
        ArrayKernel kernel = op.array();
        if (kernel != null && kernel.overwrites()) {
            kernel.loop().run(d, to, a, b, c, n);
            return;
        }
        for (int i = 0; i < n; i += size) {
            int out = to + i;
            int x = apart(d, a + i, out, scratch);
            int y = op.arity() == 1 ? x : apart(d, b + i, out, scratch + size);
            if (kernel != null) {
                kernel.loop().run(d, out, x, y, c + i, size);
            } else {
                entries(op, d, out, x, y, c + i);
            }
        }
    }

    /** A block of an operation without an array kernel. */
    private void entries(Op op, double[] d, int to, int a, int b, int c) {
        for (int i = 0; i < size; i++) {
            d[to + i] = op.value(d[a + i], d[b + i], d[c + i]);
        }
    }

    /**
     * Where a block can be read while the result is written: in its place, or in a copy where the result overwrites it.
     */
    private int apart(double[] d, int block, int out, int copy) {
        if (Math.abs(block - out) >= size) {
            return block;
        }
        System.arraycopy(d, block, d, copy, size);
        return copy;
    }
}
