package hesse.diff;

import hesse.graph.Graph;
import hesse.graph.Node;
import hesse.graph.Offsets;
import hesse.graph.Op;
import hesse.graph.Shape;
import hesse.graph.Transposed;
import java.util.ArrayList;
import java.util.List;

/** Reverse mode: the adjoints u' dy/dx of leaves x for a weight u of a root y, in one sweep whatever the number of leaves. */
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
     * The same to be differentiated again, which differs from it in one convention: the slope of |u| is 1 where u is 0, so that a Hessian is
     * that of the smooth function which |u| is part of, be it |x|^2 at 0 or |1 - cos x|.
     */
    public static Node[] adjointsToDifferentiate(Graph g, Node root, Node weight, Node... leaves) {
        return adjoints(g, true, root, weight, leaves);
    }

    /** The same beside adjoints that are known: these themselves where no |u| is among the operations. */
    public static Node[] adjointsToDifferentiate(Graph g, Node[] adjoints, Node root, Node weight, Node... leaves) {
        boolean[] reachable = Reachable.from(g, root);
        for (int id = 0; id < reachable.length; id++) {
            if (reachable[id] && g.node(id).op() == Op.ABS) {
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
        if (y.op().isElementwise()) {
            elementwise(y, adjoint);
        } else if (y.op() == Op.PRODUCT) {
            product(y, adjoint);
        } else {
            arrangement(y, adjoint);
        }
    }

    private void elementwise(Node y, Adjoint adjoint) {
        PowerOfRoot power = PowerOfRoot.of(y);
        for (int i = 0; power != null && i < power.operands().size(); i++) {
            PowerOfRoot.Operand operand = power.operands().get(i);
            if (active[operand.node().id()]) {
                Node value = g.multiply(adjoint.value(), operand.slope(g));
                contribute(y, operand.node(), saturation.adjoint(y, 0, adjoint.value(), value), adjoint.mask());
            }
        }
        for (int i = power == null ? 0 : 2; i < y.args().length; i++) {
            Op.Partial partial = y.op().partial(i);
            if (partial != null && active[y.arg(i).id()]) {
                Node gate = Op.gate(g, y, i);
                Node mask = gate == null ? adjoint.mask() : adjoint.mask() == null ? gate : g.multiply(adjoint.mask(), gate);
                Node value = differentiated && y.op() == Op.ABS
                        ? g.multiply(adjoint.value(), Op.unitSign(g, y.arg(0)))
                        : partial.apply(g, y, adjoint.value());
                contribute(y, y.arg(i), saturation.adjoint(y, i, adjoint.value(), value), mask);
            }
        }
    }

    /** What an elementwise y passes on to an operand, which may be one number for all entries. */
    private void contribute(Node y, Node operand, Node contribution, Node mask) {
        Node value = g.broadcast(contribution, y.shape());
        if (operand.shape().isScalar() && !y.shape().isScalar()) {
            boolean array = mask != null && !mask.shape().isScalar();
            contribute(operand, Accumulation.sum(g, array ? Accumulation.gated(g, value, mask) : value), array ? g.sum(mask) : mask);
        } else {
            contribute(operand, value, mask);
        }
    }

    /** C = A B gives dA = dC B' and dB = A' dC, with the transpositions of the operands carried along. */
    private void product(Node y, Adjoint adjoint) {
        Node a = y.arg(0);
        Node b = y.arg(1);
        Transposed t = (Transposed) y.attribute();
        Factors forA = factors(b, adjoint, a);
        Factors forB = factors(a, adjoint, b);
        if (active[a.id()]) {
            contribute(a, t.left()
                    ? g.product(forA.other, forA.weight, t.right(), true)
                    : g.product(forA.weight, forA.other, false, !t.right()), forA.gate);
        }
        if (active[b.id()]) {
            contribute(b, t.right()
                    ? g.product(forB.weight, forB.other, true, t.left())
                    : g.product(forB.other, forB.weight, !t.left(), false), forB.gate);
        }
    }

    /** The factors of an operand's adjoint, the product's adjoint and the other operand, and the mask of the whole. */
    private record Factors(Node weight, Node other, Node gate) {}

    /**
     * An operand that is a leaf, or part of one, passes on to nothing: there both factors are gated and no mask is left, so that what a
     * row adds to a matrix of parameters stays an outer product of two vectors.
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
        while (!isLeaf[owner.id()] && (owner.op() == Op.VIEW || owner.op() == Op.PERMUTE)) {
            owner = owner.arg(0);
        }
        return isLeaf[owner.id()];
    }

    /** Linear operations: the same transpose carries the value and the mask, whose entries only count as zero or not. */
    private void arrangement(Node y, Adjoint adjoint) {
        Node mask = adjoint.mask();
        boolean array = mask != null && !mask.shape().isScalar();
        switch (y.op()) {
            case VIEW -> {
                if (active[y.arg(0).id()] && !adjoint.value().isZero()) {
                    of(y.arg(0)).addPiece(y.integer(), adjoint.value(), mask);
                }
            }
            case ASSEMBLE -> {
                int[] offsets = ((Offsets) y.attribute()).values();
                for (int i = 0; i < offsets.length; i++) {
                    Shape shape = y.arg(i).shape();
                    contribute(y.arg(i), g.view(adjoint.value(), offsets[i], shape), array ? g.view(mask, offsets[i], shape) : mask);
                }
            }
            case BROADCAST -> contribute(y.arg(0), transpose(y, adjoint.gated()), array ? transpose(y, mask) : mask);
            case PERMUTE, SUM -> contribute(y.arg(0), transpose(y, adjoint.value()), array ? transpose(y, mask) : mask);
            case INPUT, CONSTANT, LARGEST -> { }
            default -> throw new AssertionError(y);
        }
    }

    private Node transpose(Node y, Node weight) {
        Shape shape = y.arg(0).shape();
        return switch (y.op()) {
            case PERMUTE -> g.permute(weight, inverse(Forward.permutation(y)));
            case SUM -> g.broadcast(g.reshape(weight, shape.with(y.integer(), 1)), shape);
            default -> sumTo(weight, shape);
        };
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

    private static List<Integer> inverse(List<Integer> permutation) {
        List<Integer> inverse = new ArrayList<>(permutation);
        for (int axis = 0; axis < permutation.size(); axis++) {
            inverse.set(permutation.get(axis), axis);
        }
        return inverse;
    }
}
