package hesse.run;

import hesse.kernel.Vectors;

/** What the kernels run on. */
public final class Kernels {
    private Kernels() {}

    public static boolean onVectors() {
        return Vectors.on();
    }

    /** In a few words: vectors of how many bits, or why plain loops. */
    public static String description() {
        return Vectors.BITS > 0 ? Vectors.REASON : "plain loops (" + Vectors.REASON + ")";
    }
}
