package hesse.run;

import hesse.kernel.Vectors;

/** What the matrix kernels run on. */
public final class Kernels {
    private Kernels() {}

    /** In a few words: vectors of how many bits, or why plain loops. */
    public static String description() {
        return Vectors.BITS > 0 ? Vectors.REASON : "plain loops (" + Vectors.REASON + ")";
    }
}
