package hesse.kernel;

import hesse.kernel.machine.Vectors;

/** The inner products of consecutive rows with one vector, by fma in one of three orders: chooses the twin. */
public final class InnerProducts {
    private InnerProducts() {}

    /**
     * y_r = sum over i of a[aOff + r width + i] x[xOff + i]; see {@link InnerProductsScalar#rows}.
     *
     * @param accumulators 1, 8 or 32
     */
    public static void rows(double[] a, int aOff, int rows, int width, double[] x, int xOff, int accumulators,
            double[] y, int yOff) {
        if (Vectors.on()) {
            InnerProductsLanes.rows(a, aOff, rows, width, x, xOff, accumulators, y, yOff);
        } else {
            InnerProductsScalar.rows(a, aOff, rows, width, x, xOff, accumulators, y, yOff);
        }
    }
}
