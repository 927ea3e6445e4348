package hesse.kernel;

/** A row-major matrix, or its transpose, times a vector: chooses the twin. */
public final class Gemv {
    private Gemv() {}

    /** y = A x; see {@link GemvScalar#multiply}. */
    public static void multiply(double[] a, int aOff, int lda, int rows, int columns, double[] x, int xOff, double[] y, int yOff) {
        if (Vectors.on()) {
            GemvLanes.multiply(a, aOff, lda, rows, columns, x, xOff, y, yOff);
        } else {
            GemvScalar.multiply(a, aOff, lda, rows, columns, x, xOff, y, yOff);
        }
    }

    /** y += A'u; see {@link GemvScalar#addTransposed}. */
    public static void addTransposed(double[] a, int aOff, int lda, int rows, int columns, double[] u, int uOff, double[] y, int yOff) {
        addTransposed(Vectors.on(), a, aOff, lda, rows, columns, u, uOff, y, yOff);
    }

    /** The same by the twin that is asked for. */
    public static void addTransposed(boolean lanes, double[] a, int aOff, int lda, int rows, int columns, double[] u, int uOff, double[] y, int yOff) {
        if (lanes && Vectors.on()) {
            GemvLanes.addTransposed(a, aOff, lda, rows, columns, u, uOff, y, yOff);
        } else {
            GemvScalar.addTransposed(a, aOff, lda, rows, columns, u, uOff, y, yOff);
        }
    }
}
