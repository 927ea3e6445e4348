package hesse.run;

import hesse.kernel.machine.Vectors;

/** Which tier is to serve a call. */
public enum Mode {
    SCALAR,
    /**
     * Scalar until so much has been computed that something faster is worth its warm-up, which happens in the
     * background.
     */
    AUTO,
    LANES,
    FUSED;

    /** Whether what runs step by step may leave a step to a kernel over lanes. */
    boolean allowsKernels() {
        return this != SCALAR && Vectors.on();
    }
}
