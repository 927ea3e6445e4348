package hesse.kernel;

import hesse.kernel.machine.Vectors;

/** C += A B and C += A'B, row-major with row lengths: chooses the twin. C is m x n. */
public final class Gemm {
    private Gemm() {}

    /** C += A B; see {@link GemmScalar#multiply}: A is m x inner. */
    public static void multiply(Block a, Block b, Block c) {
        assert shapes(a.rows(), a.columns(), b, c);
        multiply(Vectors.on(), a.data(), a.start(), a.stride(), 1, b.data(), b.start(), b.stride(), c.data(), c.start(),
                c.stride(), c.rows(), c.columns(), b.rows());
    }

    /** C += A'B; A is inner x m. */
    public static void multiplyTransposed(Block a, Block b, Block c) {
        assert shapes(a.columns(), a.rows(), b, c);
        multiply(Vectors.on(), a.data(), a.start(), 1, a.stride(), b.data(), b.start(), b.stride(), c.data(), c.start(),
                c.stride(), c.rows(), c.columns(), b.rows());
    }

    private static boolean shapes(int m, int inner, Block b, Block c) {
        return m == c.rows() && inner == b.rows() && b.columns() == c.columns();
    }

    /** The same by the twin that is asked for, of what lies in an arena. */
    public static void multiplyTransposed(boolean simd, double[] a, int aOff, int lda, double[] b, int bOff, int ldb,
            double[] c, int cOff, int ldc, int m, int n, int inner) {
        multiply(simd, a, aOff, 1, lda, b, bOff, ldb, c, cOff, ldc, m, n, inner);
    }

    /** C += A B by the twin that is asked for, (i, k) of A at {@code aOff + i aRow + k aColumn}. */
    public static void multiply(boolean simd, double[] a, int aOff, int aRow, int aColumn, double[] b, int bOff,
            int ldb, double[] c, int cOff, int ldc, int m, int n, int inner) {
        multiply(simd, a, aOff, aRow, aColumn, b, bOff, ldb, 1, c, cOff, ldc, m, n, inner);
    }

    /** The same, and (k, j) of B at {@code bOff + k bRow + j bColumn}. */
    public static void multiply(boolean simd, double[] a, int aOff, int aRow, int aColumn, double[] b, int bOff,
            int bRow, int bColumn, double[] c, int cOff, int ldc, int m, int n, int inner) {
        if (simd && Vectors.on()) {
            GemmLanes.multiply(a, aOff, aRow, aColumn, b, bOff, bRow, bColumn, c, cOff, ldc, m, n, inner);
        } else {
            GemmScalar.multiply(a, aOff, aRow, aColumn, b, bOff, bRow, bColumn, c, cOff, ldc, m, n, inner);
        }
    }
}
