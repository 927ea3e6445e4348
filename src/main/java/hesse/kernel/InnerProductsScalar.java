package hesse.kernel;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

import hesse.kernel.machine.PackBuffers;
import java.util.Arrays;

/**
 * Reference of {@link InnerProductsLanes}: the inner products of consecutive rows with one vector. With one accumulator
 * the sum is a chain of fma in index order from -0; with 8 or 32, all of which start at -0, entry i goes to accumulator
 * i mod their number, and they are folded 32, 16, 8, 4, 2, 1. Error: that of an inner product, width ulp of the sum of
 * the terms' sizes.
 */
final class InnerProductsScalar {
    private InnerProductsScalar() {}

    static void rows(double[] a, int aOff, int rows, int width, double[] x, int xOff, int accumulators,
            double[] y, int yOff) {
        double[] sums = PackBuffers.own().scratch(accumulators);
        for (int r = 0; r < rows; r++) {
            Arrays.fill(sums, 0, accumulators, -0.0);
            for (int j = 0; j < width; j++) {
                int k = j & accumulators - 1;
                sums[k] = fma(a[aOff + r * width + j], x[xOff + j], sums[k]);
            }
            for (int half = accumulators / 2; half > 0; half /= 2) {
                for (int k = 0; k < half; k++) {
                    sums[k] += sums[k + half];
                }
            }
            y[yOff + r] = sums[0];
        }
    }
}
