package hesse;

import hesse.run.Kernels;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** The library itself: what it runs on. */
public final class Hesse {
    private static final System.Logger LOG = System.getLogger("hesse");
    private static final AtomicBoolean REFUSED = new AtomicBoolean();

    private Hesse() {}

    /**
     * What runs, and why.
     *
     * @param tier the fastest tier of this version and JVM
     * @param vectorModule whether {@code jdk.incubator.vector} is there (flag {@code --add-modules
     *     jdk.incubator.vector})
     * @param jdk the Java runtime's version
     * @param reason why this tier, in a sentence
     */
    public record Runtime(Tier tier, boolean vectorModule, String jdk, String reason) {
        @Override
        public String toString() {
            return "tier " + tier.name().toLowerCase(Locale.ROOT) + " on JDK " + jdk + ": " + reason;
        }
    }

    /** The runtime that every function of this JVM uses. */
    public static Runtime runtime() {
        Kernels.requireProperties();
        return new Runtime(
                Kernels.onVectors() ? Tier.FUSED : Kernels.inBlocks() ? Tier.LANES : Tier.SCALAR,
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
                java.lang.Runtime.version().toString(),
                Kernels.description());
    }

    /**
     * Sizes of blocks and thresholds of threads by their keys, as this JVM uses them: defaults, or those of the
     * properties file that the system property {@code hesse.tuning} names (see {@code hesse tune}). They change speed,
     * never results.
     */
    public static Map<String, Integer> tuning() {
        Kernels.requireProperties();
        return Kernels.tuning();
    }

    /** Says how long a warm-up took where somebody waited for it. */
    static void prepared(int n, long start) {
        LOG.log(System.Logger.Level.DEBUG, "a function of {0} parameters was prepared in {1} s", n,
                Math.round((System.nanoTime() - start) / 1e8) / 10.0);
    }

    /** Says once that a tier was asked for that is not there; the results are the same. */
    static void check(Settings settings) {
        boolean missing = settings.tier() == Tier.FUSED && !Kernels.onVectors() || settings.tier() == Tier.LANES
                && !Kernels.inBlocks();
        if (missing && REFUSED.compareAndSet(false, true)) {
            LOG.log(System.Logger.Level.WARNING, "tier {0} is not there, tier {1} runs, with the same results: {2}",
                    settings.tier().name().toLowerCase(Locale.ROOT), runtime().tier().name().toLowerCase(Locale.ROOT),
                    Kernels.description());
        }
    }
}
