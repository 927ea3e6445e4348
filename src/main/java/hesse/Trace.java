package hesse;

import hesse.graph.Graph;
import hesse.graph.Node;
import java.util.Arrays;

/**
 * The graph that a body writes while it runs. Constants made outside any body have a trace of their own and are copied into
 * the body that uses them; nothing else may pass from one body to another.
 */
final class Trace {
    private final Graph graph = new Graph();
    private final Thread owner;
    private boolean closed;

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
    }

    /** The trace in which an operation on these operands is written. */
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
        return common == null ? detached() : common;
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
        if (expr.trace() == this) {
            return expr.node();
        }
        Graph source = expr.trace().graph;
        Node[] copies = new Node[expr.node().id() + 1];
        boolean[] needed = new boolean[copies.length];
        needed[expr.node().id()] = true;
        for (int id = copies.length - 1; id >= 0; id--) {
            for (Node arg : needed[id] ? source.node(id).args() : new Node[0]) {
                needed[arg.id()] = true;
            }
        }
        for (int id = 0; id < copies.length; id++) {
            if (needed[id]) {
                Node node = source.node(id);
                copies[id] = graph.copy(node, Arrays.stream(node.args()).map(arg -> copies[arg.id()]).toArray(Node[]::new));
            }
        }
        return copies[expr.node().id()];
    }
}
