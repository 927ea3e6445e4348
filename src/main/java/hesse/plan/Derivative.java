package hesse.plan;

import hesse.diff.Forward;
import hesse.diff.Reverse;
import hesse.diff.SymbolicHessian;
import hesse.graph.Graph;
import hesse.graph.Input;
import hesse.graph.Node;
import hesse.graph.Shape;
import hesse.plan.Layout.Part;
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
    /**
     * For the seed u of m entries u'F, its gradient, and the lower triangle of its Hessian by rows: 1 + n + n(n+1)/2
     * entries.
     */
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
    public Steps steps(Body traced) {
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

    /**
     * What a vector of n entries becomes in terms of a body's linear forms: the parts of the forms, and of the point
     * itself.
     */
    private static void want(Planner planner, Body body, LinearForms forms, Node[] parts, int target) {
        for (int p = 0; p < forms.products().size(); p++) {
            LinearForms.OfColumn[] entries = forms.forms().get(p);
            if (parts[p] == null) {
                continue;
            }
            if (entries.length >= MATRIX) {
                boolean together = entries[0].stride() == 1;
                Node column = entries[0].column();
                planner.outer(together ? parts[p] : column, together ? column : parts[p], target + entries[0].from());
                continue;
            }
            for (int i = 0; i < entries.length; i++) {
                planner.spread(body.graph().view(parts[p], i, Shape.SCALAR), entries[i], target, -1);
            }
        }
        planner.wantSum(parts[parts.length - 1], target);
    }

    private static Steps value(Body body) {
        return valued(body).steps(body.over(), Layout.of(body.m(), 0), body.point());
    }

    private static Steps gradient(Body body) {
        LinearForms forms = LinearForms.of(body);
        Planner planner = valued(body);
        Layout layout = Layout.of(1, body.n());
        want(planner, body, forms, Reverse.adjoints(body.graph(), body.root(), one(body), forms.leaves(body)),
                layout.from(Part.GRADIENT));
        return planner.steps(body.over(), layout, body.point());
    }

    private static Steps hessianVector(Body body) {
        Graph g = body.graph();
        Node seed = g.input(new Input(Input.Role.SEED, 0), body.point().shape());
        LinearForms forms = LinearForms.of(body);
        Node[] gradient = Reverse.adjointsToDifferentiate(g, body.root(), one(body), forms.leaves(body));
        Planner planner = valued(body);
        Layout layout = Layout.of(1, body.n());
        want(planner, body, forms, Forward.tangentsOfGradient(g, gradient, body.point(), seed),
                layout.from(Part.GRADIENT));
        return planner.steps(body.over(), layout, body.point(), seed);
    }

    /** Written out where the body is small; otherwise row d is H e_d, of which the first d + 1 entries are kept. */
    private static Steps hessian(Body body, Node... seeds) {
        LinearForms forms = LinearForms.of(body);
        SymbolicHessian hessian = SymbolicHessian.of(body.graph(), body.root(), forms.leaves(body));
        if (hessian != null) {
            return secondOrder(body, forms, hessian, seeds);
        }
        Graph g = body.graph();
        Node unit = unit(body);
        Node[] gradient = Reverse.adjoints(g, body.root(), one(body), body.point());
        Node[] slopes = Reverse.adjointsToDifferentiate(g, gradient, body.root(), one(body), body.point());
        Planner planner = valued(body);
        planner.want(gradient[0], Layout.secondOrder(body.n()).from(Part.GRADIENT));
        return secondOrder(body, planner, unit, Forward.tangentsOfGradient(g, slopes, body.point(), unit)[0], seeds);
    }

    /** The Hessian of u'F. */
    private static Steps weightedHessian(Body body) {
        Graph g = body.graph();
        Node seed = seed(body);
        Node product = g.multiply(seed, body.root());
        Node flat = g.reshape(product, Shape.of(product.shape().size()));
        return hessian(new Body(g, body.point(), g.sum(flat, 0), body.over()), seed);
    }

    private static Node seed(Body body) {
        return body.graph().input(new Input(body.perRow() ? Input.Role.ROW_SEED : Input.Role.SEED, 1),
                body.root().shape());
    }

    /** As a Hessian; where the body is large, row d is J'(J e_d). */
    private static Steps gaussNewton(Body body) {
        LinearForms forms = LinearForms.of(body);
        SymbolicHessian products = SymbolicHessian.gaussNewton(body.graph(), body.root(), forms.leaves(body));
        if (products != null) {
            return secondOrder(body, forms, products);
        }
        Graph g = body.graph();
        Node unit = unit(body);
        Node tangent = sweep(body, false, unit);
        Planner planner = new Planner(g);
        planner.want(g.dot(body.root(), body.root()), 0);
        planner.want(sweep(body, true, body.root()), Layout.secondOrder(body.n()).from(Part.GRADIENT));
        return secondOrder(body, planner, unit, tangent == null ? null : sweep(body, true, tangent));
    }

    private static Node unit(Body body) {
        return body.graph().input(new Input(Input.Role.DIRECTION, 0), body.point().shape());
    }

    private static Steps secondOrder(Body body, Planner planner, Node unit, Node row, Node... seeds) {
        Layout layout = Layout.secondOrder(body.n());
        planner.want(row, layout.from(Part.MATRIX), 1, Loop.TRIANGLE);
        Node[] inputs = Stream.concat(Stream.of(body.point(), unit), Arrays.stream(seeds)).toArray(Node[]::new);
        return planner.steps(body.over(), layout, inputs);
    }

    /** Entries by forms become spreads and grams. */
    private static Steps secondOrder(Body body, LinearForms forms, SymbolicHessian hessian, Node... seeds) {
        Layout layout = Layout.secondOrder(body.n());
        Graph g = hessian.graph();
        List<LinearForms.OfColumn> all = forms.in(g);
        Planner planner = new Planner(g);
        planner.want(hessian.value(), layout.from(Part.VALUE));
        for (int i = 0; i < all.size(); i++) {
            planner.spread(hessian.gradient()[i], all.get(i), layout.from(Part.GRADIENT), -1);
        }
        for (int i = 0; i < body.n(); i++) {
            planner.want(hessian.gradient()[all.size() + i], layout.from(Part.GRADIENT) + i);
        }
        for (SymbolicHessian.Entry entry : hessian.entries()) {
            int row = entry.row() - all.size();
            int column = entry.column() - all.size();
            if (column >= 0) {
                planner.want(entry.node(), layout.from(Part.MATRIX) + Layout.packedIndex(row, column));
            } else if (row >= 0) {
                planner.spread(entry.node(), all.get(entry.column()), layout.from(Part.MATRIX), row);
            } else {
                planner.gram(entry.node(), all.get(entry.row()), all.get(entry.column()));
            }
        }
        return planner.steps(body.over(), layout, Stream.concat(Stream.of(body.point()), Arrays.stream(seeds))
                .map(input -> g.input((Input) input.operation(), input.shape())).toArray(Node[]::new));
    }

    /** Reverse mode gives a row a sweep, forward mode a column: the fewer sweeps win, ties go to reverse. */
    private static Steps jacobian(Body body) {
        Graph g = body.graph();
        int n = body.n();
        int m = body.m();
        Layout layout = Layout.jacobian(m, n);
        boolean reverse = m <= n;
        Shape swept = reverse ? body.root().shape() : body.point().shape();
        Planner planner = valued(body);
        if (Math.min(m, n) > WRITTEN_SWEEPS) {
            Node unit = g.input(new Input(Input.Role.DIRECTION, 0), swept);
            planner.want(sweep(body, reverse, unit), m, reverse ? 1 : n, reverse ? n : 1);
            return planner.steps(body.over(), layout, body.point(), unit);
        }
        for (int i = 0; i < Math.min(m, n); i++) {
            double[] unit = new double[swept.size()];
            unit[i] = 1;
            planner.want(sweep(body, reverse, g.constant(swept, unit)), reverse ? m + i * n : m + i,
                    reverse ? 1 : n, 0);
        }
        return planner.steps(body.over(), layout, body.point());
    }

    private static Node sweep(Body body, boolean reverse, Node unit) {
        Graph g = body.graph();
        return reverse
                ? Reverse.adjoints(g, body.root(), unit, body.point())[0]
                : Forward.tangents(g, new Node[] {body.root()}, body.point(), unit)[0];
    }

    private static Steps jacobianVector(Body body) {
        Node seed = body.graph().input(new Input(Input.Role.SEED, 0), body.point().shape());
        Planner planner = valued(body);
        planner.want(sweep(body, false, seed), body.m());
        Layout layout = Layout.of(body.m(), body.m());
        return planner.steps(body.over(), layout, body.point(), seed);
    }

    private static Steps transposedJacobianVector(Body body) {
        Node seed = seed(body);
        LinearForms forms = LinearForms.of(body);
        Planner planner = new Planner(body.graph());
        want(planner, body, forms, Reverse.adjoints(body.graph(), body.root(), seed, forms.leaves(body)), 0);
        return planner.steps(body.over(), Layout.of(0, body.n()), body.point(), seed);
    }
}
