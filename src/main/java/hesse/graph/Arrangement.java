package hesse.graph;

import java.util.List;

/** Where the entries of a rearranged array come from. */
public final class Arrangement {
    private Arrangement() {}

    /** For every flat entry of a permuted array the flat entry of its operand. */
    public static int[] permuted(Shape operand, List<Integer> axes, Shape result) {
        int[] stride = new int[axes.size()];
        for (int axis = 0; axis < stride.length; axis++) {
            stride[axis] = operand.inner(axes.get(axis));
        }
        return sources(result, stride);
    }

    /** For every flat entry of a repeated array the flat entry of its operand. */
    public static int[] repeated(Shape operand, Shape result) {
        int[] stride = new int[result.rank()];
        int added = result.rank() - operand.rank();
        for (int axis = added; axis < stride.length; axis++) {
            stride[axis] = operand.extent(axis - added) == 1 ? 0 : operand.inner(axis - added);
        }
        return sources(result, stride);
    }

    /** @param stride by axis of the result how far neighbours along it lie apart in the operand */
    private static int[] sources(Shape result, int[] stride) {
        int[] sources = new int[result.size()];
        int[] index = new int[stride.length];
        int offset = 0;
        for (int i = 0; i < sources.length; i++) {
            sources[i] = offset;
            for (int axis = stride.length - 1; axis >= 0; axis--) {
                offset += stride[axis];
                if (++index[axis] < result.extent(axis)) {
                    break;
                }
                offset -= index[axis] * stride[axis];
                index[axis] = 0;
            }
        }
        return sources;
    }
}
