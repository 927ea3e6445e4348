package hesse.kernel;

/** C += A B, row-major: chooses the twin. */
public final class Gemm {
    private Gemm() {}

    /** See {@link GemmScalar#multiply}: C is m x n, A is m x inner. */
    public static void multiply(double[] a, int aOff, int lda, double[] b, int bOff, int ldb, double[] c, int cOff, int ldc, int m, int n, int inner) {
        if (Vectors.on()) {
            GemmLanes.multiply(a, aOff, lda, b, bOff, ldb, c, cOff, ldc, m, n, inner);
        } else {
            GemmScalar.multiply(a, aOff, lda, b, bOff, ldb, c, cOff, ldc, m, n, inner);
        }
    }
}
