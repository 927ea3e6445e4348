package hesse;

import hesse.matrix.SymmetricMatrix;
import hesse.plan.Derivative;
import hesse.plan.Layout;
import hesse.run.CompiledPoints;
import hesse.run.Program;
import hesse.run.Workspace;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A function f: R^n to R with exact derivatives: of one body, or the sum of a body over {@link Rows}, or a combination
 * of such terms.
 *
 * <p>The body runs once, here, and writes down the function; derivatives are derived from that once, when first asked.
 * Immutable and safe to share between threads. Calls that fill arrays allocate nothing once warm. NaN and infinities
 * follow IEEE and are never an error. An interrupt of the calling thread ends a long call, also one that only traces or
 * derives, with a {@link java.util.concurrent.CancellationException}: the interrupt stays set, the arrays are as they
 * were.
 */
public final class Objective {
    private static final int PREPARED_HESSIAN = 100;

    private final int n;
    private final Term[] terms;
    private final Settings settings;
    /** What evaluates a body without rows as it is; null where this is something else. */
    private final CompiledPoints points;

    private Objective(int n, Term[] terms, Settings settings) {
        this.n = n;
        this.terms = terms;
        this.settings = settings;
        boolean isOneBody = terms.length == 1 && terms[0].isOfPoint() && terms[0].scale() == 1;
        this.points = isOneBody ? terms[0].program().points(settings.mode()) : null;
    }

    /**
     * A function of n parameters.
     *
     * @param body from the point x, shape [n], to one value
     */
    public static Objective of(int n, Function<Expr, Expr> body) {
        return of(n, null, (x, row) -> body.apply(x));
    }

    /**
     * The sum over rows of a body of n parameters and a row. Rows add up in a fixed order that depends on their number
     * only.
     *
     * @param body from the point x, shape [n], and the row to one value
     */
    public static Objective sum(int n, Rows rows, BiFunction<Expr, Row, Expr> body) {
        if (rows == null) {
            throw new IllegalArgumentException("rows is null; a function without rows is Objective.of");
        }
        return of(n, rows, body);
    }

    private static Objective of(int n, Rows rows, BiFunction<Expr, Row, Expr> body) {
        Program program = Bodies.trace(n, rows, body);
        if (program.body().m() != 1) {
            throw new IllegalArgumentException("an objective's body gives one value, this one has shape "
                    + program.body().root().shape());
        }
        return new Objective(n, new Term[] {Term.of(program, rows)}, Settings.defaults());
    }

    /** The number of parameters. */
    public int n() {
        return n;
    }

    public Settings settings() {
        return settings;
    }

    /** This function under other settings; its programs are shared. */
    public Objective with(Settings settings) {
        Hesse.check(settings);
        return new Objective(n, terms, settings);
    }

    /** The sum of two functions of the same number of parameters, say of a loss and a penalty. */
    public Objective plus(Objective other) {
        if (other.n != n) {
            throw new IllegalArgumentException("functions of " + n + " and of " + other.n + " parameters do not add");
        }
        return new Objective(n, Stream.of(terms, other.terms).flatMap(Arrays::stream).toArray(Term[]::new), settings);
    }

    /** This function times a number. */
    public Objective times(double factor) {
        return new Objective(n, Arrays.stream(terms).map(t -> t.times(factor)).toArray(Term[]::new), settings);
    }

    /**
     * The same function over other rows, without tracing again; terms without rows stay.
     *
     * @throws IllegalArgumentException where names, widths or order of the columns differ, or no term has rows
     */
    public Objective on(Rows other) {
        if (Arrays.stream(terms).allMatch(Term::isOfPoint)) {
            throw new IllegalArgumentException("this function reads no rows");
        }
        return new Objective(n, Arrays.stream(terms).map(t -> t.isOfPoint() ? t : t.on(other))
                .toArray(Term[]::new), settings);
    }

    /**
     * Warms up value and gradient, and the Hessian of up to {@value #PREPARED_HESSIAN} parameters, and returns when
     * their fastest tier is ready; otherwise that happens in the background while they are used. Takes two to ten
     * seconds for each derivative of a sum over rows, less than one for each at a point, longer where a body has many
     * thousand operations; {@link #explain} tells what it took, and the log at level DEBUG. Asked again it returns at
     * once.
     *
     * @return this
     * @throws java.util.concurrent.CancellationException where the thread is interrupted; what is not ready by then is
     *     prepared by the next call
     */
    public Objective prepare() {
        prepare(false);
        return this;
    }

    /** @param manyPoints whether for a batch */
    void prepare(boolean manyPoints) {
        long start = System.nanoTime();
        for (Term term : terms) {
            for (Derivative derivative : prepared()) {
                (manyPoints ? term.engineOfMany(derivative) : term.engine(derivative)).prepare();
            }
        }
        Hesse.prepared(n, start);
    }

    /** What {@link #prepare} and {@link Batch#prepare} warm up. */
    private List<Derivative> prepared() {
        return n <= PREPARED_HESSIAN
                ? List.of(Derivative.VALUE, Derivative.GRADIENT, Derivative.HESSIAN)
                : List.of(Derivative.VALUE, Derivative.GRADIENT);
    }

    /**
     * How value, gradient and (up to {@value #PREPARED_HESSIAN} parameters) Hessian run here and now, in lines for a
     * person.
     */
    public String explain() {
        StringBuilder text = new StringBuilder("function of " + n + " parameters, tier "
                + settings.tier().name().toLowerCase(Locale.ROOT) + "\n");
        for (Term term : terms) {
            text.append(term.scale() == 1 ? "a body" : term.scale() + " times a body").append(" of ")
                    .append(term.program().body().graph().size()).append(" nodes");
            text.append(term.isOfPoint() ? "\n" : ", summed over " + term.rows() + "\n");
            for (Derivative derivative : prepared()) {
                text.append("  ").append(derivative.name().toLowerCase(Locale.ROOT)).append('\n')
                        .append(term.engine(derivative).explain(settings.mode()));
            }
        }
        return text.toString();
    }

    /** This function at many points at once. */
    public Batch batch() {
        return new Batch(this, false);
    }

    /** f(x). */
    public double value(double[] x) {
        requirePoint(x);
        return evaluate(Derivative.VALUE, x, null, null);
    }

    /** The gradient, df/dx_i at i. */
    public double[] gradient(double[] x) {
        double[] g = new double[n];
        gradient(x, g);
        return g;
    }

    /**
     * Fills the gradient.
     *
     * @param g filled; may not be x
     * @return f(x)
     */
    public double gradient(double[] x, double[] g) {
        requirePoint(x);
        Bodies.requireLength("the gradient array", g.length, n);
        Bodies.requireDistinct(x, g);
        return evaluate(Derivative.GRADIENT, x, null, g);
    }

    /** The Hessian, d2f/dx_i dx_j at (i, j). */
    public SymmetricMatrix hessian(double[] x) {
        requirePoint(x);
        Layout.packedSize(n);
        SymmetricMatrix h = SymmetricMatrix.of(n);
        hessian(x, new double[n], h);
        return h;
    }

    /**
     * Fills gradient and Hessian in one pass.
     *
     * @param g filled; may not be x
     * @param h filled; of n rows
     * @return f(x)
     */
    public double hessian(double[] x, double[] g, SymmetricMatrix h) {
        requirePoint(x);
        Bodies.requireLength("the gradient array", g.length, n);
        Bodies.requireDistinct(x, g);
        Bodies.requireRows(h, n);
        Workspace w = run(Derivative.HESSIAN, x, null);
        double value = 0;
        for (int k = 0; k < terms.length; k++) {
            double scale = terms[k].scale();
            value = combine(k, value, w.result()[0], scale);
            combine(k, g, w.result(), scale);
            terms[k].matrix(w, Derivative.HESSIAN, h, k > 0);
            w = giveBack(Derivative.HESSIAN, k, w);
        }
        return value;
    }

    /** The Hessian times a vector, H(x) v, without forming the Hessian. */
    public double[] hessianVector(double[] x, double[] v) {
        double[] hv = new double[n];
        hessianVector(x, v, hv);
        return hv;
    }

    /**
     * Fills H(x) v.
     *
     * @param hv filled; may be neither x nor v
     * @return f(x)
     */
    public double hessianVector(double[] x, double[] v, double[] hv) {
        requirePoint(x);
        Bodies.requireLength("the vector", v.length, n);
        Bodies.requireLength("the result array", hv.length, n);
        Bodies.requireDistinct(x, hv);
        Bodies.requireDistinct(v, hv);
        return evaluate(Derivative.HESSIAN_VECTOR, x, v, hv);
    }

    private void requirePoint(double[] x) {
        Bodies.requireLength("the point", x.length, n);
    }

    /** What follows the value goes to {@code out}, which may be null. */
    private double evaluate(Derivative derivative, double[] x, double[] seed, double[] out) {
        if (points != null) {
            return points.evaluate(derivative, x, seed, out);
        }
        Workspace w = run(derivative, x, seed);
        double value = 0;
        for (int k = 0; k < terms.length; k++) {
            value = combine(k, value, w.result()[0], terms[k].scale());
            if (out != null) {
                combine(k, out, w.result(), terms[k].scale());
            }
            w = giveBack(derivative, k, w);
        }
        return value;
    }

    /** At many points; arrays may be null. */
    void evaluate(Derivative derivative, double[] points, int count, double[] values, double[] gradients,
            double[] hessians, boolean byComponent) {
        for (int k = 0; k < terms.length; k++) {
            Term term = terms[k];
            Workspace w = term.engineOfMany(derivative).borrow();
            w.stackTo(values, gradients, hessians, byComponent, term.scale(), k > 0);
            term.many(derivative, w, points, count, settings);
        }
    }

    /**
     * All terms, before any result goes to the caller's arrays, so that an interrupt leaves those as they were; the
     * first one's work space.
     */
    private Workspace run(Derivative derivative, double[] x, double[] seed) {
        Workspace first = null;
        Workspace last = null;
        for (Term term : terms) {
            Workspace w = term.run(derivative, x, seed, null, settings);
            if (last == null) {
                first = w;
            } else {
                last.next(w);
            }
            last = w;
        }
        return first;
    }

    /** The next term's work space. */
    private Workspace giveBack(Derivative derivative, int k, Workspace w) {
        Workspace next = w.next();
        terms[k].engine(derivative).giveBack(w);
        return next;
    }

    private static double combine(int k, double sum, double term, double scale) {
        return k == 0 ? scale * term : sum + scale * term;
    }

    /** The entries behind a result's value. */
    private static void combine(int k, double[] sum, double[] result, double scale) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] = combine(k, sum[i], result[1 + i], scale);
        }
    }

    /** The programs of all terms, for tests of their cost. */
    List<Program> programs() {
        return Arrays.stream(terms).map(Term::program).toList();
    }
}
