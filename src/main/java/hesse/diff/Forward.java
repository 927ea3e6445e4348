package hesse.diff;

import hesse.graph.Graph;
import hesse.graph.Input;
import hesse.graph.Node;
import hesse.graph.Op;
import hesse.graph.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Forward mode: the tangent dy = (dy/dx) dx of every root. A null tangent is a structural zero.
 *
 * <p>Two conventions hold in the tangents of a gradient only, so that a Hessian is that of the smooth function which
 * abs or a root may be part of: |u| has the slope 1 at 0, and a root or power of u changes by 0 where u does, though
 * its slope be infinite.
 */
public final class Forward {
    private final Graph g;
    private final boolean ofGradient;
    private final Saturation saturation;
    private final Node[] tangents;

    private Forward(Graph g, boolean ofGradient, Saturation saturation, int length) {
        this.g = g;
        this.ofGradient = ofGradient;
        this.saturation = saturation;
        this.tangents = new Node[length];
    }

    /**
     * The tangents of the roots for a change of one leaf.
     *
     * @param seed the leaf's tangent, of its shape
     * @return by root, null where it does not depend on the leaf
     */
    public static Node[] tangents(Graph g, Node[] roots, Node leaf, Node seed) {
        return tangents(g, false, roots, leaf, seed);
    }

    /** The same of roots that are a gradient: columns of a Hessian. */
    public static Node[] tangentsOfGradient(Graph g, Node[] gradient, Node leaf, Node seed) {
        return tangents(g, true, gradient, leaf, seed);
    }

    private static Node[] tangents(Graph g, boolean ofGradient, Node[] roots, Node leaf, Node seed) {
        boolean[] reachable = Reachable.from(g, roots);
        boolean[] active = Reachable.active(g, reachable, leaf);
        Forward forward = new Forward(g, ofGradient, Saturation.below(g, reachable), active.length);
        if (leaf.id() < active.length) {
            forward.tangents[leaf.id()] = seed;
        }
        for (int id = leaf.id() + 1; id < active.length; id++) {
            if (active[id]) {
                forward.tangents[id] = forward.tangent(g.node(id));
            }
        }
        Node[] result = new Node[roots.length];
        for (int i = 0; i < roots.length; i++) {
            result[i] = roots[i] == null ? null : forward.of(roots[i]);
        }
        return result;
    }

    private Node of(Node node) {
        return tangents[node.id()];
    }

    private Node tangent(Node y) {
        Node tangent = tangentOrZeros(y);
        return tangent == null || tangent.isZero() ? null : tangent;
    }

    private Node elementwise(Node y) {
        PowerOfRoot power = PowerOfRoot.of(y);
        Node tangent = power != null ? power(y, power) : switch (Op.of(y)) {
            case SELECT, MIN, MAX -> taken(y);
            case DIVIDE -> quotient(y);
            case MULTIPLY, FMA -> product(y);
            case ABS -> of(y.arg(0)) != null && ofGradient
                    ? g.multiply(of(y.arg(0)), Op.unitSign(g, y.arg(0))) : sum(y);
            case SQRT, CBRT, POWER -> root(y, 0);
            case NORM -> root(y, 1);
            default -> sum(y);
        };
        return tangent == null ? null : saturation.tangent(y, g.broadcast(tangent, y.shape()));
    }

    private Node sum(Node y) {
        Node tangent = null;
        for (int i = 0; i < y.args().length; i++) {
            Op.Slope slope = Op.of(y).slope(i);
            if (slope != null && of(y.arg(i)) != null) {
                tangent = Accumulation.add(g, tangent, slope.apply(g, y, of(y.arg(i))));
            }
        }
        return tangent;
    }

    private Node power(Node y, PowerOfRoot power) {
        Node tangent = y.operation() == Op.FMA ? of(y.arg(2)) : null;
        for (PowerOfRoot.Base operand : power.operands()) {
            Node t = of(operand.node());
            tangent = t == null ? tangent : Accumulation.add(g, tangent, g.multiply(t, operand.slope(g)));
        }
        return tangent;
    }

    /**
     * A product a (1/b) where both change, and what is added to it: (da - y db)/b of y = a/b, which stays in range
     * where the square of 1/b does not.
     */
    private Node product(Node y) {
        for (int i = 0; i < 2; i++) {
            Node a = y.arg(1 - i);
            Node inverse = y.arg(i);
            Node b = divisor(inverse);
            if (b != null && of(b) != null && of(a) != null && y.shape().equals(inverse.shape())) {
                Node quotient = y.operation() == Op.MULTIPLY ? y : g.multiply(a, inverse);
                Node tangent = g.multiply(g.fnma(quotient, of(b), g.broadcast(of(a), y.shape())), inverse);
                return y.operation() == Op.MULTIPLY ? tangent : Accumulation.add(g, of(y.arg(2)), tangent);
            }
        }
        return sum(y);
    }

    /** b of 1/b, or null; of the slope of log b too. */
    private static Node divisor(Node inverse) {
        Node reciprocal = inverse.operation() == Op.WITHIN ? inverse.arg(1) : inverse;
        return reciprocal.operation() == Op.RECIPROCAL ? reciprocal.arg(0) : null;
    }

    /** A root or power, whose slope may be infinite, by its slope at a tangent of 1, so that a tangent of 0 stays 0. */
    private Node root(Node y, int operand) {
        boolean steep = y.operation() != Op.POWER || y.arg(1).isNonNegative();
        return ofGradient && steep && of(y.arg(operand)) != null
                ? g.strongProduct(of(y.arg(operand)), Op.of(y).slope(operand).apply(g, y, g.constant(1)))
                : sum(y);
    }

    /** The tangent of the operand that is taken, so that the other one's cannot spoil it. */
    private Node taken(Node y) {
        int first = y.args().length - 2;
        Node a = of(y.arg(first));
        Node b = of(y.arg(first + 1));
        if (a == null && b == null) {
            return null;
        }
        Node taken = g.select(Op.gate(g, y, first), a == null ? g.constant(0) : a, b == null ? g.constant(0) : b);
        return y.operation() == Op.SELECT ? taken : g.unlessNaN(y, taken);
    }

    /** (da - y db)/b: one product less than the two partials need. */
    private Node quotient(Node y) {
        Node a = of(y.arg(0));
        Node b = of(y.arg(1));
        if (a == null || b == null) {
            return sum(y);
        }
        return g.quotient(g.fnma(y, b, g.broadcast(a, y.shape())), y.arg(1));
    }

    /** All operations but the elementwise ones are linear, or bilinear, in their operands. */
    private Node tangentOrZeros(Node y) {
        return switch (y.operation()) {
            case Operation.Elementwise _ -> elementwise(y);
            case Operation.Assemble(int[] offsets) -> assemble(y, offsets);
            case Operation.Product p -> product(y, p);
            case Input _, Operation.Constant _, Operation.Largest _ -> null;
            case Operation.View(int offset) -> ofFirst(y, a -> g.view(a, offset, y.shape()));
            case Operation.Permute(List<Integer> axes) -> ofFirst(y, a -> g.permute(a, axes));
            case Operation.Broadcast _ -> ofFirst(y, a -> g.broadcast(a, y.shape()));
            case Operation.Sum(int axis) -> ofFirst(y, a -> g.sum(a, axis));
        };
    }

    /** A linear map of the first operand's tangent. */
    private Node ofFirst(Node y, UnaryOperator<Node> map) {
        Node a = of(y.arg(0));
        return a == null ? null : map.apply(a);
    }

    private Node assemble(Node y, int[] offsets) {
        List<Integer> starts = new ArrayList<>();
        List<Node> parts = new ArrayList<>();
        for (int i = 0; i < offsets.length; i++) {
            if (of(y.arg(i)) != null) {
                starts.add(offsets[i]);
                parts.add(of(y.arg(i)));
            }
        }
        return parts.isEmpty()
                ? null
                : g.assemble(y.shape(), starts.stream().mapToInt(Integer::intValue).toArray(),
                parts.toArray(Node[]::new));
    }

    private Node product(Node y, Operation.Product p) {
        Node left = of(y.arg(0));
        Node right = of(y.arg(1));
        Node tangent = left == null ? null : g.product(left, y.arg(1), p.leftTransposed(), p.rightTransposed());
        Node other = right == null ? null : g.product(y.arg(0), right, p.leftTransposed(), p.rightTransposed());
        return Accumulation.add(g, tangent, other);
    }
}
