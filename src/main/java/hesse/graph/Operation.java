package hesse.graph;

import java.util.Arrays;
import java.util.List;

/**
 * What a node does with its operands. Sealed, so that whoever differentiates, plans or runs operations names every one
 * of them, and the compiler tells where a new one is missing.
 */
public sealed interface Operation permits Input, Operation.Constant, Operation.Elementwise, Operation.View,
        Operation.Assemble, Operation.Permute, Operation.Broadcast, Operation.Sum, Operation.Largest,
        Operation.Product {

    /** A leaf with known entries. */
    record Constant(Values values) implements Operation {}

    /**
     * Entry i of the result is a function of entry i of each operand: a row of the table {@link Op}, the only class of
     * this kind. An interface here, so that nodes can be spoken of without the rules that build nodes.
     */
    non-sealed interface Elementwise extends Operation {
        /** The number of operands. */
        int arity();

        /** The value; operands beyond the arity are ignored. */
        double value(double a, double b, double c);

        /** Whether the first two operands may change places, to the last bit. */
        boolean commutes();
    }

    /** Consecutive entries of the operand from the flat offset on, under a shape of their own; never copied. */
    record View(int offset) implements Operation {}

    /**
     * The transpose of views: zeros, and operand k copied to the flat offset {@code offsets[k]}; offsets ascend,
     * operands do not overlap.
     */
    record Assemble(int[] offsets) implements Operation {
        @Override
        public boolean equals(Object other) {
            return other instanceof Assemble(int[] others) && Arrays.equals(offsets, others);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(offsets);
        }
    }

    /** Axis k of the result is axis {@code axes.get(k)} of the operand. */
    record Permute(List<Integer> axes) implements Operation {
        /** The permutation that undoes this one. */
        public List<Integer> inverse() {
            Integer[] inverse = new Integer[axes.size()];
            for (int axis = 0; axis < inverse.length; axis++) {
                inverse[axes.get(axis)] = axis;
            }
            return List.of(inverse);
        }
    }

    /** The operand repeated to a larger shape, by NumPy's rules. */
    record Broadcast() implements Operation {}

    /** The sum along an axis, in the order of {@link SumOrder}. */
    record Sum(int axis) implements Operation {}

    /**
     * The largest entry along an axis, NaN where one is. Not differentiable: it is used as a shift on which a value
     * does not depend, under {@link Op#FINITE_OR_ZERO}.
     */
    record Largest(int axis) implements Operation {}

    /** The product of two matrices, of which either may enter transposed. */
    record Product(boolean leftTransposed, boolean rightTransposed) implements Operation {}
}
