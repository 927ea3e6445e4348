package hesse.kernel;

import java.util.Arrays;

/** y = H v on tiles: chooses the twin. */
public final class Symv {
    private Symv() {}

    /** See {@link SymvScalar}; y is overwritten and may not be v. */
    public static void symv(double[] h, int n, int tile, double[] v, double[] y) {
        Arrays.fill(y, 0, n, 0);
        if (Vectors.on()) {
            SymvLanes.symv(h, n, tile, v, y);
        } else {
            SymvScalar.symv(h, n, tile, v, y);
        }
    }
}
