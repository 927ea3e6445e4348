package hesse.diff;

import hesse.graph.Arrangement;
import hesse.graph.Graph;
import hesse.graph.Input;
import hesse.graph.Node;
import hesse.graph.Op;
import hesse.graph.Operation;
import hesse.graph.Shape;
import hesse.graph.SumOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Writes an array-valued graph as one of scalars, where every entry has its own derivatives and zeros are structural.
 * Sums keep their order ({@link SumOrder}), so both graphs give the same bits.
 */
public final class Scalarise {
    private final Graph source;
    private final Graph target = new Graph();
    private final Node[][] entries;

    private Scalarise(Graph source, int length) {
        this.source = source;
        this.entries = new Node[length][];
    }

    /** A graph of scalars, the entries of the root in it, and those of all leaves, one leaf after the other. */
    public record Result(Graph graph, Node[] root, Node[] leaves) {}

    /**
     * The scalar graph of one root.
     *
     * @param limit the largest number of scalar entries besides the leaves
     * @param leaves an input, or products of views of inputs, which stay products
     * @return null where there would be more
     */
    public static Result of(Graph source, Node root, int limit, Node... leaves) {
        boolean[] reachable = Reachable.upTo(source, root, leaves);
        long total = 0;
        for (int id = 0; id < reachable.length; id++) {
            total += reachable[id] ? source.node(id).size() : 0;
        }
        if (total > limit + Arrays.stream(leaves).mapToLong(Node::size).sum()) {
            return null;
        }
        int last = Arrays.stream(leaves).mapToInt(Node::id).max().orElse(-1);
        Scalarise scalarise = new Scalarise(source, Math.max(reachable.length, last + 1));
        for (Node leaf : leaves) {
            scalarise.entries[leaf.id()] = scalarise.views(scalarise.whole(leaf));
        }
        for (int id = 0; id < reachable.length; id++) {
            if (reachable[id] && scalarise.entries[id] == null) {
                scalarise.entries[id] = scalarise.explode(source.node(id));
            }
        }
        Node[] all = Arrays.stream(leaves).flatMap(leaf -> Arrays.stream(scalarise.entries[leaf.id()]))
                .toArray(Node[]::new);
        return new Result(scalarise.target, scalarise.entries[root.id()], all);
    }

    /**
     * The same where no array but the leaves, the inputs and their parts is larger than {@code small}.
     *
     * @return null where one is, or there would be too many numbers, or there is no array to write out
     */
    public static Result ofSmall(Graph source, Node root, int small, int limit, Node... leaves) {
        boolean[] reachable = Reachable.upTo(source, root, leaves);
        int largest = 0;
        for (int id = 0; id < reachable.length; id++) {
            Node node = source.node(id);
            boolean part = node.operation() instanceof Input || node.operation() instanceof Operation.View
                    || Arrays.asList(leaves).contains(node);
            largest = reachable[id] && !part ? Math.max(largest, node.size()) : largest;
        }
        return largest <= 1 || largest > small ? null : of(source, root, limit, leaves);
    }

    /** A leaf as it is. */
    private Node whole(Node node) {
        return target.copy(node, Arrays.stream(node.args()).map(this::whole).toArray(Node[]::new));
    }

    private Node[] explode(Node y) {
        Node[] a = y.args().length == 0 ? null : entries[y.arg(0).id()];
        Shape operand = y.args().length == 0 ? null : y.arg(0).shape();
        return switch (y.operation()) {
            case Input _ -> views(whole(y));
            case Operation.Constant _ -> constant(y);
            case Operation.View(int offset) -> Arrays.copyOfRange(a, offset, offset + y.size());
            case Operation.Assemble(int[] offsets) -> assemble(y, offsets);
            case Operation.Permute(List<Integer> axes) -> taken(a, Arrangement.permuted(operand, axes, y.shape()));
            case Operation.Broadcast _ -> taken(a, Arrangement.repeated(operand, y.shape()));
            case Operation.Sum(int axis) -> reduce(y, a, axis, this::sum);
            case Operation.Largest(int axis) -> reduce(y, a, axis, this::largest);
            case Operation.Product p -> product(y, p, a, entries[y.arg(1).id()]);
            case Operation.Elementwise _ -> elementwise(y);
        };
    }

    private Node[] views(Node y) {
        Node[] result = new Node[y.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = target.view(y, i, Shape.SCALAR);
        }
        return result;
    }

    private Node[] constant(Node y) {
        Node[] result = new Node[y.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = target.constant(y.values().get(i));
        }
        return result;
    }

    private Node[] assemble(Node y, int[] offsets) {
        Node[] result = new Node[y.size()];
        Arrays.fill(result, target.constant(0));
        for (int i = 0; i < offsets.length; i++) {
            Node[] part = entries[y.arg(i).id()];
            System.arraycopy(part, 0, result, offsets[i], part.length);
        }
        return result;
    }

    private static Node[] taken(Node[] a, int[] from) {
        Node[] result = new Node[from.length];
        for (int i = 0; i < from.length; i++) {
            result[i] = a[from[i]];
        }
        return result;
    }

    private static Node[] reduce(Node y, Node[] a, int axis, Function<Node[], Node> reduction) {
        int length = y.arg(0).shape().extent(axis);
        int inner = y.arg(0).shape().inner(axis);
        Node[] result = new Node[y.size()];
        for (int i = 0; i < result.length; i++) {
            Node[] terms = new Node[length];
            for (int k = 0; k < length; k++) {
                terms[k] = a[(i / inner * length + k) * inner + i % inner];
            }
            result[i] = reduction.apply(terms);
        }
        return result;
    }

    private Node largest(Node[] terms) {
        Node largest = terms[0];
        for (int k = 1; k < terms.length; k++) {
            largest = target.apply(Op.MAX, largest, terms[k]);
        }
        return largest;
    }

    private Node sum(Node[] terms) {
        Node[] accumulators = new Node[SumOrder.accumulators(terms.length)];
        for (int k = 0; k < terms.length; k++) {
            int i = k % accumulators.length;
            accumulators[i] = accumulators[i] == null ? terms[k] : target.add(accumulators[i], terms[k]);
        }
        return fold(accumulators);
    }

    private Node inner(Node[] a, int aFrom, int aStride, Node[] b, int bFrom, int bStride, int length, int width) {
        Node[] accumulators = new Node[width];
        for (int k = 0; k < length; k++) {
            Node left = a[aFrom + k * aStride];
            Node right = b[bFrom + k * bStride];
            int i = k % width;
            accumulators[i] = accumulators[i] == null ? target.multiply(left, right)
                    : target.fma(left, right, accumulators[i]);
        }
        return fold(accumulators);
    }

    private Node fold(Node[] accumulators) {
        for (int half = accumulators.length / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                if (accumulators[i + half] != null) {
                    accumulators[i] = target.add(accumulators[i], accumulators[i + half]);
                }
            }
        }
        return accumulators[0] == null ? target.constant(0) : accumulators[0];
    }

    private Node[] product(Node y, Operation.Product p, Node[] a, Node[] b) {
        int rows = y.shape().extent(0);
        int columns = y.shape().extent(1);
        int inner = y.arg(0).shape().extent(p.leftTransposed() ? 0 : 1);
        int width = SumOrder.accumulators(y);
        Node[] result = new Node[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                result[i * columns + j] = inner(a, p.leftTransposed() ? i : i * inner, p.leftTransposed() ? rows : 1,
                        b, p.rightTransposed() ? j * inner : j, p.rightTransposed() ? 1 : columns, inner, width);
            }
        }
        return result;
    }

    private Node[] elementwise(Node y) {
        Node[] result = new Node[y.size()];
        for (int i = 0; i < result.length; i++) {
            Node[] args = new Node[y.args().length];
            for (int k = 0; k < args.length; k++) {
                Node[] arg = entries[y.arg(k).id()];
                args[k] = arg[arg.length == 1 ? 0 : i];
            }
            result[i] = target.apply(Op.of(y), args);
        }
        return result;
    }
}
