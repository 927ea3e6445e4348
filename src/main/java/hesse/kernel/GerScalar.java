package hesse.kernel;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

/** Reference of {@link GerLanes}: the rank-one update A += u x' of a row-major matrix with a row length. */
final class GerScalar {
    private GerScalar() {}

    /** a_ij = fma(u_i, x_j, a_ij). */
    static void add(double[] a, int aOff, int lda, int rows, int columns, double[] u, int uOff, double[] x, int xOff) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                a[aOff + i * lda + j] = fma(u[uOff + i], x[xOff + j], a[aOff + i * lda + j]);
            }
        }
    }
}
