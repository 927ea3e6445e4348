package hesse;

import hesse.matrix.Matrix;
import hesse.matrix.SymmetricMatrix;
import hesse.plan.Derivative;
import hesse.plan.Layout;
import hesse.plan.Layout.Part;
import hesse.run.Engine;
import hesse.run.Program;
import hesse.run.Workspace;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A function F: R^n to R^m with its exact Jacobian: of one body, or of a body per row of data, stacked (residuals,
 * constraints).
 *
 * <p>Built as an {@link Objective} is, as safe to share, and interrupted as one; of values and Jacobians over rows some
 * may be filled then. The value of a body is read in row-major order whatever its shape; with rows, row i gives the
 * entries from i k on, k the size of one row's value. There may be no values: m = 0, a Jacobian of 0 x n.
 */
public final class VectorFunction {
    private final int n;
    private final int m;
    private final Term term;
    private final Settings settings;

    private VectorFunction(Term term, Settings settings) {
        this.n = term.program().body().n();
        this.m = size(term.program().body().m(), term.rows());
        this.term = term;
        this.settings = settings;
    }

    private static int size(int values, Rows rows) {
        long m = rows == null ? values : (long) values * rows.count();
        if (m > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(rows.count() + " rows of " + values + " values each are " + m
                    + " values, a function has at most "
                    + Integer.MAX_VALUE);
        }
        return (int) m;
    }

    /**
     * A function of n parameters.
     *
     * @param body from the point x, shape [n], to m values of any shape
     */
    public static VectorFunction of(int n, Function<Expr, Expr> body) {
        return new VectorFunction(Term.of(Bodies.trace(n, null, (x, row) -> body.apply(x)), null), Settings.defaults());
    }

    /**
     * The values of a body for every row, stacked.
     *
     * @param body from the point x, shape [n], and the row to k values of any shape; m = N k
     */
    public static VectorFunction perRow(int n, Rows rows, BiFunction<Expr, Row, Expr> body) {
        if (rows == null) {
            throw new IllegalArgumentException("rows is null; a function without rows is VectorFunction.of");
        }
        return new VectorFunction(Term.of(Bodies.trace(n, rows, body), rows), Settings.defaults());
    }

    /** The number of parameters. */
    public int n() {
        return n;
    }

    /** The number of values. */
    public int m() {
        return m;
    }

    public Settings settings() {
        return settings;
    }

    /** This function under other settings; its programs are shared. */
    public VectorFunction with(Settings settings) {
        Hesse.check(settings);
        return new VectorFunction(term, settings);
    }

    /**
     * The same function over other rows, without tracing again.
     *
     * @throws IllegalArgumentException where names, widths or order of the columns differ, or this function has no rows
     */
    public VectorFunction on(Rows other) {
        if (term.isOfPoint()) {
            throw new IllegalArgumentException("this function reads no rows");
        }
        return new VectorFunction(term.on(other), settings);
    }

    /** Warms up values and Jacobian and returns when their fastest tier is ready, as {@link Objective#prepare}. */
    public VectorFunction prepare() {
        long start = System.nanoTime();
        term.engine(Derivative.VALUE).prepare();
        term.engine(Derivative.JACOBIAN).prepare();
        Hesse.prepared(n, start);
        return this;
    }

    void prepareBatch() {
        long start = System.nanoTime();
        term.engineOfMany(Derivative.VALUE).prepare();
        term.engineOfMany(Derivative.JACOBIAN).prepare();
        Hesse.prepared(n, start);
    }

    /**
     * This function at many points at once.
     *
     * @throws IllegalStateException where it has rows
     */
    public VectorBatch batch() {
        if (!term.isOfPoint()) {
            throw new IllegalStateException("a batch is of a function without rows; this one stacks "
                    + term.rows().count() + " rows at one point");
        }
        return new VectorBatch(this, false);
    }

    /** F(x). */
    public double[] value(double[] x) {
        double[] values = new double[m];
        value(x, values);
        return values;
    }

    /** Fills F(x); {@code values} may not be x. */
    public void value(double[] x, double[] values) {
        requirePoint(x, values, "the array of values", m);
        evaluate(Derivative.VALUE, x, null, values, null);
    }

    /** The Jacobian, dF_i/dx_j at (i, j). */
    public Matrix jacobian(double[] x) {
        Matrix j = Matrix.of(m, n);
        jacobian(x, new double[m], j);
        return j;
    }

    /**
     * Fills F(x) and the Jacobian in one pass; {@code values} may not be x, and neither may be what holds the Jacobian.
     */
    public void jacobian(double[] x, double[] values, Matrix jacobian) {
        requirePoint(x, values, "the array of values", m);
        if (jacobian.rows() != m || jacobian.columns() != n) {
            throw new IllegalArgumentException("the Jacobian is " + jacobian.rows() + " x " + jacobian.columns()
                    + ", must be " + m + " x " + n);
        }
        Bodies.requireApart("values", values, "the Jacobian", jacobian.data());
        Bodies.requireDistinct(x, jacobian.data());
        evaluate(Derivative.JACOBIAN, x, null, values, jacobian.data());
    }

    /** J(x) v, the change of F along v. */
    public double[] jacobianVector(double[] x, double[] v) {
        double[] jv = new double[m];
        jacobianVector(x, v, jv);
        return jv;
    }

    /** Fills J(x) v; {@code jv} may be neither x nor v. */
    public void jacobianVector(double[] x, double[] v, double[] jv) {
        requirePoint(x, jv, "the result array", m);
        Bodies.requireLength("the vector", v.length, n);
        Bodies.requireDistinct(v, jv);
        evaluate(Derivative.JACOBIAN_VECTOR, x, v, null, jv);
    }

    /** J(x)'u, the gradient of u'F. */
    public double[] transposedJacobianVector(double[] x, double[] u) {
        double[] ju = new double[n];
        transposedJacobianVector(x, u, ju);
        return ju;
    }

    /** Fills J(x)'u; {@code ju} may be neither x nor u. */
    public void transposedJacobianVector(double[] x, double[] u, double[] ju) {
        requirePoint(x, ju, "the result array", n);
        Bodies.requireLength("the weight vector", u.length, m);
        Bodies.requireDistinct(u, ju);
        Workspace w = term.run(Derivative.TRANSPOSED_JACOBIAN_VECTOR, x, null, u, settings);
        System.arraycopy(w.result(), 0, ju, 0, n);
        term.engine(Derivative.TRANSPOSED_JACOBIAN_VECTOR).giveBack(w);
    }

    /**
     * What a least-squares step needs, in one pass and without J: J'F, the gradient of F'F/2, and J'J, its Hessian but
     * for the second derivatives of F.
     *
     * @param g filled with J'F; may not be x
     * @param h filled with J'J; of n rows
     * @return F'F
     */
    public double gaussNewton(double[] x, double[] g, SymmetricMatrix h) {
        requirePoint(x, g, "the gradient array", n);
        return secondOrder(Derivative.GAUSS_NEWTON, x, null, g, h);
    }

    /**
     * The weighted sum of the values' Hessians, sum over i of u_i d2F_i/dx2, in one pass with u'F and its gradient:
     * what constraints with multipliers u add to the Hessian of a Lagrangian.
     *
     * @param u m weights
     * @param g filled with J'u; neither x nor u
     * @param h filled with the Hessian of u'F; of n rows
     * @return u'F(x)
     */
    public double weightedHessian(double[] x, double[] u, double[] g, SymmetricMatrix h) {
        requirePoint(x, g, "the gradient array", n);
        Bodies.requireLength("the weight vector", u.length, m);
        Bodies.requireDistinct(u, g);
        return secondOrder(Derivative.WEIGHTED_HESSIAN, x, u, g, h);
    }

    private double secondOrder(Derivative derivative, double[] x, double[] u, double[] g, SymmetricMatrix h) {
        Bodies.requireRows(h, n);
        Workspace w = term.run(derivative, x, null, u, settings);
        System.arraycopy(w.result(), term.engine(derivative).plan().layout().from(Part.GRADIENT), g, 0, n);
        term.matrix(w, derivative, h, false);
        double value = w.result()[0];
        term.engine(derivative).giveBack(w);
        return value;
    }

    private void requirePoint(double[] x, double[] out, String what, int length) {
        Bodies.requireLength("the point", x.length, n);
        Bodies.requireLength(what, out.length, length);
        Bodies.requireDistinct(x, out);
    }

    /** The value to {@code values} and what follows it to {@code rest}; either may be null. */
    private void evaluate(Derivative derivative, double[] x, double[] v, double[] values, double[] rest) {
        Engine engine = term.engine(derivative);
        Layout layout = engine.plan().layout();
        if (term.isOfPoint()) {
            Workspace w = term.run(derivative, x, v, null, settings);
            copy(w.result(), 0, values, layout.from(Part.GRADIENT));
            copy(w.result(), layout.from(Part.GRADIENT), rest, layout.size() - layout.from(Part.GRADIENT));
            engine.giveBack(w);
        } else {
            Workspace w = engine.borrow();
            w.stackTo(values, rest, rest, false, 1, false);
            engine.stack(w, term.data(), x, v, settings.mode(), settings.threads());
            engine.giveBack(w);
        }
    }

    private static void copy(double[] from, int start, double[] to, int length) {
        if (to != null) {
            System.arraycopy(from, start, to, 0, length);
        }
    }

    /** At many points; arrays may be null. */
    void evaluate(Derivative derivative, double[] points, int count, double[] values, double[] rest,
            boolean byComponent) {
        Workspace w = term.engineOfMany(derivative).borrow();
        w.stackTo(values, rest, rest, byComponent, 1, false);
        term.many(derivative, w, points, count, settings);
    }

    /** For tests of its cost. */
    Program program() {
        return term.program();
    }
}
