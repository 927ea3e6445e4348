package hesse.diff;

import hesse.graph.Graph;
import hesse.graph.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The lower triangle of a Hessian as scalar nodes: forward mode over the reverse-mode gradient, one sweep a column,
 * each over the entries on and below the diagonal only. Subexpressions are shared between all entries; zeros are
 * structural.
 */
public record SymbolicHessian(Graph graph, Node value, Node[] gradient, List<Entry> entries) {
    /** Up to this many entries of arrays a body is written as scalars. */
    private static final int BODY_LIMIT = 4096;
    /** A Hessian that needs more nodes is computed by directions instead. */
    private static final int NODE_LIMIT = 60_000;
    /** Bounds the sweeps, each of which looks at every node. */
    private static final long WORK_LIMIT = 20_000_000;

    /** An entry that is not structurally zero. */
    public record Entry(int row, int column, Node node) {}

    /**
     * The symbolic Hessian of a scalar root by the entries of all leaves in a row, or null where it would be too large.
     */
    public static SymbolicHessian of(Graph source, Node root, Node... leaves) {
        Scalarise.Result body = Scalarise.of(source, root, BODY_LIMIT, leaves);
        if (body == null) {
            return null;
        }
        Graph g = body.graph();
        Node[] x = body.leaves();
        Node[] gradient = Reverse.adjoints(g, body.root()[0], g.constant(1), x);
        Node[] slopes = Reverse.adjointsToDifferentiate(g, gradient, body.root()[0], g.constant(1), x);
        if ((long) g.size() * Arrays.stream(gradient).filter(Objects::nonNull).count() > WORK_LIMIT) {
            return null;
        }
        List<Entry> entries = new ArrayList<>();
        for (int column = 0; column < x.length; column++) {
            if (gradient[column] == null) {
                continue;
            }
            Node[] below = Arrays.copyOfRange(slopes, column, x.length);
            Node[] tangents = Forward.tangentsOfGradient(g, below, x[column], g.constant(1));
            for (int i = 0; i < tangents.length; i++) {
                if (tangents[i] != null) {
                    entries.add(new Entry(column + i, column, tangents[i]));
                }
            }
            if (g.size() > NODE_LIMIT) {
                return null;
            }
        }
        return new SymbolicHessian(g, body.root()[0], gradient, entries);
    }

    /** The same of half the sum of squares of a root F without second derivatives of F: F'F, J'F and J'J. */
    public static SymbolicHessian gaussNewton(Graph source, Node root, Node... leaves) {
        Scalarise.Result body = Scalarise.of(source, root, BODY_LIMIT, leaves);
        if (body == null) {
            return null;
        }
        Graph g = body.graph();
        Node[] x = body.leaves();
        Node[] values = body.root();
        if ((long) g.size() * Math.min(x.length, values.length) > WORK_LIMIT) {
            return null;
        }
        Node[][] jacobian = jacobian(g, values, x);
        Node value = g.constant(0);
        Node[] gradient = new Node[x.length];
        for (int k = 0; k < values.length; k++) {
            value = k == 0 ? g.square(values[k]) : g.fma(values[k], values[k], value);
        }
        List<Entry> entries = new ArrayList<>();
        for (int row = 0; row < x.length; row++) {
            gradient[row] = inner(g, jacobian[row], values);
            for (int column = 0; column <= row && g.size() <= NODE_LIMIT; column++) {
                Node entry = inner(g, jacobian[row], jacobian[column]);
                if (entry != null) {
                    entries.add(new Entry(row, column, entry));
                }
            }
        }
        return g.size() > NODE_LIMIT ? null : new SymbolicHessian(g, value, gradient, entries);
    }

    /** By leaf, then by value: the mode of fewer sweeps. */
    private static Node[][] jacobian(Graph g, Node[] values, Node[] x) {
        Node[][] jacobian = new Node[x.length][values.length];
        if (values.length <= x.length) {
            for (int k = 0; k < values.length; k++) {
                Node[] row = Reverse.adjoints(g, values[k], g.constant(1), x);
                for (int i = 0; i < x.length; i++) {
                    jacobian[i][k] = row[i];
                }
            }
        } else {
            for (int i = 0; i < x.length; i++) {
                jacobian[i] = Forward.tangents(g, values, x[i], g.constant(1));
            }
        }
        return jacobian;
    }

    private static Node inner(Graph g, Node[] a, Node[] b) {
        Node sum = null;
        for (int k = 0; k < a.length; k++) {
            if (a[k] != null && b[k] != null) {
                sum = sum == null ? g.multiply(a[k], b[k]) : g.fma(a[k], b[k], sum);
            }
        }
        return sum;
    }
}
