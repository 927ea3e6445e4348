package hesse.tier;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

import hesse.graph.SumOrder;
import hesse.kernel.Gemm;
import hesse.plan.Action;
import java.util.Arrays;

/**
 * Reference loops of the reductions, in the order of {@link SumOrder}, and what kernels do of them with the same bits.
 */
final class ReferenceReductions {
    /** Multiply-adds from which a matrix product by the kernel is faster than loops, its packing included. */
    private static final long KERNEL_FROM = 1_024;

    private ReferenceReductions() {}

    /** Sums along an axis: result i adds the entries {@code inner} apart. */
    static void sum(Action.AddUp r, int length, double[] d, int to, int a) {
        for (int i = 0; i < length; i++) {
            d[to + i] = sum(d, first(i, r.length(), r.inner(), a), r.inner(), r.length());
        }
    }

    /** The largest entry along an axis; NaN where one is NaN. */
    static void largest(Action.FindLargest r, int length, double[] d, int to, int a) {
        for (int i = 0; i < length; i++) {
            int from = first(i, r.length(), r.inner(), a);
            double largest = d[from];
            for (int k = 1; k < r.length(); k++) {
                largest = Math.max(largest, d[from + k * r.inner()]);
            }
            d[to + i] = largest;
        }
    }

    /** Where the first of the entries lies that reduce to result i. */
    static int first(int i, int length, int inner, int a) {
        return a + i / inner * length * inner + i % inner;
    }

    /**
     * C = op(A) op(B), each entry an inner product.
     *
     * @param simd whether the kernel may serve: where entries add in index order, which is its order
     */
    static void product(Action.Multiply p, double[] d, int to, int a, int b, boolean simd) {
        if (simd && p.accumulators() == 1 && p.inner() > 0 && (double) p.rows() * p.inner() * p.columns()
                >= KERNEL_FROM) {
            Arrays.fill(d, to, to + p.rows() * p.columns(), -0.0);
            Gemm.multiply(true, d, a, p.leftTransposed() ? 1 : p.inner(), p.leftTransposed() ? p.rows() : 1,
                    d, b, p.rightTransposed() ? 1 : p.columns(), p.rightTransposed() ? p.inner() : 1,
                    d, to, p.columns(), p.rows(), p.columns(), p.inner());
            return;
        }
        int strideA = p.leftTransposed() ? p.rows() : 1;
        int strideB = p.rightTransposed() ? 1 : p.columns();
        for (int i = 0; i < p.rows(); i++) {
            for (int j = 0; j < p.columns(); j++) {
                int fromA = a + (p.leftTransposed() ? i : i * p.inner());
                int fromB = b + (p.rightTransposed() ? j * p.inner() : j);
                d[to + i * p.columns() + j] = inner(d, fromA, strideA, fromB, strideB, p.inner(), p.accumulators());
            }
        }
    }

    private static double sum(double[] d, int from, int stride, int length) {
        return length == 0 ? 0 : sum(d, from, stride, length, 0, 1, SumOrder.accumulators(length));
    }

    /** The fold of all accumulators i with i = lane mod width. */
    private static double sum(double[] d, int from, int stride, int length, int lane, int width, int accumulators) {
        if (width < accumulators) {
            return sum(d, from, stride, length, lane, 2 * width, accumulators)
                    + sum(d, from, stride, length, lane + width, 2 * width, accumulators);
        }
        double accumulator = -0.0;
        for (int k = lane; k < length; k += accumulators) {
            accumulator += d[from + k * stride];
        }
        return accumulator;
    }

    private static double inner(double[] d, int a, int strideA, int b, int strideB, int length, int accumulators) {
        return length == 0 ? 0 : inner(d, a, strideA, b, strideB, length, 0, 1, accumulators);
    }

    private static double inner(
            double[] d, int a, int strideA, int b, int strideB, int length, int lane, int width, int accumulators) {
        if (width < accumulators) {
            return inner(d, a, strideA, b, strideB, length, lane, 2 * width, accumulators)
                    + inner(d, a, strideA, b, strideB, length, lane + width, 2 * width, accumulators);
        }
        double accumulator = -0.0;
        for (int k = lane; k < length; k += accumulators) {
            accumulator = fma(d[a + k * strideA], d[b + k * strideB], accumulator);
        }
        return accumulator;
    }
}
