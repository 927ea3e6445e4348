package hesse.kernel.machine;

/** Where the entries of large arrays meet cache lines of 64 bytes. */
public final class CacheLines {
    /**
     * Unused entries at the start of a large array: its entries start 16 bytes behind a cache line's start, where the
     * JVM puts the array at one, as it does with what takes megabytes; what follows them starts 64 behind, and no
     * vector straddles two lines.
     */
    public static final int LEAD = 6;
    /** Numbers from which the usual collector gives an array a place of its own, at a cache line (2 MB). */
    public static final int OF_ITS_OWN = 1 << 18;

    private CacheLines() {}
}
