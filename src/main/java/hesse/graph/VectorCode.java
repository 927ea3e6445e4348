package hesse.graph;

/**
 * How a compiled region writes an elementwise operation on vectors, its values in registers. Only operations that have
 * one become part of regions; the others run block by block.
 */
public sealed interface VectorCode {
    /** Whether it works by masks, which are slow on machines without mask registers. */
    boolean masks();

    /** A method of {@code jdk.incubator.vector.DoubleVector}, called on the first operand, the others its arguments. */
    record Method(String name) implements VectorCode {
        @Override
        public boolean masks() {
            return false;
        }
    }

    /** 1 or 0 by a comparison of two operands, a constant of {@code jdk.incubator.vector.VectorOperators}. */
    record Compare(String operator) implements VectorCode {
        @Override
        public boolean masks() {
            return true;
        }
    }

    /** Code of several instructions, written out by the emitter of regions, which has to name each of these. */
    enum Sequence implements VectorCode {
        /** The first operand as it is. */
        FIRST(false),
        SQUARE(false),
        RECIPROCAL(false),
        FNMA(false),
        INTEGER_POWER(false),
        NORMAL_DENSITY(false),
        SIGMOID_SLOPE(false),
        SECH_SQUARED(false),
        SIGMOID(true),
        SIGN(true),
        SELECT(true),
        STRONG_PRODUCT(true),
        UNLESS_INFINITE(true),
        WITHIN(true);

        private final boolean masks;

        Sequence(boolean masks) {
            this.masks = masks;
        }

        @Override
        public boolean masks() {
            return masks;
        }
    }
}
