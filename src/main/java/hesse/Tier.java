package hesse;

/** How a function runs. All tiers give the same bits. */
public enum Tier {
    /** Hesse chooses. */
    AUTO,
    /** One number at a time: the reference, always there. */
    SCALAR,
    /** One SIMD loop an operation over blocks of rows; not part of this version, {@link #SCALAR} runs instead. */
    LANES,
    /** Compiled regions; not part of this version, {@link #SCALAR} runs instead. */
    FUSED
}
