package hesse.kernel;

/** C += A B and C += A'B, row-major with row lengths: chooses the twin. C is m x n. */
public final class Gemm {
    private Gemm() {}

    /** C += A B; see {@link GemmScalar#multiply}: A is m x inner. */
    public static void multiply(double[] a, int aOff, int lda, double[] b, int bOff, int ldb, double[] c, int cOff, int ldc, int m, int n, int inner) {
        multiply(Vectors.on(), a, aOff, lda, 1, b, bOff, ldb, c, cOff, ldc, m, n, inner);
    }

    /** C += A'B; A is inner x m. */
    public static void multiplyTransposed(double[] a, int aOff, int lda, double[] b, int bOff, int ldb, double[] c, int cOff, int ldc, int m, int n, int inner) {
        multiplyTransposed(Vectors.on(), a, aOff, lda, b, bOff, ldb, c, cOff, ldc, m, n, inner);
    }

    /** The same by the twin that is asked for. */
    public static void multiplyTransposed(boolean lanes, double[] a, int aOff, int lda, double[] b, int bOff, int ldb, double[] c, int cOff, int ldc, int m, int n, int inner) {
        multiply(lanes, a, aOff, 1, lda, b, bOff, ldb, c, cOff, ldc, m, n, inner);
    }

    /** C += A B by the twin that is asked for, (i, k) of A at {@code aOff + i aRow + k aColumn}. */
    public static void multiply(boolean lanes, double[] a, int aOff, int aRow, int aColumn, double[] b, int bOff, int ldb, double[] c, int cOff, int ldc, int m, int n, int inner) {
        if (lanes && Vectors.on()) {
            GemmLanes.multiply(a, aOff, aRow, aColumn, b, bOff, ldb, c, cOff, ldc, m, n, inner);
        } else {
            GemmScalar.multiply(a, aOff, aRow, aColumn, b, bOff, ldb, c, cOff, ldc, m, n, inner);
        }
    }
}
