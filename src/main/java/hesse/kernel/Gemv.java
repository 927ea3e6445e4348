package hesse.kernel;

import hesse.kernel.machine.Vectors;

/** A row-major matrix, or its transpose, times a vector: chooses the twin. */
public final class Gemv {
    private Gemv() {}

    /** y = A x; see {@link GemvScalar#multiply}. */
    public static void multiply(Block a, Block x, Block y) {
        assert x.columns() == a.columns() && y.columns() == a.rows()
                : a.rows() + " x " + a.columns() + ", " + x.columns() + ", " + y.columns();
        multiply(Vectors.on(), a.data(), a.start(), a.stride(), a.rows(), a.columns(), x.data(), x.start(), y.data(),
                y.start());
    }

    /** The same of vectors that start with their arrays. */
    public static void multiply(Block a, double[] x, double[] y) {
        assert x.length >= a.columns() && y.length >= a.rows()
                : a.rows() + " x " + a.columns() + ", " + x.length + ", " + y.length;
        multiply(Vectors.on(), a.data(), a.start(), a.stride(), a.rows(), a.columns(), x, 0, y, 0);
    }

    /** The same by the twin that is asked for, of what lies in an arena. */
    public static void multiply(boolean simd, double[] a, int aOff, int lda, int rows, int columns, double[] x,
            int xOff, double[] y, int yOff) {
        if (simd && Vectors.on()) {
            GemvLanes.multiply(a, aOff, lda, rows, columns, x, xOff, y, yOff);
        } else {
            GemvScalar.multiply(a, aOff, lda, rows, columns, x, xOff, y, yOff);
        }
    }

    /** y += A'u; see {@link GemvScalar#addTransposed}. */
    public static void addTransposed(Block a, Block u, Block y) {
        assert u.columns() == a.rows() && y.columns() == a.columns()
                : a.rows() + " x " + a.columns() + ", " + u.columns() + ", " + y.columns();
        addTransposed(Vectors.on(), a.data(), a.start(), a.stride(), a.rows(), a.columns(), u.data(), u.start(),
                y.data(), y.start());
    }

    /** The same of vectors that start with their arrays. */
    public static void addTransposed(Block a, double[] u, double[] y) {
        assert u.length >= a.rows() && y.length >= a.columns()
                : a.rows() + " x " + a.columns() + ", " + u.length + ", " + y.length;
        addTransposed(Vectors.on(), a.data(), a.start(), a.stride(), a.rows(), a.columns(), u, 0, y, 0);
    }

    /** The same by the twin that is asked for, of what lies in an arena. */
    public static void addTransposed(boolean simd, double[] a, int aOff, int lda, int rows, int columns, double[] u,
            int uOff, double[] y, int yOff) {
        if (simd && Vectors.on()) {
            GemvLanes.addTransposed(a, aOff, lda, rows, columns, u, uOff, y, yOff);
        } else {
            GemvScalar.addTransposed(a, aOff, lda, rows, columns, u, uOff, y, yOff);
        }
    }
}
