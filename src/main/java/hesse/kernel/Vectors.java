package hesse.kernel;

/**
 * Whether the SIMD twins run, decided once: they need the module {@code jdk.incubator.vector}, and neither
 * {@code hesse.tier=scalar} nor a JVM without its optimising compiler. The scalar twins give the same bits.
 */
public final class Vectors {
    /** Bits of a vector register in use, 0 where the scalar twins run. */
    public static final int BITS;
    /** Why, in a sentence. */
    public static final String REASON;

    static {
        int bits = 0;
        String reason;
        if ("scalar".equalsIgnoreCase(System.getProperty("hesse.tier"))) {
            reason = "hesse.tier=scalar";
        } else if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            reason = "no module jdk.incubator.vector; pass --add-modules jdk.incubator.vector for SIMD";
            System.getLogger("hesse").log(System.Logger.Level.WARNING, "everything runs as plain loops: " + reason);
        } else if (System.getProperty("java.vm.info", "").contains("interpreted")) {
            reason = "the JVM only interprets (-Xint)";
        } else if (System.getProperty("java.vm.info", "").contains("emulated-client")) {
            reason = "the JVM runs without its optimising compiler (-XX:TieredStopAtLevel=1)";
        } else {
            bits = Lanes.bits();
            reason = "vectors of " + bits + " bits";
        }
        BITS = bits;
        REASON = reason;
    }

    private Vectors() {}

    /** Whether the SIMD twins run; a constant to the JIT compiler. */
    public static boolean on() {
        return BITS > 0;
    }
}
