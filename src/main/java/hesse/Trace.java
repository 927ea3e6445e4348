package hesse;

import hesse.graph.Graph;
import hesse.graph.Node;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The graph that a body writes while it runs. Constants made outside any body have traces that they share with what is
 * made of them, and are copied into the body that uses them; nothing else may pass from one body to another.
 */
final class Trace {
    /** Nodes that a trace of constants may grow by at least. */
    private static final int ROOM = 64;

    private final Graph graph = new Graph();
    private final Thread owner;
    /** By nodes of constants of no body their copies here. */
    private final Map<Node, Node> copies = new IdentityHashMap<>();
    private boolean closed;
    /** Nodes that the first operation's operands brought. */
    private int taken;

    private Trace(Thread owner) {
        this.owner = owner;
    }

    static Trace ofBody() {
        return new Trace(Thread.currentThread());
    }

    /** The trace of constants that belong to no body. */
    static Trace detached() {
        return new Trace(null);
    }

    Graph graph() {
        return graph;
    }

    private boolean isDetached() {
        return owner == null;
    }

    /** Ends the body: its graph now belongs to the function. */
    void close() {
        closed = true;
        copies.clear();
    }

    /** What an operation does with the graph. */
    interface Building {
        Node apply(Graph g, Node[] operands);
    }

    /** Writes an operation on expressions of one body, or on constants. */
    static Expr write(Building operation, Expr... operands) {
        Trace body = common(operands);
        if (body != null) {
            return body.add(operation, operands);
        }
        Trace largest = detached();
        for (Expr operand : operands) {
            Trace trace = operand.trace();
            largest = trace.hasRoom() && trace.size() > largest.size() ? trace : largest;
        }
        synchronized (largest) { // constants are shared by threads
            return largest.add(operation, operands);
        }
    }

    /** The body that the operands belong to; null where all are constants of none. */
    static Trace common(Expr... operands) {
        Trace common = null;
        for (Expr operand : operands) {
            Trace trace = operand.trace();
            if (trace.isDetached()) {
                continue;
            }
            trace.check();
            if (common != null && common != trace) {
                throw new IllegalArgumentException("an operation mixes expressions of two functions; "
                        + "a body may use its own arguments and constants only");
            }
            common = trace;
        }
        return common;
    }

    private Expr add(Building operation, Expr[] operands) {
        Node[] nodes = new Node[operands.length];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = take(operands[i]);
        }
        taken = taken == 0 ? graph.size() : taken;
        return new Expr(this, operation.apply(graph, nodes));
    }

    /**
     * Whether another operation on constants is written here rather than in a trace of its own, so that a chain of them
     * costs its length. A trace ends when it has doubled, so that what nobody needs any more does not gather where a
     * constant is used for ever.
     */
    private synchronized boolean hasRoom() {
        return graph.size() <= 2 * taken + ROOM;
    }

    private synchronized int size() {
        return graph.size();
    }

    private void check() {
        if (closed) {
            throw new IllegalStateException("this expression belongs to a function that is already built; "
                    + "expressions live only while their function's body runs");
        }
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("a body runs in one thread: this expression belongs to " + owner.getName()
                    + ", not " + Thread.currentThread().getName());
        }
    }

    /** The expression's node in this trace. */
    Node take(Expr expr) {
        Node root = expr.node();
        if (expr.trace() == this) {
            return root;
        }
        if (root.args().length == 0) {
            return graph.copy(root, root.args());
        }
        // what is not here yet, operands before what is made of them
        PriorityQueue<Node> found = new PriorityQueue<>(Comparator.comparingInt(node -> -node.id()));
        Deque<Node> missing = new ArrayDeque<>();
        found.add(root);
        for (Node node = found.poll(); node != null; node = found.poll()) {
            if (!copies.containsKey(node) && node != missing.peek()) {
                missing.push(node);
                found.addAll(Arrays.asList(node.args()));
            }
        }
        for (Node node : missing) {
            copies.put(node, graph.copy(node, Arrays.stream(node.args()).map(copies::get).toArray(Node[]::new)));
        }
        return copies.get(root);
    }
}
