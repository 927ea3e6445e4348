package hesse.diff;

import hesse.graph.Graph;
import hesse.graph.Input;
import hesse.graph.Node;
import hesse.graph.Op;
import hesse.graph.Operation;
import hesse.graph.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A graph over the numbers a, b, c of a point and a seed t: prints nodes as nested calls, evaluates those of scalars.
 */
final class SmallGraph {
    /** Whose first two operands may change places; in a graph their order is that of their making. */
    private static final Set<String> COMMUTING = Set.of("add", "multiply", "fma", "fnma");

    final Graph g = new Graph();
    final Node point = g.input(new Input(Input.Role.POINT, 0), Shape.of(3));
    final Node a = g.view(point, 0, Shape.SCALAR);
    final Node b = g.view(point, 1, Shape.SCALAR);
    final Node c = g.view(point, 2, Shape.SCALAR);
    final Node t = g.input(new Input(Input.Role.SEED, 0), Shape.SCALAR);
    private final Map<Node, String> names = new LinkedHashMap<>(Map.of(point, "x", a, "a", b, "b", c, "c", t, "t"));

    Node number(double value) {
        return g.constant(value);
    }

    Node apply(Op op, Node... args) {
        return g.apply(op, args);
    }

    /** The node as calls of named leaves and numbers, factors of a product and terms of a sum in alphabetical order. */
    String text(Node node) {
        if (node == null) {
            return "nothing";
        }
        if (names.containsKey(node)) {
            return names.get(node);
        }
        if (node.isNumber()) {
            return number(node).toString();
        }
        String name = name(node.operation()).toLowerCase(Locale.ROOT);
        List<String> operands = new ArrayList<>(Arrays.stream(node.args()).map(this::text).toList());
        if (COMMUTING.contains(name)) {
            Collections.sort(operands.subList(0, 2));
        }
        return name + operands.stream().collect(Collectors.joining(", ", "(", ")"));
    }

    /** That of a row of the table, or of an arrangement its class. */
    private static String name(Operation operation) {
        return operation instanceof Op op ? op.name() : operation.getClass().getSimpleName();
    }

    private static Object number(Node node) {
        return node.scalar() == Math.rint(node.scalar()) ? (Object) (long) node.scalar() : (Object) node.scalar();
    }

    /** The value where the point is (a, b, c) and the seed is t. */
    double value(Node node, double... abct) {
        Map<Node, Double> values = new HashMap<>();
        Node[] leaves = {a, b, c, t};
        for (int i = 0; i < abct.length; i++) {
            values.put(leaves[i], abct[i]);
        }
        return value(node, values);
    }

    /** The value of a node of scalars only, of known values of its leaves; null, which is nothing, has the value 0. */
    static double value(Node node, Map<Node, Double> values) {
        if (node == null) {
            return 0;
        }
        Double known = values.get(node);
        if (known != null) {
            return known;
        }
        double value = node.isNumber() ? node.scalar() : operation(node, values);
        values.put(node, value);
        return value;
    }

    private static double operation(Node node, Map<Node, Double> values) {
        if (node.operation() instanceof Op op) {
            double[] operands = new double[3];
            for (int i = 0; i < op.arity(); i++) {
                operands[i] = value(node.arg(i), values);
            }
            return op.value(operands[0], operands[1], operands[2]);
        }
        throw new AssertionError(node + " has no known value");
    }

    /** How many operations of a kind the nodes need. */
    static long count(Operation operation, Node... roots) {
        return count(operation::equals, roots);
    }

    /** The same of operations of one class. */
    static long count(Class<? extends Operation> type, Node... roots) {
        return count(type::isInstance, roots);
    }

    private static long count(Predicate<Operation> predicate, Node... roots) {
        Set<Node> seen = new HashSet<>();
        for (Node root : roots) {
            all(root, seen);
        }
        return seen.stream().filter(node -> predicate.test(node.operation())).count();
    }

    private static void all(Node node, Set<Node> seen) {
        if (node != null && seen.add(node)) {
            for (Node arg : node.args()) {
                all(arg, seen);
            }
        }
    }
}
