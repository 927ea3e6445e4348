package hesse.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vector shape of all SIMD kernels: the machine's preferred one, or what {@code hesse.bits} narrows it to. */
final class Lanes {
    static final VectorSpecies<Double> SPECIES = species();
    static final int LENGTH = SPECIES.length();
    /** Half as long, at least 128 bits: 12 and 6 rows are a multiple of it. */
    static final VectorSpecies<Double> HALF = VectorSpecies.of(double.class, VectorShape.forBitSize(Math.max(128, SPECIES.vectorBitSize() / 2)));

    private Lanes() {}

    private static VectorSpecies<Double> species() {
        int preferred = DoubleVector.SPECIES_PREFERRED.vectorBitSize();
        int bits = switch (System.getProperty("hesse.bits", "")) {
            case "" -> preferred;
            case "128" -> 128;
            case "256" -> 256;
            case "512" -> 512;
            default -> throw new IllegalArgumentException(
                    "hesse.bits is \"" + System.getProperty("hesse.bits") + "\", expected 128, 256 or 512");
        };
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
