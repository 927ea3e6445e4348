package hesse.kernel;

/** Reference of {@link ReflectorLanes}: what Householder's reduction does with a vector, elementwise or eight accumulators. */
final class ReflectorScalar {
    private ReflectorScalar() {}

    /**
     * The leading m rows of H: h_ij -= v_i w_j + w_i v_j, both products rounded, so that (i, j) and (j, i) stay equal. v and w
     * hold zeros from m to the end of its tile.
     */
    static void rankTwo(double[] h, int m, int tile, double[] v, double[] w) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < Math.min(m, (i / tile + 1) * tile); j++) {
                int index = Tiles.offset(i / tile, j / tile, tile) + i % tile * tile + j % tile;
                h[index] -= v[i] * w[j] + w[i] * v[j];
            }
        }
    }

    /** x -= tau (v'x) v for a row x of length m, a multiple of 8; v'x by eight accumulators, entry j to j mod 8, folded. */
    static void reflect(double[] x, int xOff, double[] v, int vOff, int m, double tau) {
        double[] lanes = new double[8];
        for (int j = 0; j < m; j++) {
            lanes[j % 8] = Math.fma(v[vOff + j], x[xOff + j], lanes[j % 8]);
        }
        double factor = -tau * SymvScalar.fold(lanes, 0);
        for (int j = 0; j < m; j++) {
            x[xOff + j] = Math.fma(factor, v[vOff + j], x[xOff + j]);
        }
    }

    /** Rotates two rows: (a, b) becomes (c a - s b, s a + c b), every product rounded. */
    static void rotate(double[] rows, int a, int b, int count, double c, double s) {
        for (int k = 0; k < count; k++) {
            double left = rows[a + k];
            double right = rows[b + k];
            rows[b + k] = s * left + c * right;
            rows[a + k] = c * left - s * right;
        }
    }
}
