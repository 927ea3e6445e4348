package hesse.kernel.machine;

import java.util.List;
import java.util.Locale;

/**
 * The system properties {@code hesse.tier}, {@code hesse.threads} and {@code hesse.bits}, read once. A value that is
 * not allowed counts as none while classes load, so that they do load, and {@link #require} refuses it at every public
 * entry, each time with the same message.
 */
public final class Configuration {
    private static final List<String> TIERS = List.of("auto", "scalar", "lanes", "fused");

    /** In lower case; auto where the property is not set. */
    public static final String TIER = choice("hesse.tier", TIERS, "auto");
    /** At least 1; all processors where the property is not set. */
    public static final int THREADS = threads();
    /** Of a vector register at most; 0 where the property is not set. */
    public static final int BITS = Integer.parseInt(choice("hesse.bits", List.of("128", "256", "512"), "0"));

    private static final String PROBLEM = problem();

    private Configuration() {}

    /**
     * To be called where the library is entered.
     *
     * @throws IllegalArgumentException where a property has a value that is not allowed, naming both and what is
     */
    public static void require() {
        if (PROBLEM != null) {
            throw new IllegalArgumentException(PROBLEM);
        }
    }

    private static String choice(String property, List<String> allowed, String standard) {
        String text = System.getProperty(property, standard).toLowerCase(Locale.ROOT);
        return allowed.contains(text) ? text : standard;
    }

    private static int threads() {
        int asked = count(System.getProperty("hesse.threads", "0"));
        return asked == 0 ? Runtime.getRuntime().availableProcessors() : asked;
    }

    /** The number in a text where it is one of at least 1, else 0. */
    private static int count(String text) {
        try {
            return Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String problem() {
        String tier = System.getProperty("hesse.tier");
        if (tier != null && !tier.toLowerCase(Locale.ROOT).equals(TIER)) {
            return "the system property hesse.tier is \"" + tier + "\", expected " + either(TIERS);
        }
        String threads = System.getProperty("hesse.threads");
        if (threads != null && count(threads) == 0) {
            return "the system property hesse.threads is \"" + threads + "\", expected a whole number from 1 to "
                    + Integer.MAX_VALUE;
        }
        String bits = System.getProperty("hesse.bits");
        if (bits != null && BITS == 0) {
            return "the system property hesse.bits is \"" + bits + "\", expected 128, 256 or 512";
        }
        return null;
    }

    private static String either(List<String> names) {
        return String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.getLast();
    }
}
