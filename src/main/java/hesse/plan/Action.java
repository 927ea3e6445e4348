package hesse.plan;

import hesse.graph.Op;
import java.util.List;

/**
 * What a step does with its operands: an operation of the graph with all shapes resolved to counts, or a region.
 * Sealed, so that each executor names them all.
 */
public sealed interface Action {
    /**
     * Entry i of the result from entry i of each operand.
     *
     * @param strides bit k is set where operand k has as many entries as the result, else it is one number for all
     */
    record Apply(Op op, int strides) implements Action {
        private static final Apply[] ALL = new Apply[8 * Op.values().length];

        static {
            for (Op op : Op.values()) {
                for (int strides = 0; strides < 8; strides++) {
                    ALL[8 * op.ordinal() + strides] = new Apply(op, strides);
                }
            }
        }

        /** The shared record of these two. */
        static Apply of(Op op, int strides) {
            return ALL[8 * op.ordinal() + strides];
        }
    }

    /** Sums of {@code length} entries that lie {@code inner} apart. */
    record AddUp(int length, int inner) implements Action {}

    /** The largest of {@code length} entries that lie {@code inner} apart. */
    record FindLargest(int length, int inner) implements Action {}

    /**
     * A matrix product.
     *
     * @param accumulators how many each entry is summed with; see {@code SumOrder}
     */
    record Multiply(int rows, int inner, int columns, boolean leftTransposed, boolean rightTransposed, int accumulators)
            implements Action {}

    /** Entry i of the result is entry {@code sources[i]} of the operand. */
    record Take(int[] sources) implements Action {}

    /** Every entry of the result is the operand, one number. */
    record Fill() implements Action {}

    /** Zeros, and operand k, of {@code lengths[k]} entries, copied to entry {@code offsets[k]}. */
    record Copy(int[] offsets, int[] lengths) implements Action {}

    /**
     * Elementwise steps on single numbers that are compiled together, their values in registers.
     *
     * @param steps in order
     * @param stored the values that later steps, or what leaves the program, read
     */
    record Region(List<PlanStep> steps, int[] stored) implements Action {}
}
