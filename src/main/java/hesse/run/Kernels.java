package hesse.run;

import hesse.kernel.machine.Configuration;
import hesse.kernel.machine.Tuning;
import hesse.kernel.machine.Vectors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What the kernels run on. */
public final class Kernels {
    private Kernels() {}

    /**
     * To be called where the library is entered.
     *
     * @throws IllegalArgumentException where a system property of the library has a value that is not allowed
     */
    public static void requireProperties() {
        Tuning.require();
    }

    /** By name, in lower case, and how many threads: what the system properties say. */
    public static String tier() {
        return Configuration.TIER;
    }

    public static int threads() {
        return Configuration.THREADS;
    }

    public static boolean onVectors() {
        return Vectors.on();
    }

    /** Whether rows and points run by blocks. */
    public static boolean inBlocks() {
        return Vectors.inBlocks();
    }

    /** By key the sizes that hold in this JVM. */
    public static Map<String, Integer> tuning() {
        return Arrays.stream(Tuning.values())
                .collect(Collectors.toMap(Tuning::key, Tuning::value, (a, b) -> a, LinkedHashMap::new));
    }

    /** In a few words: vectors of how many bits, or why plain loops. */
    public static String description() {
        return Vectors.BITS > 0 ? Vectors.REASON : "plain loops (" + Vectors.REASON + ")";
    }
}
