package hesse;

/** How a function runs. All tiers give the same bits. */
public enum Tier {
    /** Hesse chooses: {@link #SCALAR} at first, {@link #LANES} for sums over rows that are evaluated long enough to repay its warm-up. */
    AUTO,
    /** One number at a time: the reference, always there. */
    SCALAR,
    /** One SIMD loop an operation over blocks of rows, where a function has enough of them; {@link #SCALAR} elsewhere. */
    LANES,
    /** Compiled regions; not part of this version, {@link #LANES} runs instead. */
    FUSED
}
