package hesse.diff;

import hesse.graph.Graph;
import hesse.graph.Input;
import hesse.graph.Node;
import hesse.graph.Op;
import hesse.graph.Operation;
import hesse.graph.Shape;
import java.util.function.UnaryOperator;

/**
 * Reverse mode: the adjoints u' dy/dx of leaves x for a weight u of a root y, in one sweep whatever the number of
 * leaves.
 */
public final class Reverse {
    private final Graph g;
    private final boolean[] active;
    private final boolean[] isLeaf;
    private final boolean differentiated;
    private final Saturation saturation;
    private final Adjoint[] adjoints;

    private Reverse(Graph g, boolean differentiated, boolean[] active, boolean[] isLeaf, Saturation saturation) {
        this.g = g;
        this.differentiated = differentiated;
        this.active = active;
        this.isLeaf = isLeaf;
        this.saturation = saturation;
        this.adjoints = new Adjoint[active.length];
    }

    /**
     * The adjoints of the leaves.
     *
     * @param weight the root's adjoint, of its shape
     * @return by leaf, null where the root does not depend on it
     */
    public static Node[] adjoints(Graph g, Node root, Node weight, Node... leaves) {
        return adjoints(g, false, root, weight, leaves);
    }

    /**
     * The same to be differentiated again, which differs from it in one convention: the slope of |u| is 1 where u is 0,
     * so that a Hessian is that of the smooth function which |u| is part of, be it |x|^2 at 0 or |1 - cos x|.
     */
    public static Node[] adjointsToDifferentiate(Graph g, Node root, Node weight, Node... leaves) {
        return adjoints(g, true, root, weight, leaves);
    }

    /** The same beside adjoints that are known: these themselves where no |u| is among the operations. */
    public static Node[] adjointsToDifferentiate(Graph g, Node[] adjoints, Node root, Node weight, Node... leaves) {
        boolean[] reachable = Reachable.from(g, root);
        for (int id = 0; id < reachable.length; id++) {
            if (reachable[id] && g.node(id).operation() == Op.ABS) {
                return adjointsToDifferentiate(g, root, weight, leaves);
            }
        }
        return adjoints;
    }

    private static Node[] adjoints(Graph g, boolean differentiated, Node root, Node weight, Node... leaves) {
        boolean[] reachable = Reachable.from(g, root);
        boolean[] active = Reachable.active(g, reachable, leaves);
        boolean[] isLeaf = new boolean[active.length];
        for (Node leaf : leaves) {
            if (leaf.id() < isLeaf.length) {
                isLeaf[leaf.id()] = true;
            }
        }
        Reverse reverse = new Reverse(g, differentiated, active, isLeaf, Saturation.below(g, reachable));
        if (active[root.id()]) {
            reverse.contribute(root, weight, null);
        }
        for (int id = active.length - 1; id >= 0; id--) {
            Adjoint adjoint = reverse.adjoints[id];
            if (adjoint != null) {
                adjoint.assemble(isLeaf[id]);
                if (!isLeaf[id]) {
                    reverse.propagate(g.node(id), adjoint);
                    reverse.adjoints[id] = null;
                }
            }
        }
        Node[] result = new Node[leaves.length];
        for (int i = 0; i < leaves.length; i++) {
            Adjoint adjoint = leaves[i].id() < active.length ? reverse.adjoints[leaves[i].id()] : null;
            result[i] = adjoint == null ? null : adjoint.gated();
        }
        return result;
    }

    private Adjoint of(Node node) {
        Adjoint adjoint = adjoints[node.id()];
        if (adjoint == null) {
            adjoint = adjoints[node.id()] = new Adjoint(g, node.shape());
        }
        return adjoint;
    }

    private void contribute(Node node, Node value, Node mask) {
        if (active[node.id()] && !value.isZero()) {
            of(node).add(value, mask);
        }
    }

    private void propagate(Node y, Adjoint adjoint) {
        Node mask = adjoint.mask();
        switch (y.operation()) {
            case Operation.Elementwise _ -> elementwise(y, adjoint);
            case Operation.Product p -> product(y, p, adjoint);
            case Operation.View(int offset) -> {
                if (active[y.arg(0).id()] && !adjoint.value().isZero()) {
                    of(y.arg(0)).addPiece(offset, adjoint.value(), mask);
                }
            }
            case Operation.Assemble(int[] offsets) -> {
                for (int i = 0; i < offsets.length; i++) {
                    Node part = y.arg(i);
                    int offset = offsets[i];
                    linear(part, adjoint.value(), mask, weight -> g.view(weight, offset, part.shape()));
                }
            }
            case Operation.Broadcast _ ->
                    linear(y.arg(0), adjoint.gated(), mask, weight -> sumTo(weight, y.arg(0).shape()));
            case Operation.Permute p ->
                    linear(y.arg(0), adjoint.value(), mask, weight -> g.permute(weight, p.inverse()));
            case Operation.Sum(int axis) ->
                    linear(y.arg(0), adjoint.value(), mask, weight -> repeated(weight, y.arg(0).shape(), axis));
            case Input _, Operation.Constant _, Operation.Largest _ -> { }
        }
    }

    private void elementwise(Node y, Adjoint adjoint) {
        PowerOfRoot power = PowerOfRoot.of(y);
        for (int i = 0; power != null && i < power.operands().size(); i++) {
            PowerOfRoot.Base operand = power.operands().get(i);
            if (active[operand.node().id()]) {
                Node value = g.multiply(adjoint.value(), operand.slope(g));
                contribute(y, operand.node(), saturation.adjoint(y, 0, adjoint.value(), value), adjoint.mask());
            }
        }
        for (int i = power == null ? 0 : 2; i < y.args().length; i++) {
            Op.Slope slope = Op.of(y).slope(i);
            if (slope != null && active[y.arg(i).id()]) {
                Node gate = Op.gate(g, y, i);
                Node mask = gate == null ? adjoint.mask() : adjoint.mask() == null ? gate
                        : g.multiply(adjoint.mask(), gate);
                Node value = differentiated && y.operation() == Op.ABS
                        ? g.multiply(adjoint.value(), Op.unitSign(g, y.arg(0)))
                        : slope.apply(g, y, adjoint.value());
                contribute(y, y.arg(i), saturation.adjoint(y, i, adjoint.value(), value), mask);
            }
        }
    }

    /** What an elementwise y passes on to an operand, which may be one number for all entries. */
    private void contribute(Node y, Node operand, Node contribution, Node mask) {
        Node value = g.broadcast(contribution, y.shape());
        if (operand.shape().isScalar() && !y.shape().isScalar()) {
            boolean array = mask != null && !mask.shape().isScalar();
            contribute(operand, Accumulation.sum(g, array ? Accumulation.gated(g, value, mask) : value), array
                    ? g.sum(mask) : mask);
        } else {
            contribute(operand, value, mask);
        }
    }

    /** C = A B gives dA = dC B' and dB = A' dC, with the transpositions of the operands carried along. */
    private void product(Node y, Operation.Product p, Adjoint adjoint) {
        Node a = y.arg(0);
        Node b = y.arg(1);
        Factors forA = factors(b, adjoint, a);
        Factors forB = factors(a, adjoint, b);
        if (active[a.id()]) {
            contribute(a, p.leftTransposed()
                    ? g.product(forA.other, forA.weight, p.rightTransposed(), true)
                    : g.product(forA.weight, forA.other, false, !p.rightTransposed()), forA.gate);
        }
        if (active[b.id()]) {
            contribute(b, p.rightTransposed()
                    ? g.product(forB.weight, forB.other, true, p.leftTransposed())
                    : g.product(forB.other, forB.weight, !p.leftTransposed(), false), forB.gate);
        }
    }

    /** The factors of an operand's adjoint, the product's adjoint and the other operand, and the mask of the whole. */
    private record Factors(Node weight, Node other, Node gate) {}

    /**
     * An operand that is a leaf, or part of one, passes on to nothing: there both factors are gated and no mask is
     * left, so that what a row adds to a matrix of parameters stays an outer product of two vectors.
     */
    private Factors factors(Node other, Adjoint adjoint, Node operand) {
        Node mask = adjoint.mask();
        if (mask == null) {
            return new Factors(adjoint.value(), other, null);
        }
        boolean array = !mask.shape().isScalar();
        Node gate = array ? g.sum(mask) : mask;
        if (isPartOfLeaf(operand)) {
            return new Factors(adjoint.gated(), Accumulation.gated(g, other, gate), null);
        }
        return new Factors(array ? adjoint.gated() : adjoint.value(), other, gate);
    }

    private boolean isPartOfLeaf(Node node) {
        Node owner = node;
        while (!isLeaf[owner.id()]
                && (owner.operation() instanceof Operation.View || owner.operation() instanceof Operation.Permute)) {
            owner = owner.arg(0);
        }
        return isLeaf[owner.id()];
    }

    /**
     * A linear operation: the same transpose carries the value and the mask, whose entries only count as zero or not.
     */
    private void linear(Node operand, Node value, Node mask, UnaryOperator<Node> transpose) {
        boolean array = mask != null && !mask.shape().isScalar();
        contribute(operand, transpose.apply(value), array ? transpose.apply(mask) : mask);
    }

    /** The transpose of a sum along an axis. */
    private Node repeated(Node weight, Shape shape, int axis) {
        return g.broadcast(g.reshape(weight, shape.with(axis, 1)), shape);
    }

    /** The transpose of a broadcast: sums over the axes that were repeated. */
    private Node sumTo(Node weight, Shape shape) {
        if (shape.isScalar()) {
            return g.sum(weight);
        }
        Node sum = weight;
        while (sum.shape().rank() > shape.rank()) {
            sum = g.sum(sum, 0);
        }
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (shape.extent(axis) == 1 && sum.shape().extent(axis) != 1) {
                sum = g.reshape(g.sum(sum, axis), sum.shape().with(axis, 1));
            }
        }
        return sum;
    }
}
