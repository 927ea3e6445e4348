package hesse.kernel;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

import hesse.kernel.machine.PackBuffers;
import java.util.Arrays;

/**
 * Reference of {@link GemvLanes}: a row-major matrix with a row length, times a vector. Error: that of an inner
 * product.
 */
final class GemvScalar {
    private GemvScalar() {}

    /** y_i = sum_j a_ij x_j: column j into accumulator j mod 8, which start at 0, folded 8, 4, 2, 1. */
    static void multiply(double[] a, int aOff, int lda, int rows, int columns, double[] x, int xOff, double[] y,
            int yOff) {
        double[] accumulators = PackBuffers.own().scratch(SymvScalar.ACCUMULATORS);
        for (int i = 0; i < rows; i++) {
            Arrays.fill(accumulators, 0);
            for (int j = 0; j < columns; j++) {
                int k = j % SymvScalar.ACCUMULATORS;
                accumulators[k] = fma(a[aOff + i * lda + j], x[xOff + j], accumulators[k]);
            }
            y[yOff + i] = SymvScalar.fold(accumulators, 0);
        }
    }

    /** y_j adds fma(a_ij, u_i, y_j), the rows i in order. */
    static void addTransposed(double[] a, int aOff, int lda, int rows, int columns, double[] u, int uOff, double[] y,
            int yOff) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                y[yOff + j] = fma(a[aOff + i * lda + j], u[uOff + i], y[yOff + j]);
            }
        }
    }
}
