package hesse.plan;

import hesse.diff.Forward;
import hesse.diff.Reverse;
import hesse.diff.SymbolicHessian;
import hesse.graph.Graph;
import hesse.graph.Input;
import hesse.graph.Node;
import hesse.graph.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

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
    /** For the seed u of m entries u'F, its gradient, and the lower triangle of its Hessian by rows: 1 + n + n(n+1)/2 entries. */
    WEIGHTED_HESSIAN,
    /** F'F, J'F, and the lower triangle of J'J by rows: 1 + n + n(n+1)/2 entries. */
    GAUSS_NEWTON,
    /** F, then J by rows: m + m n entries. */
    JACOBIAN,
    /** F, then J v for the seed v of n entries: 2 m entries. */
    JACOBIAN_VECTOR,
    /** J'u for the seed u of m entries: n entries. */
    TRANSPOSED_JACOBIAN_VECTOR;

    /** A Jacobian with at most this many sweeps of the cheaper mode is written out, a larger one runs by directions. */
    private static final int WRITTEN_SWEEPS = 32;

    /** Forms of one column from which their parts of a gradient are a product of two matrices. */
    private static final int MATRIX = 4;

    /** Builds the program. Called once a body and derivative; locks the body's graph. */
    public Plan plan(Body traced) {
        synchronized (traced.graph()) {
            Body body = traced.writtenOut();
            return switch (this) {
                case VALUE -> value(body);
                case GRADIENT -> gradient(body);
                case HESSIAN -> hessian(body, new Node[0]);
                case WEIGHTED_HESSIAN -> weightedHessian(body);
                case HESSIAN_VECTOR -> hessianVector(body);
                case GAUSS_NEWTON -> gaussNewton(body);
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

    private static Node one(Body body) {
        return body.graph().reshape(body.graph().constant(1), body.root().shape());
    }

    /** What a vector of n entries becomes in terms of a body's waist: the parts of the forms, and of the point itself. */
    private static void want(Planner planner, Body body, Waist waist, Node[] parts, int target) {
        for (int p = 0; p < waist.products().size(); p++) {
            Waist.Form[] forms = waist.forms().get(p);
            if (parts[p] == null) {
                continue;
            }
            if (forms.length >= MATRIX) {
                boolean together = forms[0].stride() == 1;
                Node column = forms[0].column();
                planner.outer(together ? parts[p] : column, together ? column : parts[p], target + forms[0].from());
                continue;
            }
            for (int i = 0; i < forms.length; i++) {
                planner.spread(body.graph().view(parts[p], i, Shape.SCALAR), forms[i], target, -1);
            }
        }
        planner.wantSum(parts[parts.length - 1], target);
    }

    private static Plan value(Body body) {
        return valued(body).plan(body.over(), body.m(), body.point());
    }

    private static Plan gradient(Body body) {
        Waist waist = Waist.of(body);
        Planner planner = valued(body);
        want(planner, body, waist, Reverse.adjoints(body.graph(), body.root(), one(body), waist.leaves(body)), 1);
        return planner.plan(body.over(), 1 + body.n(), body.point());
    }

    private static Plan hessianVector(Body body) {
        Graph g = body.graph();
        Node seed = g.input(new Input(Input.Kind.SEED, 0), body.point().shape());
        Waist waist = Waist.of(body);
        Node[] gradient = Reverse.adjointsToDifferentiate(g, body.root(), one(body), waist.leaves(body));
        Planner planner = valued(body);
        want(planner, body, waist, Forward.tangentsOfGradient(g, gradient, body.point(), seed), 1);
        return planner.plan(body.over(), 1 + body.n(), body.point(), seed);
    }

    /** Written out where the body is small; otherwise row d is H e_d, of which the first d + 1 entries are kept. */
    private static Plan hessian(Body body, Node... seeds) {
        Waist waist = Waist.of(body);
        SymbolicHessian hessian = SymbolicHessian.of(body.graph(), body.root(), waist.leaves(body));
        if (hessian != null) {
            return secondOrder(body, waist, hessian, seeds);
        }
        Graph g = body.graph();
        Node unit = unit(body);
        Node[] gradient = Reverse.adjoints(g, body.root(), one(body), body.point());
        Node[] slopes = Reverse.adjointsToDifferentiate(g, gradient, body.root(), one(body), body.point());
        Planner planner = valued(body);
        planner.want(gradient[0], 1);
        return secondOrder(body, planner, unit, Forward.tangentsOfGradient(g, slopes, body.point(), unit)[0], seeds);
    }

    /** The Hessian of u'F. */
    private static Plan weightedHessian(Body body) {
        Graph g = body.graph();
        Node seed = seed(body);
        Node product = g.multiply(seed, body.root());
        Node flat = g.reshape(product, Shape.of(product.shape().size()));
        return hessian(new Body(g, body.point(), g.sum(flat, 0), body.over()), seed);
    }

    private static Node seed(Body body) {
        return body.graph().input(new Input(body.perRow() ? Input.Kind.ROW_SEED : Input.Kind.SEED, 1), body.root().shape());
    }

    /** As a Hessian; where the body is large, row d is J'(J e_d). */
    private static Plan gaussNewton(Body body) {
        Waist waist = Waist.of(body);
        SymbolicHessian products = SymbolicHessian.gaussNewton(body.graph(), body.root(), waist.leaves(body));
        if (products != null) {
            return secondOrder(body, waist, products);
        }
        Graph g = body.graph();
        Node unit = unit(body);
        Node tangent = sweep(body, false, unit);
        Planner planner = new Planner(g);
        planner.want(g.dot(body.root(), body.root()), 0);
        planner.want(sweep(body, true, body.root()), 1);
        return secondOrder(body, planner, unit, tangent == null ? null : sweep(body, true, tangent));
    }

    private static Node unit(Body body) {
        return body.graph().input(new Input(Input.Kind.DIRECTION, 0), body.point().shape());
    }

    private static Plan secondOrder(Body body, Planner planner, Node unit, Node row, Node... seeds) {
        planner.want(row, 1 + body.n(), 1, Plan.Output.TRIANGLE);
        Node[] inputs = Stream.concat(Stream.of(body.point(), unit), Arrays.stream(seeds)).toArray(Node[]::new);
        return planner.plan(body.over(), 1 + body.n() + packedSize(body.n()), inputs);
    }

    /** Entries by forms become spreads and grams. */
    private static Plan secondOrder(Body body, Waist waist, SymbolicHessian hessian, Node... seeds) {
        int n = body.n();
        int size = 1 + n + packedSize(n);
        Graph g = hessian.graph();
        List<Waist.Form> forms = waist.in(g);
        Planner planner = new Planner(g);
        planner.want(hessian.value(), 0);
        for (int i = 0; i < forms.size(); i++) {
            planner.spread(hessian.gradient()[i], forms.get(i), 1, -1);
        }
        for (int i = 0; i < n; i++) {
            planner.want(hessian.gradient()[forms.size() + i], 1 + i);
        }
        for (SymbolicHessian.Entry entry : hessian.entries()) {
            int row = entry.row() - forms.size();
            int column = entry.column() - forms.size();
            if (column >= 0) {
                planner.want(entry.node(), 1 + n + packedIndex(row, column));
            } else if (row >= 0) {
                planner.spread(entry.node(), forms.get(entry.column()), 1 + n, row);
            } else {
                planner.gram(entry.node(), forms.get(entry.row()), forms.get(entry.column()), 1 + n);
            }
        }
        return planner.plan(body.over(), size, Stream.concat(Stream.of(body.point()), Arrays.stream(seeds))
                .map(input -> g.input((Input) input.attribute(), input.shape())).toArray(Node[]::new));
    }

    /** n (n + 1)/2, or an error where no array could hold it. */
    public static int packedSize(int n) {
        long size = n * (n + 1L) / 2;
        if (1L + n + size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("the Hessian of " + n + " parameters has " + size
                    + " entries, more than an array holds; use hessianVector(x, v), which never forms it");
        }
        return (int) size;
    }

    private static int size(long entries, String what) {
        if (entries > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(what + " of " + entries + " entries, more than an array holds");
        }
        return (int) entries;
    }

    /** Where (row, column), row &gt;= column, lies in a packed lower triangle. */
    public static int packedIndex(int row, int column) {
        return (int) (row * (row + 1L) / 2 + column);
    }

    /** Reverse mode gives a row a sweep, forward mode a column: the fewer sweeps win, ties go to reverse. */
    private static Plan jacobian(Body body) {
        Graph g = body.graph();
        int n = body.n();
        int m = body.m();
        int size = jacobianSize(m, n);
        boolean reverse = m <= n;
        Shape swept = reverse ? body.root().shape() : body.point().shape();
        Planner planner = valued(body);
        if (Math.min(m, n) > WRITTEN_SWEEPS) {
            Node unit = g.input(new Input(Input.Kind.DIRECTION, 0), swept);
            planner.want(sweep(body, reverse, unit), m, reverse ? 1 : n, reverse ? n : 1);
            return planner.plan(body.over(), size, body.point(), unit);
        }
        for (int i = 0; i < Math.min(m, n); i++) {
            double[] unit = new double[swept.size()];
            unit[i] = 1;
            planner.want(sweep(body, reverse, g.constant(swept, unit)), reverse ? m + i * n : m + i, reverse ? 1 : n, 0);
        }
        return planner.plan(body.over(), size, body.point());
    }

    /** m values and the m n entries of their Jacobian, or an error where no array could hold them. */
    static int jacobianSize(int m, int n) {
        long size = m + (long) m * n;
        if (size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("the Jacobian of " + m + " values by " + n + " parameters has " + (long) m * n
                    + " entries, more than an array holds; use jacobianVector(x, v), which never forms it");
        }
        return (int) size;
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
        return planner.plan(body.over(), size(2L * body.m(), "values and their derivatives"), body.point(), seed);
    }

    private static Plan transposedJacobianVector(Body body) {
        Node seed = seed(body);
        Waist waist = Waist.of(body);
        Planner planner = new Planner(body.graph());
        want(planner, body, waist, Reverse.adjoints(body.graph(), body.root(), seed, waist.leaves(body)), 0);
        return planner.plan(body.over(), body.n(), body.point(), seed);
    }
}
