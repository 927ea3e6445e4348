package hesse.kernel.machine;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * Sizes that fit a machine: they change speed, never bits. The defaults, the only table of them, were measured on AMD
 * EPYC (Zen 5, vectors of 512 bits, {@code results/experiments}); {@code hesse tune} measures others, and the system
 * property {@code hesse.tuning} names a properties file with them.
 */
public enum Tuning {
    /** Rows of the panels that a product packs at a time. */
    PRODUCT_DEPTH(384, 32, 4096, 1),
    /** Columns of the left panel that stay in the second-level cache. */
    PRODUCT_BAND(240, 48, 4800, 48),
    /** Rows of a Cholesky factor that are updated at a time. */
    FACTOR_BAND(480, 48, 4800, 48),
    /**
     * Numbers of a symmetric matrix from which its product with a vector takes rows by pairs: never, since what gains a
     * tenth from memory on Zen 5 takes twice as long on Zen 4.
     */
    SYMV_PAIRS(Integer.MAX_VALUE, 1, Integer.MAX_VALUE, 1),
    /** Numbers in the arena of a block of rows. */
    BLOCK_NUMBERS(32_768, 1024, 1 << 20, 1),
    /** Rows of a block at most; a power of two. */
    BLOCK_ROWS(128, 8, 128, 1),
    /** The same where compiled regions run over it, which touch more of the arena at a time; measured on Intel Xeon. */
    REGION_ROWS(64, 8, 128, 1),
    /**
     * Operations of a compiled region: fewer pass more values through memory, more C2 may refuse; measured on AMD EPYC
     * (Zen 4).
     */
    REGION_OPERATIONS(200, 10, 300, 1),
    /** Multiply-adds of a product from which it runs on threads. */
    PARALLEL_PRODUCT(20_000_000, 1, Integer.MAX_VALUE, 1),
    /** Rows of a matrix from which its factorisation does. */
    PARALLEL_FACTOR(768, 96, Integer.MAX_VALUE, 1),
    /** Scalar operations of a sum or stack of rows from which it does: about a millisecond. */
    PARALLEL_ROWS(3_000_000, 1, Integer.MAX_VALUE, 1);

    private static final int[] VALUES = Arrays.stream(values()).mapToInt(tuning -> tuning.standard).toArray();
    /** Why not all of the file holds; null where it does. */
    private static final String PROBLEM = read(System.getProperty("hesse.tuning"));

    private final int standard;
    private final int least;
    private final int most;
    private final int step;

    Tuning(int standard, int least, int most, int step) {
        this.standard = standard;
        this.least = least;
        this.most = most;
        this.step = step;
    }

    /** The name in a file, as product.depth. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** What holds in this JVM. */
    public int value() {
        return VALUES[ordinal()];
    }

    /**
     * To be called where the library is entered, also for the other system properties.
     *
     * @throws IllegalArgumentException where {@code hesse.tuning} names a file that cannot be read or holds what is not
     *     allowed, or as {@link Configuration#require}
     */
    public static void require() {
        Configuration.require();
        if (PROBLEM != null) {
            throw new IllegalArgumentException(PROBLEM);
        }
    }

    private boolean allows(int value) {
        return value >= least && value <= most && value % step == 0
                && (!isPowerOfTwo() || Integer.bitCount(value) == 1);
    }

    private String expected() {
        return "expected a whole number from " + least + " to " + most
                + (step > 1 ? ", a multiple of " + step : isPowerOfTwo() ? ", a power of two" : "");
    }

    private boolean isPowerOfTwo() {
        return this == BLOCK_ROWS || this == REGION_ROWS;
    }

    /**
     * Takes the values of a file, or tells what is wrong with it: an error here would leave the class unloaded for
     * good.
     */
    private static String read(String file) {
        if (file == null) {
            return null;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file))) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            return "hesse.tuning: " + file + " cannot be read: " + e;
        }
        for (String key : properties.stringPropertyNames()) {
            Tuning tuning = Arrays.stream(values()).filter(known -> known.key().equals(key)).findFirst().orElse(null);
            String text = properties.getProperty(key).strip();
            if (tuning == null) {
                return "hesse.tuning: " + file + " has \"" + key + "\", known are "
                        + Arrays.stream(values()).map(Tuning::key).collect(Collectors.joining(" "));
            }
            int value;
            try {
                value = Integer.parseInt(text);
            } catch (NumberFormatException e) {
                value = 0;
            }
            if (!tuning.allows(value)) {
                return "hesse.tuning: " + key + " is \"" + text + "\" in " + file + ", " + tuning.expected();
            }
            VALUES[tuning.ordinal()] = value;
        }
        return null;
    }
}
