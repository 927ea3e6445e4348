package hesse.kernel;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

/**
 * Reference of {@link GemmLanes}: C += A B, (i, k) of A at {@code i * aRow + k * aColumn} and (k, j) of B at
 * {@code k * bRow + j * bColumn}, so that both may be transposed; entry (i, j) adds fma(a_ik, b_kj, c_ij), k in order.
 */
final class GemmScalar {
    private GemmScalar() {}

    static void multiply(double[] a, int aOff, int aRow, int aColumn, double[] b, int bOff, int bRow, int bColumn,
            double[] c, int cOff, int ldc, int m, int n, int inner) {
        for (int i = 0; i < m; i++) {
            for (int k = 0; k < inner; k++) {
                double left = a[aOff + i * aRow + k * aColumn];
                for (int j = 0; j < n; j++) {
                    c[cOff + i * ldc + j] = fma(left, b[bOff + k * bRow + j * bColumn], c[cOff + i * ldc + j]);
                }
            }
        }
    }
}
