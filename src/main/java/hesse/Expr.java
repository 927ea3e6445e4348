package hesse;

import hesse.graph.Graph;
import hesse.graph.Node;
import hesse.graph.Op;
import hesse.graph.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A value of a function's body while it is written down: an array of doubles with a shape, of rank 0 for a scalar.
 * Operations build new expressions; nothing is computed until the function is evaluated.
 *
 * <p>Shapes follow NumPy: elementwise operations broadcast (aligned at the last axis; extents are equal or one of them
 * is 1), arrays are row-major. Shapes are checked here, so an error points at the line that builds the expression and
 * names both. An expression is immutable and may be used any number of times, but only inside the body it belongs to;
 * constants may be made anywhere.
 */
public final class Expr {
    private final Trace trace;
    private final Node node;

    Expr(Trace trace, Node node) {
        this.trace = trace;
        this.node = node;
    }

    Trace trace() {
        return trace;
    }

    Node node() {
        return node;
    }

    /** Applies an elementwise operation to operands of one body. */
    static Expr apply(Op op, Expr... operands) {
        return Trace.write((g, args) -> g.apply(op, args), operands);
    }

    /**
     * The same of operands that are free: where the operation reads a function of the first as its second, that is
     * added.
     */
    static Expr function(Op op, Expr... operands) {
        return op.companion() == null
                ? apply(op, operands)
                : apply(op, operands[0], apply(op.companion(), operands[0]));
    }

    /** What an operation on one operand does with the graph. */
    interface Build {
        Node apply(Graph g, Node a);
    }

    Expr build(Build operation) {
        return Trace.write((g, operands) -> operation.apply(g, operands[0]), this);
    }

    // ---- making constants and joining ----

    /** A scalar constant. */
    public static Expr constant(double value) {
        Trace trace = Trace.detached();
        return new Expr(trace, trace.graph().constant(value));
    }

    /** A vector constant; the values are copied. */
    public static Expr constant(double[] values) {
        Trace trace = Trace.detached();
        return new Expr(trace, trace.graph().constant(Shape.of(values.length), values));
    }

    /** A matrix constant; the values are copied, rows must have one length. */
    public static Expr constant(double[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        double[] values = new double[rows.length * columns];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new IllegalArgumentException("row " + i + " has " + rows[i].length
                        + " entries, row 0 has " + columns);
            }
            System.arraycopy(rows[i], 0, values, i * columns, columns);
        }
        Trace trace = Trace.detached();
        return new Expr(trace, trace.graph().constant(Shape.of(rows.length, columns), values));
    }

    /** Expressions of one shape, along a new first axis: scalars become a vector. */
    public static Expr stack(Expr... parts) {
        requireParts("stack", parts);
        for (Expr part : parts) {
            if (!part.node.shape().equals(parts[0].node.shape())) {
                throw new IllegalArgumentException("stack: shapes " + parts[0].node.shape() + " and "
                        + part.node.shape() + " differ");
            }
        }
        return join(prepend(parts.length, parts[0].node.shape()), parts);
    }

    /** Expressions one after the other along the first axis; the other extents must be equal. */
    public static Expr concat(Expr... parts) {
        requireParts("concat", parts);
        int length = 0;
        for (Expr part : parts) {
            Shape shape = part.node.shape();
            Shape first = parts[0].node.shape();
            if (shape.isScalar() || first.isScalar() || !shape.without(0).equals(first.without(0))) {
                throw new IllegalArgumentException("concat: shapes " + first + " and " + shape
                        + " do not join along the first axis" + (shape.isScalar() ? " (use stack for scalars)" : ""));
            }
            length += shape.extent(0);
        }
        return join(parts[0].node.shape().with(0, length), parts);
    }

    private static void requireParts(String what, Expr[] parts) {
        if (parts.length == 0) {
            throw new IllegalArgumentException(what + " of no expressions");
        }
    }

    private static Expr join(Shape shape, Expr[] parts) {
        return Trace.write((g, nodes) -> {
            int[] offsets = new int[nodes.length];
            for (int i = 1; i < nodes.length; i++) {
                offsets[i] = offsets[i - 1] + nodes[i - 1].size();
            }
            return g.assemble(shape, offsets, nodes);
        }, parts);
    }

    private static Shape prepend(int extent, Shape shape) {
        int[] extents = new int[shape.rank() + 1];
        extents[0] = extent;
        System.arraycopy(shape.toArray(), 0, extents, 1, shape.rank());
        return Shape.of(extents);
    }

    // ---- shape ----

    /** The extents; empty for a scalar. */
    public int[] shape() {
        return node.shape().toArray();
    }

    /** The number of axes. */
    public int rank() {
        return node.shape().rank();
    }

    /** The number of entries. */
    public int size() {
        return node.size();
    }

    // ---- arithmetic ----

    public Expr plus(Expr other) {
        return apply(Op.ADD, this, other);
    }

    public Expr plus(double other) {
        return plus(constant(other));
    }

    public Expr minus(Expr other) {
        return apply(Op.SUBTRACT, this, other);
    }

    public Expr minus(double other) {
        return minus(constant(other));
    }

    public Expr times(Expr other) {
        return apply(Op.MULTIPLY, this, other);
    }

    public Expr times(double other) {
        return times(constant(other));
    }

    public Expr dividedBy(Expr other) {
        return apply(Op.DIVIDE, this, other);
    }

    public Expr dividedBy(double other) {
        return dividedBy(constant(other));
    }

    public Expr negate() {
        return apply(Op.NEGATE, this);
    }

    /** 1/x. */
    public Expr reciprocal() {
        return apply(Op.RECIPROCAL, this);
    }

    /** x x. */
    public Expr square() {
        return apply(Op.SQUARE, this);
    }

    public Expr sqrt() {
        return apply(Op.SQRT, this);
    }

    /** x^exponent as a product of factors up to an exponent of 64 in size; x^0 is 1. */
    public Expr pow(int exponent) {
        return pow((double) exponent);
    }

    /** x^exponent; an integer exponent up to 64 in size is a product of factors. */
    public Expr pow(double exponent) {
        return pow(constant(exponent));
    }

    /** x^exponent. The slope by the exponent at x = 0 is its limit 0. */
    public Expr pow(Expr exponent) {
        return apply(Op.POWER, this, exponent);
    }

    // ---- parts ----

    /** Entry i along the first axis: a scalar of a vector, a row of a matrix. */
    public Expr get(int i) {
        requireRank("get(" + i + ")", 1);
        requireIndex(i, 0);
        Shape rest = node.shape().without(0);
        return build((g, a) -> g.view(a, i * rest.size(), rest));
    }

    /** Entry (i, j) of the first two axes. */
    public Expr get(int i, int j) {
        requireRank("get(" + i + ", " + j + ")", 2);
        requireIndex(i, 0);
        requireIndex(j, 1);
        return get(i).get(j);
    }

    /** Entries from (inclusive) to (exclusive) along the first axis. */
    public Expr slice(int from, int to) {
        requireRank("slice(" + from + ", " + to + ")", 1);
        int extent = node.shape().extent(0);
        if (from < 0 || to < from || to > extent) {
            throw new IllegalArgumentException("slice " + from + " to " + to + " of an axis of " + extent
                    + " entries, shape " + node.shape());
        }
        Shape shape = node.shape().with(0, to - from);
        return build((g, a) -> g.view(a, from * node.shape().inner(0), shape));
    }

    /** The same entries, row-major, under another shape; none for a scalar. */
    public Expr reshape(int... shape) {
        return build((g, a) -> g.reshape(a, Shape.of(shape)));
    }

    /** The axes in reverse order. */
    public Expr transpose() {
        List<Integer> permutation = new ArrayList<>();
        for (int axis = rank() - 1; axis >= 0; axis--) {
            permutation.add(axis);
        }
        return build((g, a) -> g.permute(a, permutation));
    }

    private void requireRank(String what, int rank) {
        if (rank() < rank) {
            throw new IllegalArgumentException(what + " needs rank " + rank + ", the shape is " + node.shape());
        }
    }

    private void requireIndex(int index, int axis) {
        int extent = node.shape().extent(axis);
        if (index < 0 || index >= extent) {
            throw new IllegalArgumentException("index " + index + " outside 0.." + (extent - 1) + " of axis " + axis
                    + ", shape " + node.shape());
        }
    }

    // ---- contractions ----

    /** The sum of all entries. */
    public Expr sum() {
        return build(Graph::sum);
    }

    /** The sums along an axis, which disappears. */
    public Expr sum(int axis) {
        requireAxis(axis);
        return build((g, a) -> g.sum(a, axis));
    }

    void requireAxis(int axis) {
        if (axis < 0 || axis >= rank()) {
            throw new IllegalArgumentException("axis " + axis + " of shape " + node.shape());
        }
    }

    /** The inner product of two vectors; of anything else {@link #matmul}. */
    public Expr dot(Expr other) {
        return matmul(other);
    }

    /**
     * The product of matrices and vectors as NumPy's {@code @}: a vector on the left is a row, on the right a column.
     */
    public Expr matmul(Expr other) {
        int left = rank();
        int right = other.rank();
        if (left < 1 || left > 2 || right < 1 || right > 2) {
            throw new IllegalArgumentException("matmul: shapes " + node.shape() + " and " + other.node.shape()
                    + ", each must have rank 1 or 2");
        }
        int inner = node.shape().extent(left - 1);
        if (inner != other.node.shape().extent(0)) {
            throw new IllegalArgumentException("matmul: shapes " + node.shape() + " and " + other.node.shape()
                    + " do not match: "
                    + inner + " columns, " + other.node.shape().extent(0) + " rows");
        }
        int[] extents = new int[left + right - 2];
        if (left == 2) {
            extents[0] = node.shape().extent(0);
        }
        if (right == 2) {
            extents[extents.length - 1] = other.node.shape().extent(1);
        }
        return Trace.write((g, operands) -> {
            Node a = left == 1 ? g.reshape(operands[0], Shape.of(1, inner)) : operands[0];
            Node b = right == 1 ? g.reshape(operands[1], Shape.of(inner, 1)) : operands[1];
            return g.reshape(g.product(a, b, false, false), Shape.of(extents));
        }, this, other);
    }

    @Override
    public String toString() {
        return "Expr" + Arrays.toString(shape());
    }
}
