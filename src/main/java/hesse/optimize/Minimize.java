package hesse.optimize;

import hesse.Objective;
import hesse.VectorFunction;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Minimises an {@link Objective}, within bounds and under constraints where there are any: {@code
 * Minimize.of(f).from(x0).bounds(lower, upper).run()}. A builder for one thread; run() may be called again.
 *
 * <p>A run converges where every entry of the gradient, but those that bounds hold, is at most {@link #gradientTolerance} times what the
 * parameters' sizes make of it, sum_j |H_ij| |x_j|, and a Newton step is a small part (1e-6) of each parameter, or where that step promises less
 * than the rounding of the cost: 2^-52 |f|, or what values show (More and Wild, SIAM J. Sci. Comput. 33, 2011). Parameters that end at 0 are
 * measured by a part of the way they came. So no verdict depends on the unit of the cost or of a parameter, and a number added to the cost
 * limits digits by its rounding only: a factor 2^k gives the same points, bit for bit. A minimum at x = 0 whose value is 0 looks the same at every
 * scale: started again there, a method without second derivatives goes on.
 *
 * <p>Where a run would converge, second derivatives are asked, up to {@value #SMALL} parameters by every method: a maximum or saddle is left along
 * negative curvature; else {@link Minimum#isSufficient} tells. Methods without a Hessian estimate |H||x| by Hessian-vector products; of more
 * parameters they say that curvature was not looked at. Points where the cost or its gradient is not finite are stepped back from.
 */
public final class Minimize {
    /** Up to so many parameters a Hessian and its eigenvectors are cheap. */
    static final int SMALL = 300;

    /** Methods whose steps are to be the same whatever the parameters' units, and that may ask for a Hessian. */
    private static final Set<Method> OWN_UNITS = EnumSet.of(Method.TRUST_REGION, Method.NEWTON, Method.NEWTON_CG, Method.LBFGS);

    /** When to stop. */
    record Limits(double gradient, double change, double violation, int iterations, int evaluations) {}

    private final Objective objective;
    private double[] start;
    private Box box;
    private final List<Constraints.Part> constraints = new ArrayList<>();
    private Method method = Method.AUTO;
    private double stepSize = Double.NaN;
    private boolean explains = true;
    private double gradient = 1e-9;
    private double change = 1e-15;
    private double violation = 1e-9;
    private int iterations = 10_000;
    private int evaluations = Integer.MAX_VALUE;
    private Predicate<Step> listener = step -> true;

    private Minimize(Objective objective) {
        this.objective = objective;
        this.box = Box.open(objective.n());
    }

    public static Minimize of(Objective objective) {
        return new Minimize(objective);
    }

    /** The start, a point of n entries; one outside the bounds is moved to them. */
    public Minimize from(double... x) {
        start = vector("the start", x);
        return this;
    }

    /** Bounds; infinite where there is none. */
    public Minimize bounds(double[] lower, double[] upper) {
        box = new Box(vector("the array of lower bounds", lower), vector("the array of upper bounds", upper));
        return this;
    }

    /**
     * Adds constraints, lower_i &lt;= c_i(x) &lt;= upper_i; equalities where both are the same. May be called more than once.
     *
     * @param c a function of the same n parameters
     */
    public Minimize subjectTo(VectorFunction c, double[] lower, double[] upper) {
        if (c.n() != objective.n()) {
            throw new IllegalArgumentException("constraints of " + c.n() + " parameters, the objective has " + objective.n());
        }
        if (lower.length != c.m() || upper.length != c.m()) {
            throw new IllegalArgumentException("bounds of " + lower.length + " and " + upper.length + " entries for " + c.m() + " constraints");
        }
        for (int i = 0; i < lower.length; i++) {
            if (!(lower[i] <= upper[i])) {
                throw new IllegalArgumentException("lower bound " + lower[i] + " of constraint " + i + " is above its upper bound " + upper[i]);
            }
        }
        constraints.add(new Constraints.Part(c, lower.clone(), upper.clone()));
        return this;
    }

    private double[] vector(String what, double[] v) {
        if (v.length != objective.n()) {
            throw new IllegalArgumentException(what + " has " + v.length + " entries, must have " + objective.n());
        }
        return v.clone();
    }

    public Minimize method(Method method) {
        this.method = method;
        return this;
    }

    /** The step t of {@link Method#GRADIENT_FIXED}. */
    public Minimize stepSize(double t) {
        this.stepSize = positive("the step", t);
        return this;
    }

    /** Whether methods that need no second derivatives ask for a Hessian-vector product a step, to explain it. On unless said. */
    public Minimize explain(boolean explains) {
        this.explains = explains;
        return this;
    }

    /**
     * The part of what the parameters' sizes make of an entry of the gradient, sum_j |H_ij| |x_j|, that counts as 0; 1e-9 unless said; at 0 only
     * roundings end a run. For {@link Method#INTERIOR_POINT} the residual of the optimality conditions, and ten times the error of the cost that
     * complementarity leaves, in units of the cost that make the first gradient, or the largest of those sizes, 1 to 2; where at the answer
     * |x_i| |g_i| and |x_i| |H_ij| |x_j| are below 2^-10 of that unit, the run goes on in units taken there.
     */
    public Minimize gradientTolerance(double tolerance) {
        this.gradient = notNegative("the gradient tolerance", tolerance);
        return this;
    }

    /** The part of the cost by which several steps must change it to go on; 1e-15 unless said. */
    public Minimize changeTolerance(double tolerance) {
        this.change = notNegative("the change tolerance", tolerance);
        return this;
    }

    /** The violation of a constraint that counts as 0; 1e-9 unless said. */
    public Minimize violationTolerance(double tolerance) {
        this.violation = positive("the violation tolerance", tolerance);
        return this;
    }

    /** Steps at most; 10,000 unless said. */
    public Minimize maxIterations(int iterations) {
        this.iterations = (int) positive("the number of iterations", iterations);
        return this;
    }

    /** Evaluations of any kind at most. */
    public Minimize maxEvaluations(int evaluations) {
        this.evaluations = (int) positive("the number of evaluations", evaluations);
        return this;
    }

    /** Told each step, on the calling thread; false ends the run. */
    public Minimize listener(Predicate<Step> listener) {
        this.listener = listener;
        return this;
    }

    private static double positive(String what, double number) {
        if (!(number > 0)) {
            throw new IllegalArgumentException(what + " is " + number + ", must be positive");
        }
        return number;
    }

    private static double notNegative(String what, double number) {
        if (!(number >= 0)) {
            throw new IllegalArgumentException(what + " is " + number + ", must not be negative");
        }
        return number;
    }

    /** Runs; every end is told by the result. */
    public Minimum run() {
        if (start == null) {
            throw new IllegalStateException("no start: call from(x) first");
        }
        Method chosen = chosen();
        Cost cost = new Cost(objective, box, new Limits(gradient, change, violation, iterations, evaluations), listener);
        double[] x = box.project(start.clone());
        return chosen == Method.INTERIOR_POINT ? constrained(cost, x) : unconstrained(cost, chosen, x);
    }

    private Method chosen() {
        if (!constraints.isEmpty() && method != Method.AUTO && method != Method.INTERIOR_POINT) {
            throw new IllegalArgumentException("method " + method + " does not know constraints; take INTERIOR_POINT, or AUTO");
        }
        if (method == Method.GRADIENT_FIXED && Double.isNaN(stepSize)) {
            throw new IllegalArgumentException("method GRADIENT_FIXED needs stepSize(t)");
        }
        if (method != Method.AUTO) {
            return method;
        }
        return !constraints.isEmpty() ? Method.INTERIOR_POINT : objective.n() <= SMALL ? Method.TRUST_REGION : Method.NEWTON_CG;
    }

    private Minimum unconstrained(Cost cost, Method chosen, double[] start) {
        Path[] path = new Path[1];
        Cost.Stop stop = stopOf(() -> {
            if (objective.n() <= SMALL && OWN_UNITS.contains(chosen)) {
                cost.equilibrate(start);
            }
            double[] u = cost.units.own(start);
            path[0] = chosen == Method.TRUST_REGION || chosen == Method.NEWTON_CG ? new TrustRegion(cost, chosen, u) : new Descent(cost, chosen, u, stepSize, explains);
            path[0].run();
        });
        boolean returnsBest = path[0] != null && !stop.ending.isConverged() && cost.isAboveBest(path[0].value());
        double[] x = path[0] == null ? start : returnsBest ? cost.best() : cost.user(path[0].x());
        double[] g = new double[x.length];
        double value = last(x, g);
        String message = returnsBest ? stop.getMessage() + "; the lowest point seen is returned, cost " + value + " at " + Cost.text(x) : stop.getMessage();
        Stationarity end = path[0] == null ? null : path[0].stationarity();
        Covariance curvature = end == null ? null : end.covariance();
        return new Minimum(x, value, g, stop.ending, message, chosen, List.copyOf(cost.steps), cost.evaluations(), new double[0], boundMultipliers(x, g), new int[0],
                end == null ? null : end.inertia(), curvature == null ? null : curvature.hessian(), curvature == null ? List.of() : curvature.active());
    }

    private double[] boundMultipliers(double[] x, double[] g) {
        return box.isOpen ? new double[0] : IntStream.range(0, x.length).mapToDouble(i -> box.holds(i, x, g) ? g[i] : 0).toArray();
    }

    private Minimum constrained(Cost cost, double[] x) {
        Constraints all = new Constraints(objective.n(), constraints);
        InteriorPoint method = new InteriorPoint(cost, all, x);
        Cost.Stop stop = stopOf(method::run);
        double[] best = method.x();
        double[] g = new double[best.length];
        double value = last(best, g);
        Covariance curvature = method.covariance();
        return new Minimum(best, value, g, stop.ending, stop.getMessage(), Method.INTERIOR_POINT, List.copyOf(cost.steps), cost.evaluations(),
                method.multipliers(), method.boundMultipliers(), all.violated(best, Math.max(violation, 1e-8)), method.inertia(), curvature == null ? null : curvature.hessian(),
                curvature == null ? List.of() : curvature.active());
    }

    /** What the result says; an interrupt waits. */
    private double last(double[] x, double[] g) {
        boolean interrupted = Thread.interrupted();
        double value = objective.gradient(x, g);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return value;
    }

    private static Cost.Stop stopOf(Runnable run) {
        try {
            run.run();
            throw new AssertionError("a run ends by a stop");
        } catch (Cost.Stop stop) {
            return stop;
        } catch (CancellationException e) {
            return new Cost.Stop(Ending.CANCELLED, e.getMessage());
        }
    }
}
