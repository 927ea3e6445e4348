package hesse;

import hesse.run.Kernels;
import hesse.run.Mode;
import java.util.Arrays;
import java.util.Locale;

/**
 * How an {@link Objective} or {@link VectorFunction} is to run. Settings never change a result's bits.
 *
 * @param tier the tier asked for
 * @param threads the largest number of threads a call may use, at least 1
 */
public record Settings(Tier tier, int threads) {
    private static final Mode[] MODES = Arrays.stream(Tier.values()).map(tier -> Mode.valueOf(tier.name()))
            .toArray(Mode[]::new);
    private static final Settings DEFAULTS = new Settings(Tier.valueOf(Kernels.tier().toUpperCase(Locale.ROOT)),
            Kernels.threads());

    public Settings {
        if (tier == null) {
            throw new IllegalArgumentException("tier is null; expected one of " + Arrays.toString(Tier.values()));
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + ", must be at least 1");
        }
    }

    /**
     * The system properties {@code hesse.tier} (auto, scalar, lanes, fused) and {@code hesse.threads}, or auto and all
     * cores.
     *
     * @throws IllegalArgumentException where one of the library's system properties has a value that is not allowed
     */
    public static Settings defaults() {
        Kernels.requireProperties();
        return DEFAULTS;
    }

    public Settings tier(Tier tier) {
        return new Settings(tier, threads);
    }

    public Settings threads(int threads) {
        return new Settings(tier, threads);
    }

    Mode mode() {
        return MODES[tier.ordinal()];
    }
}
