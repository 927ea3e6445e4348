package hesse.kernel.machine;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector shape of all SIMD kernels: the machine's preferred one, or what {@code hesse.bits} narrows it to.
 *
 * <p>One shape only: where a JVM has run vectors of two, calls on a vector whose shape C2 cannot prove, as of one that
 * a loop carries, are compiled for both, and what meets behind them is boxed.
 */
public final class Lanes {
    public static final VectorSpecies<Double> SPECIES = species();
    public static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, SPECIES.vectorShape());
    public static final int LENGTH = SPECIES.length();
    /** Whether comparisons stay in registers; of masks of two lanes C2 makes objects. */
    public static final boolean MASKS = LENGTH > 2;

    private Lanes() {}

    private static VectorSpecies<Double> species() {
        int preferred = DoubleVector.SPECIES_PREFERRED.vectorBitSize();
        int bits = Configuration.BITS == 0 ? preferred : Configuration.BITS;
        return switch (Math.min(bits, preferred)) {
            case 128 -> DoubleVector.SPECIES_128;
            case 256 -> DoubleVector.SPECIES_256;
            case 512 -> DoubleVector.SPECIES_512;
            default -> DoubleVector.SPECIES_PREFERRED;
        };
    }

    static int bits() {
        return SPECIES.vectorBitSize();
    }
}
