package hesse.tier;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

import hesse.graph.SumOrder;
import hesse.kernel.Arithmetic;
import hesse.kernel.Gemm;
import hesse.kernel.InnerProducts;
import hesse.plan.Action;
import java.util.Arrays;

/**
 * Sums, largest entries and matrix products of blocks, in the order of {@link SumOrder}; bits as {@link
 * ReferenceReductions}.
 */
final class BlockReductions {
    /**
     * Rows, columns and inner length from which a product with a matrix that all rows share is left to the matrix
     * kernel.
     */
    private static final int MATRIX = 4;

    private final BlockLayout layout;
    private final int[] start;
    private final int size;

    BlockReductions(BlockLayout layout) {
        this.layout = layout;
        this.start = layout.start();
        this.size = layout.size();
    }

    /** @param a slot of the operand */
    void sum(Action.AddUp sum, int count, double[] d, int to, int a) {
        for (int i = 0; i < count; i++) {
            int from = ReferenceReductions.first(i, sum.length(), sum.inner(), a);
            fold(null, d, to + i * size, from, sum.inner(), -1, 0, sum.length(), SumOrder.accumulators(sum.length()));
        }
    }

    void largest(Action.FindLargest largest, int count, double[] d, int to, int a) {
        for (int i = 0; i < count; i++) {
            int from = start[ReferenceReductions.first(i, largest.length(), largest.inner(), a)];
            int out = to + i * size;
            System.arraycopy(d, from, d, out, size);
            for (int k = 1; k < largest.length(); k++) {
                Arithmetic.max(d, out, out, from + k * largest.inner() * size, size);
            }
        }
    }

    /**
     * Inner products of the rows of a column, where it lies, with vectors that all rows share.
     *
     * @param column which one
     * @param vectors slot of the first vector
     */
    void rowsTimesVectors(Action.Multiply p, int column, Frame frame, int row, int rows, int vectors,
            int to, double[] d) {
        int width = p.inner();
        Window window = frame.window();
        for (int i = 0; i < p.rows(); i++) {
            InnerProducts.rows(window.data(column), window.from(column) + row * width, rows, width, frame.arena(),
                    vectors + i * width, p.accumulators(), d, to + i * size);
        }
    }

    /**
     * A matrix product.
     *
     * @param arena numbers that do not change with the row
     * @param a slot of the left operand
     * @param b slot of the right one
     */
    void product(Action.Multiply p, double[] arena, double[] d, int to, int a, int b) {
        boolean onlyA = layout.varies(a) && !layout.varies(b);
        boolean onlyB = layout.varies(b) && !layout.varies(a);
        if (p.accumulators() == 1 && p.inner() >= MATRIX
                && (onlyB && p.rows() >= MATRIX || onlyA && p.columns() >= MATRIX)) {
            sharedProduct(p, arena, d, to, a, b);
            return;
        }
        int strideA = p.leftTransposed() ? p.rows() : 1;
        int strideB = p.rightTransposed() ? 1 : p.columns();
        for (int i = 0; i < p.rows(); i++) {
            for (int j = 0; j < p.columns(); j++) {
                int fromA = a + (p.leftTransposed() ? i : i * p.inner());
                int fromB = b + (p.rightTransposed() ? j * p.inner() : j);
                fold(arena, d, to + (i * p.columns() + j) * size, fromA, strideA, fromB, strideB, p.inner(),
                        p.accumulators());
            }
        }
    }

    /** The product of a matrix that all rows share with one that changes: of each of its columns one with blocks. */
    private void sharedProduct(Action.Multiply p, double[] arena, double[] d, int to, int a, int b) {
        int rowA = p.leftTransposed() ? 1 : p.inner();
        int rowB = p.rightTransposed() ? 1 : p.columns();
        int columnA = p.leftTransposed() ? p.rows() : 1;
        int columnB = p.rightTransposed() ? p.inner() : 1;
        Arrays.fill(d, to, to + p.rows() * p.columns() * size, -0.0);
        for (int j = 0; layout.varies(b) && j < p.columns(); j++) {
            Gemm.multiply(true, arena, a, rowA, columnA, d, start[b + j * columnB], rowB * size, d, to + j * size,
                    p.columns() * size, p.rows(), size, p.inner());
        }
        for (int i = 0; layout.varies(a) && i < p.rows(); i++) {
            Gemm.multiply(true, arena, b, columnB, rowB, d, start[a + i * rowA], columnA * size, d,
                    to + i * p.columns() * size, size, p.columns(), size, p.inner());
        }
    }

    /** The block at {@code out} += a b for two slots. */
    private void addProduct(double[] arena, double[] d, int out, int a, int b) {
        if (layout.varies(a) && layout.varies(b)) {
            Arithmetic.fma(d, out, start[a], start[b], out, size);
        } else if (layout.varies(a)) {
            Arithmetic.addMultiple(d, out, arena[b], start[a], size);
        } else if (layout.varies(b)) {
            Arithmetic.addMultiple(d, out, arena[a], start[b], size);
        } else {
            for (int k = 0; k < size; k++) {
                d[out + k] = fma(arena[a], arena[b], d[out + k]);
            }
        }
    }

    /** The sum of slots a, or of the products of slots a and b (b &gt;= 0), a stride apart. */
    private void fold(double[] arena, double[] d, int to, int a, int strideA, int b, int strideB, int length,
            int accumulators) {
        if (length == 0) {
            Arrays.fill(d, to, to + size, 0);
        } else {
            fold(arena, d, to, a, strideA, b, strideB, length, accumulators, 0, 1, layout.scratch());
        }
    }

    /** The fold of all accumulators i with i = index mod width; blocks from {@code free} on are free. */
    private void fold(double[] arena, double[] d, int to, int a, int strideA, int b, int strideB, int length,
            int accumulators,
            int index, int width, int free) {
        if (width < accumulators) {
            fold(arena, d, to, a, strideA, b, strideB, length, accumulators, index, 2 * width, free);
            fold(arena, d, free, a, strideA, b, strideB, length, accumulators, index + width, 2 * width, free + size);
            Arithmetic.add(d, to, to, free, size);
            return;
        }
        Arrays.fill(d, to, to + size, -0.0);
        for (int k = index; k < length; k += accumulators) {
            if (b < 0) {
                Arithmetic.add(d, to, to, start[a + k * strideA], size);
            } else {
                addProduct(arena, d, to, a + k * strideA, b + k * strideB);
            }
        }
    }
}
