package hesse.kernel.machine;

/**
 * Whether the SIMD twins run, decided once: they need the module {@code jdk.incubator.vector}, a processor that
 * multiplies and adds in one instruction, and neither {@code hesse.tier=scalar} nor a JVM without its optimising
 * compiler. The scalar twins give the same bits.
 */
public final class Vectors {
    /** Bits of a vector register in use, 0 where none is. */
    public static final int BITS;
    /** Why, in a sentence. */
    public static final String REASON;

    private static final String EMULATED =
            "no fused multiply-add (FMA) on this processor, or switched off by -XX:-UseFMA; "
                    + "some fifty operations do its work, with the same results";

    static {
        int bits = 0;
        String reason;
        String warning = null;
        if (Configuration.TIER.equals("scalar")) {
            reason = "hesse.tier=scalar";
        } else if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            reason = "no module jdk.incubator.vector; pass --add-modules jdk.incubator.vector for SIMD";
            warning = "everything runs as plain loops: " + reason;
        } else if (System.getProperty("java.vm.info", "").contains("interpreted")) {
            reason = "the JVM only interprets (-Xint)";
        } else if (System.getProperty("java.vm.info", "").contains("emulated-client")) {
            reason = "the JVM runs without its optimising compiler (-XX:TieredStopAtLevel=1)";
        } else {
            bits = Lanes.bits();
            reason = "vectors of " + bits + " bits";
        }
        if (!FusedMultiplyAdd.IN_HARDWARE) {
            reason += bits > 0 ? " but for multiply-adds: " + EMULATED : "; " + EMULATED;
            warning = (warning == null ? "" : warning + "; ") + EMULATED;
        }
        if (warning != null) {
            System.getLogger("hesse").log(System.Logger.Level.WARNING, warning);
        }
        BITS = bits;
        REASON = reason;
    }

    private Vectors() {}

    /** Whether the SIMD twins run; a constant to the JIT compiler. */
    public static boolean on() {
        return inBlocks() && FusedMultiplyAdd.IN_HARDWARE;
    }

    /**
     * Whether whole-array arithmetic runs on vectors: all operations but multiply-adds that the processor does not
     * have.
     */
    public static boolean inBlocks() {
        return BITS > 0;
    }
}
