package hesse;

/** How a function runs. All tiers give the same bits. */
public enum Tier {
    /**
     * Hesse chooses: {@link #SCALAR} at first; what is evaluated long enough moves to {@link #LANES} and {@link #FUSED}
     * in the background.
     */
    AUTO,
    /** One number at a time: the reference, always there. */
    SCALAR,
    /**
     * One SIMD loop an operation over blocks of rows or points, where a function has enough of them; {@link #SCALAR}
     * elsewhere.
     */
    LANES,
    /**
     * Compiled: points as straight code of plain doubles, rows and batches of points as SIMD loops over many
     * operations, whose values stay in registers. Asked for by name it runs at once, slowly until the JVM has compiled
     * it in turn.
     */
    FUSED
}
