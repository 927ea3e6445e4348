package hesse.graph;

/**
 * In which order sums add, the same for every tier. Up to {@value #CHAIN} terms are a chain in index order. Up to
 * {@value #SHORT} go to 8 accumulators, more to 32: term i to accumulator i mod their number, folded 32, 16, 8, 4, 2,
 * 1; accumulators start at -0, which adds nothing, not even the sign of a zero. An inner product adds by multiply-add.
 *
 * <p>The entries of a matrix product are such inner products where the rows of the left operand lie contiguous and
 * there is one column; every other matrix product adds in index order, whatever its length, so that its columns can
 * share lanes.
 */
public final class SumOrder {
    public static final int CHAIN = 7;
    public static final int SHORT = 16;

    private SumOrder() {}

    /** How many accumulators a sum of a length uses. */
    public static int accumulators(int length) {
        return length <= CHAIN ? 1 : length <= SHORT ? 8 : 32;
    }

    /** How many accumulators each entry of a matrix product uses. */
    public static int accumulators(Node product) {
        Operation.Product p = (Operation.Product) product.operation();
        Shape left = product.arg(0).shape();
        boolean contiguousRows = !p.leftTransposed() || left.extent(1) == 1;
        boolean oneColumn = product.shape().extent(1) == 1;
        return contiguousRows && oneColumn ? accumulators(left.extent(p.leftTransposed() ? 0 : 1)) : 1;
    }
}
