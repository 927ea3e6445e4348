package hesse.graph;

import java.util.List;

/** Where the entries of a rearranged array come from. */
public final class Arrangement {
    private Arrangement() {}

    /** For every flat entry of a PERMUTE or BROADCAST the flat entry of its operand. */
    public static int[] sources(Node y) {
        Shape from = y.arg(0).shape();
        int rank = y.shape().rank();
        int[] stride = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            int source = y.op() == Op.PERMUTE ? (Integer) ((List<?>) y.attribute()).get(axis) : axis - rank + from.rank();
            stride[axis] = source < 0 || from.extent(source) == 1 ? 0 : from.inner(source);
        }
        int[] sources = new int[y.size()];
        int[] index = new int[rank];
        int offset = 0;
        for (int i = 0; i < sources.length; i++) {
            sources[i] = offset;
            for (int axis = rank - 1; axis >= 0; axis--) {
                offset += stride[axis];
                if (++index[axis] < y.shape().extent(axis)) {
                    break;
                }
                offset -= index[axis] * stride[axis];
                index[axis] = 0;
            }
        }
        return sources;
    }
}
