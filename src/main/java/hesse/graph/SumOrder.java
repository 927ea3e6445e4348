package hesse.graph;

/**
 * In which order sums add, the same for every tier. Up to {@value #SHORT} terms are a chain in index order. More go to
 * {@value #LONG} accumulators, term i to accumulator i mod 32, folded 32, 16, 8, 4, 2, 1; accumulators start at -0, which
 * adds nothing, not even the sign of a zero. An inner product adds by multiply-add.
 *
 * <p>The entries of a matrix product are such inner products where the rows of the left operand lie contiguous and there is
 * one column; every other matrix product adds in index order, whatever its length, so that its columns can share lanes.
 */
public final class SumOrder {
    public static final int SHORT = 16;
    public static final int LONG = 32;

    private SumOrder() {}

    /** How many accumulators a sum of a length uses. */
    public static int accumulators(int length) {
        return length <= SHORT ? 1 : LONG;
    }

    /** How many accumulators each entry of a PRODUCT uses. */
    public static int accumulators(Node product) {
        Transposed transposed = (Transposed) product.attribute();
        Shape left = product.arg(0).shape();
        boolean contiguousRows = !transposed.left() || left.extent(1) == 1;
        boolean oneColumn = product.shape().extent(1) == 1;
        return contiguousRows && oneColumn ? accumulators(left.extent(transposed.left() ? 0 : 1)) : 1;
    }
}
