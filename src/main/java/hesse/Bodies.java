package hesse;

import hesse.graph.Graph;
import hesse.graph.Input;
import hesse.graph.Node;
import hesse.graph.Shape;
import hesse.matrix.SymmetricMatrix;
import hesse.plan.Body;
import hesse.run.Program;
import java.util.function.BiFunction;

/** Runs a body once and keeps what it wrote; and the checks at the public edge that both kinds of function share. */
final class Bodies {
    private Bodies() {}

    /**
     * Traces a body of n parameters.
     *
     * @param rows the rows that it reads, or null
     */
    static Program trace(int n, Rows rows, BiFunction<Expr, Row, Expr> body) {
        if (n < 1) {
            throw new IllegalArgumentException("a function of " + n + " parameters, there must be at least 1");
        }
        Trace trace = Trace.ofBody();
        try {
            Graph g = trace.graph();
            Node point = g.input(new Input(Input.Role.POINT, 0), Shape.of(n));
            Node[] columns = rows == null ? new Node[0] : rows.inputs(trace);
            Expr root = body.apply(new Expr(trace, point), rows == null ? null : new Row(trace, rows, columns));
            if (root == null) {
                throw new IllegalArgumentException("the body returned null, it must return an expression");
            }
            Trace.common(new Expr(trace, point), root);
            return new Program(new Body(g, point, trace.take(root), rows == null ? Body.Over.NOTHING : Body.Over.ROWS));
        } finally {
            trace.close();
        }
    }

    static void requireLength(String what, int length, int expected) {
        if (length != expected) {
            throw new IllegalArgumentException(what + " has " + length + " entries, must have " + expected);
        }
    }

    static void requireRows(SymmetricMatrix h, int n) {
        if (h.n() != n) {
            throw new IllegalArgumentException("the Hessian has " + h.n() + " rows, must have " + n);
        }
    }

    static void requireDistinct(double[] x, double[] out) {
        if (x == out) {
            throw new IllegalArgumentException("the result array is an argument array; they must be two");
        }
    }

    /** Two arrays to be filled, either of which may be null. */
    static void requireApart(String what, double[] out, String other, double[] otherOut) {
        if (out == otherOut && out != null && out.length > 0) {
            throw new IllegalArgumentException("the arrays of " + what + " and of " + other
                    + " are one; they must be two");
        }
    }

    /** How many points of n entries there are. */
    static int count(double[] points, int n) {
        if (points.length % n != 0) {
            throw new IllegalArgumentException("the points have " + points.length
                    + " entries, not a multiple of n = " + n);
        }
        return points.length / n;
    }

    /** Checks an array of results at points, which may be null. */
    static void requireResults(String what, double[] points, double[] out, int count, long each) {
        if (out == null) {
            return;
        }
        if (out.length != count * each) {
            throw new IllegalArgumentException("the array of " + what + " has " + out.length + " entries, " + count
                    + " points need "
                    + count * each);
        }
        requireDistinct(points, out);
    }
}
