package hesse.run;

/** Which tier is to serve a call. */
public enum Mode {
    SCALAR,
    /**
     * Scalar until so much has been computed that something faster is worth its warm-up, which happens in the
     * background.
     */
    AUTO,
    LANES,
    FUSED
}
