package hesse.kernel;

/** A += u x', row-major: chooses the twin. */
public final class Ger {
    private Ger() {}

    /** See {@link GerScalar#add}. */
    public static void add(double[] a, int aOff, int lda, int rows, int columns, double[] u, int uOff, double[] x, int xOff) {
        if (Vectors.on()) {
            GerLanes.add(a, aOff, lda, rows, columns, u, uOff, x, xOff);
        } else {
            GerScalar.add(a, aOff, lda, rows, columns, u, uOff, x, xOff);
        }
    }
}
