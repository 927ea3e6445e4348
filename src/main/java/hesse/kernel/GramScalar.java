package hesse.kernel;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

/**
 * Reference of {@link GramLanes}: H += A' diag(w) B for row-major A and B of n columns, the lower triangle into tiles.
 *
 * <p>Entry (i, j), i &gt;= j, adds fma(w_k a_ki, b_kj, h_ij) over the rows k in order, w_k a_ki rounded first. With A =
 * B this is the weighted Gram matrix; otherwise the entries above the diagonal are taken to be those below. Error: that
 * of an inner product of length rows, rows ulp of the sum of the terms' sizes.
 */
final class GramScalar {
    private GramScalar() {}

    /**
     * Adds the product to the lower triangle.
     *
     * @param w weights from wFrom on, or null for ones
     */
    static void lower(double[] a, int aFrom, double[] b, int bFrom, int rows, int n, double[] w, int wFrom,
            double[] h, int hOff, int tile) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                int index = hOff + Tiles.index(i, j, tile);
                double sum = h[index];
                for (int k = 0; k < rows; k++) {
                    double left = a[aFrom + k * n + i];
                    sum = fma(w == null ? left : w[wFrom + k] * left, b[bFrom + k * n + j], sum);
                }
                h[index] = sum;
            }
        }
    }
}
