package hesse.kernel.factor;

/** Reference of {@link RotationLanes}. */
final class RotationScalar {
    private RotationScalar() {}

    /**
     * Rotates rows of a row-major array with each other, (last - 1, last) first, (first, first + 1) last: rows (i, i +
     * 1) become (c_i a - s_i b, s_i a + c_i b), every product rounded.
     */
    static void sweep(double[] rows, int length, int first, int last, double[] c, double[] s) {
        for (int i = last - 1; i >= first; i--) {
            for (int k = i * length; k < (i + 1) * length; k++) {
                double a = rows[k];
                double b = rows[k + length];
                rows[k + length] = s[i] * a + c[i] * b;
                rows[k] = c[i] * a - s[i] * b;
            }
        }
    }
}
