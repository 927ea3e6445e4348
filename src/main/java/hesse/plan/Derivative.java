package hesse.plan;

import hesse.diff.Forward;
import hesse.diff.Reverse;
import hesse.diff.SymbolicHessian;
import hesse.graph.Graph;
import hesse.graph.Input;
import hesse.graph.Node;
import hesse.graph.Shape;

/**
 * What can be asked of a {@link Body} F: R^n to R^m, and the layout of its flat result. The value, where there is one,
 * comes first.
 */
public enum Derivative {
    /** F: m entries. */
    VALUE,
    /** f, then its gradient: 1 + n entries; m = 1. */
    GRADIENT,
    /** f, gradient, and the lower triangle of the Hessian by rows: 1 + n + n(n+1)/2 entries; m = 1. */
    HESSIAN,
    /** f, then H v for the seed v of n entries: 1 + n entries; m = 1. */
    HESSIAN_VECTOR,
    /** F, then J by rows: m + m n entries. */
    JACOBIAN,
    /** F, then J v for the seed v of n entries: 2 m entries. */
    JACOBIAN_VECTOR,
    /** J'u for the seed u of m entries: n entries. */
    TRANSPOSED_JACOBIAN_VECTOR;

    /** A Jacobian with at most this many sweeps of the cheaper mode is written out, a larger one runs by directions. */
    private static final int WRITTEN_SWEEPS = 32;

    /** Builds the program. Called once a body and derivative; locks the body. */
    public Plan plan(Body body) {
        synchronized (body) {
            return switch (this) {
                case VALUE -> value(body);
                case GRADIENT -> gradient(body);
                case HESSIAN -> hessian(body);
                case HESSIAN_VECTOR -> hessianVector(body);
                case JACOBIAN -> jacobian(body);
                case JACOBIAN_VECTOR -> jacobianVector(body);
                case TRANSPOSED_JACOBIAN_VECTOR -> transposedJacobianVector(body);
            };
        }
    }

    private static Planner valued(Body body) {
        Planner planner = new Planner(body.graph());
        planner.want(body.root(), 0);
        return planner;
    }

    private static Node gradientNode(Body body) {
        Graph g = body.graph();
        Node one = g.reshape(g.constant(1), body.root().shape());
        return Reverse.adjoints(g, body.root(), one, body.point())[0];
    }

    private static Plan value(Body body) {
        return valued(body).plan(body.perRow(), body.m(), body.point());
    }

    private static Plan gradient(Body body) {
        Planner planner = valued(body);
        planner.want(gradientNode(body), 1);
        return planner.plan(body.perRow(), 1 + body.n(), body.point());
    }

    private static Plan hessianVector(Body body) {
        Graph g = body.graph();
        Node seed = g.input(new Input(Input.Kind.SEED, 0), body.point().shape());
        Planner planner = valued(body);
        planner.want(Forward.tangents(g, new Node[] {gradientNode(body)}, body.point(), seed)[0], 1);
        return planner.plan(body.perRow(), 1 + body.n(), body.point(), seed);
    }

    /** Written out where the body is small; otherwise row d is H e_d, of which the first d + 1 entries are kept. */
    private static Plan hessian(Body body) {
        int n = body.n();
        int size = 1 + n + packedSize(n);
        SymbolicHessian hessian = SymbolicHessian.of(body.graph(), body.root(), body.point());
        if (hessian == null) {
            Graph g = body.graph();
            Node unit = g.input(new Input(Input.Kind.DIRECTION, 0), body.point().shape());
            Node gradient = gradientNode(body);
            Planner planner = valued(body);
            planner.want(gradient, 1);
            planner.want(Forward.tangents(g, new Node[] {gradient}, body.point(), unit)[0], 1 + n, 1, Plan.Output.TRIANGLE);
            return planner.plan(body.perRow(), size, body.point(), unit);
        }
        Planner planner = new Planner(hessian.graph());
        planner.want(hessian.value(), 0);
        for (int i = 0; i < n; i++) {
            planner.want(hessian.gradient()[i], 1 + i);
        }
        for (SymbolicHessian.Entry entry : hessian.entries()) {
            planner.want(entry.node(), 1 + n + packedIndex(entry.row(), entry.column()));
        }
        Node point = hessian.graph().input((Input) body.point().attribute(), body.point().shape());
        return planner.plan(body.perRow(), size, point);
    }

    /** n (n + 1)/2, or an error where no array could hold it. */
    public static int packedSize(int n) {
        long size = n * (n + 1L) / 2;
        if (1 + n + size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("the Hessian of " + n + " parameters has " + size
                    + " entries, more than an array holds; use hessianVector(x, v), which never forms it");
        }
        return (int) size;
    }

    private static int packedIndex(int row, int column) {
        return row * (row + 1) / 2 + column;
    }

    /** Reverse mode gives a row a sweep, forward mode a column: the fewer sweeps win, ties go to reverse. */
    private static Plan jacobian(Body body) {
        Graph g = body.graph();
        int n = body.n();
        int m = body.m();
        int size = m + Math.multiplyExact(m, n);
        boolean reverse = m <= n;
        Shape swept = reverse ? body.root().shape() : body.point().shape();
        Planner planner = valued(body);
        if (Math.min(m, n) > WRITTEN_SWEEPS) {
            Node unit = g.input(new Input(Input.Kind.DIRECTION, 0), swept);
            planner.want(sweep(body, reverse, unit), m, reverse ? 1 : n, reverse ? n : 1);
            return planner.plan(body.perRow(), size, body.point(), unit);
        }
        for (int i = 0; i < Math.min(m, n); i++) {
            double[] unit = new double[swept.size()];
            unit[i] = 1;
            planner.want(sweep(body, reverse, g.constant(swept, unit)), reverse ? m + i * n : m + i, reverse ? 1 : n, 0);
        }
        return planner.plan(body.perRow(), size, body.point());
    }

    private static Node sweep(Body body, boolean reverse, Node unit) {
        Graph g = body.graph();
        return reverse
                ? Reverse.adjoints(g, body.root(), unit, body.point())[0]
                : Forward.tangents(g, new Node[] {body.root()}, body.point(), unit)[0];
    }

    private static Plan jacobianVector(Body body) {
        Node seed = body.graph().input(new Input(Input.Kind.SEED, 0), body.point().shape());
        Planner planner = valued(body);
        planner.want(sweep(body, false, seed), body.m());
        return planner.plan(body.perRow(), 2 * body.m(), body.point(), seed);
    }

    private static Plan transposedJacobianVector(Body body) {
        Input.Kind kind = body.perRow() ? Input.Kind.ROW_SEED : Input.Kind.SEED;
        Node seed = body.graph().input(new Input(kind, 1), body.root().shape());
        Planner planner = new Planner(body.graph());
        planner.want(sweep(body, true, seed), 0);
        return planner.plan(body.perRow(), body.n(), body.point(), seed);
    }
}
