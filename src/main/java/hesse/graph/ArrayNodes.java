package hesse.graph;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Builds, and simplifies, the nodes that arrange and reduce arrays. */
final class ArrayNodes {
    private final NodeTable table;

    ArrayNodes(NodeTable table) {
        this.table = table;
    }

    Node view(Node a, int offset, Shape shape) {
        long end = offset + (long) shape.size();
        if (offset < 0 || end > a.size()) {
            throw new IllegalArgumentException("entries " + offset + " to " + end + " of shape " + a.shape());
        }
        if (shape.equals(a.shape())) {
            return a;
        }
        return switch (a.operation()) {
            case Operation.View(int before) -> view(a.arg(0), before + offset, shape);
            case Operation.Constant(Values values) ->
                    table.intern(new Operation.Constant(values.range(offset, offset + shape.size())), shape);
            case Operation.Broadcast _ when a.arg(0).shape().isScalar() -> broadcast(a.arg(0), shape);
            case Operation.Assemble(int[] offsets) -> {
                int piece = pieceAt(offsets, offset);
                boolean within = piece >= 0 && end <= offsets[piece] + a.arg(piece).size();
                yield within ? view(a.arg(piece), offset - offsets[piece], shape) : viewed(a, offset, shape);
            }
            case Operation.Elementwise _, Operation.Broadcast _, Operation.Permute _, Operation.Sum _,
                    Operation.Largest _, Operation.Product _, Input _ -> viewed(a, offset, shape);
        };
    }

    private Node viewed(Node a, int offset, Shape shape) {
        return table.intern(new Operation.View(offset), shape, a);
    }

    /** The last piece that starts at the offset or before, or -1. */
    private static int pieceAt(int[] offsets, int offset) {
        int found = Arrays.binarySearch(offsets, offset);
        return found >= 0 ? found : -found - 2;
    }

    Node assemble(Shape shape, int[] offsets, Node[] parts) {
        return parts.length == 1 && parts[0].size() == shape.size()
                ? view(parts[0], 0, shape)
                : table.intern(new Operation.Assemble(offsets), shape, parts);
    }

    Node permute(Node a, List<Integer> axes) {
        if (axes.equals(IntStream.range(0, axes.size()).boxed().toList())) {
            return a;
        }
        Shape shape = Shape.of(axes.stream().mapToInt(a.shape()::extent).toArray());
        return table.intern(new Operation.Permute(List.copyOf(axes)), shape, a);
    }

    Node broadcast(Node a, Shape shape) {
        if (a.shape().equals(shape)) {
            return a;
        }
        if (!shape.equals(Shape.broadcast(a.shape(), shape))) {
            throw new IllegalArgumentException("broadcast: shape " + a.shape() + " does not extend to " + shape);
        }
        return table.intern(new Operation.Broadcast(), shape, a);
    }

    Node sum(Node a, int axis) {
        return reduce(new Operation.Sum(axis), a, axis);
    }

    Node largest(Node a, int axis) {
        if (a.shape().extent(axis) == 0) {
            throw new IllegalArgumentException("the largest entry of an empty axis: shape " + a.shape());
        }
        return reduce(new Operation.Largest(axis), a, axis);
    }

    private Node reduce(Operation reduction, Node a, int axis) {
        Shape shape = a.shape().without(axis);
        return a.shape().extent(axis) == 1 ? view(a, 0, shape) : table.intern(reduction, shape, a);
    }

    /** The shape of a matrix product. */
    static Shape productShape(Node a, Node b, boolean leftTransposed, boolean rightTransposed) {
        int inner = a.shape().extent(leftTransposed ? 0 : 1);
        if (inner != b.shape().extent(rightTransposed ? 1 : 0)) {
            throw ElementwiseNodes.shapes("matrix product", a, b);
        }
        return Shape.of(a.shape().extent(leftTransposed ? 1 : 0), b.shape().extent(rightTransposed ? 0 : 1));
    }
}
