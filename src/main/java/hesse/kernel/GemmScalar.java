package hesse.kernel;

/** Reference of {@link GemmLanes}: C += A B, row-major with row lengths; entry (i, j) adds fma(a_ik, b_kj, c_ij), k in order. */
final class GemmScalar {
    private GemmScalar() {}

    static void multiply(double[] a, int aOff, int lda, double[] b, int bOff, int ldb, double[] c, int cOff, int ldc, int m, int n, int inner) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = c[cOff + i * ldc + j];
                for (int k = 0; k < inner; k++) {
                    sum = Math.fma(a[aOff + i * lda + k], b[bOff + k * ldb + j], sum);
                }
                c[cOff + i * ldc + j] = sum;
            }
        }
    }
}
