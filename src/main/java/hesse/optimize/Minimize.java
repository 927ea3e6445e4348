package hesse.optimize;

import hesse.Objective;
import hesse.VectorFunction;
import java.util.ArrayList;
import java.util.List;

/**
 * Minimises an {@link Objective} f(x), x of n entries, within bounds and under constraints where there are any: {@code
 * Minimize.of(f).from(x0).bounds(lower, upper).run()}. A builder for one thread; run() may be called again.
 *
 * <p>A run converges where every entry of the gradient, but those that bounds hold, is at most {@link
 * #gradientTolerance} times what the parameters' sizes make of it, sum_j |H_ij| |x_j|, and a Newton step is a small
 * part (1e-6) of each parameter, or where that step promises less than the rounding of the cost: 2^-52 |f|, or what
 * values show (More and Wild, SIAM J. Sci. Comput. 33, 2011). Parameters that end at 0 are measured by a part of the
 * way they came. So no verdict depends on the unit of the cost or of a parameter, and a number added to the cost limits
 * digits by its rounding only: a factor 2^k gives the same points, bit for bit. A minimum at x = 0 whose value is 0
 * looks the same at every scale: started again there, a method without second derivatives goes on.
 *
 * <p>Where a run would converge, second derivatives are asked, up to 300 parameters by every method: a maximum or
 * saddle is left along negative curvature; else {@link Minimum#isSufficient} tells. Methods without a Hessian estimate
 * |H||x| by Hessian-vector products; of more parameters they say that curvature was not looked at. Points where the
 * cost or its gradient is not finite are stepped back from.
 */
public final class Minimize extends Options<Minimize> {
    private final Objective objective;
    private final List<StackedConstraints.Group> constraints = new ArrayList<>();
    private Method method = Method.AUTO;
    private double stepSize = Double.NaN;
    private boolean explains = true;
    private double gradient = 1e-9;
    private double change = 1e-15;
    private double violation = 1e-9;

    private Minimize(Objective objective) {
        super(objective.n(), 10_000);
        this.objective = objective;
    }

    public static Minimize of(Objective objective) {
        return new Minimize(objective);
    }

    @Override
    Minimize self() {
        return this;
    }

    /**
     * Adds constraints, lower_i &lt;= c_i(x) &lt;= upper_i; equalities where both are the same. May be called more than
     * once.
     *
     * @param c a function of the same n parameters with m values
     * @param lower of m entries, as {@code upper}; infinite where there is no bound
     * @throws IllegalArgumentException where numbers of entries differ, or a lower bound is above its upper bound
     */
    public Minimize subjectTo(VectorFunction c, double[] lower, double[] upper) {
        if (c.n() != objective.n()) {
            throw new IllegalArgumentException(
                    "constraints of " + c.n() + " parameters, the objective has " + objective.n());
        }
        if (lower.length != c.m() || upper.length != c.m()) {
            throw new IllegalArgumentException(
                    "bounds of " + lower.length + " and " + upper.length + " entries for " + c.m() + " constraints");
        }
        for (int i = 0; i < lower.length; i++) {
            if (!(lower[i] <= upper[i])) {
                throw new IllegalArgumentException(
                        "lower bound " + lower[i] + " of constraint " + i + " is above its upper bound " + upper[i]);
            }
        }
        constraints.add(new StackedConstraints.Group(c, lower.clone(), upper.clone()));
        return this;
    }

    public Minimize method(Method method) {
        this.method = method;
        return this;
    }

    /** The step t of {@link Method#GRADIENT_FIXED}, positive. */
    public Minimize stepSize(double t) {
        this.stepSize = positive("the step", t);
        return this;
    }

    /**
     * Whether methods that need no second derivatives ask for a Hessian-vector product a step, to explain it. On unless
     * said.
     */
    public Minimize explain(boolean explains) {
        this.explains = explains;
        return this;
    }

    /**
     * The part of what the parameters' sizes make of an entry of the gradient, sum_j |H_ij| |x_j|, that counts as 0;
     * 1e-9 unless said; at 0 only roundings end a run. For {@link Method#INTERIOR_POINT} the residual of the optimality
     * conditions, and ten times the error of the cost that complementarity leaves, in units of the cost that make the
     * first gradient, or the largest of those sizes, 1 to 2; where at the answer |x_i| |g_i| and |x_i| |H_ij| |x_j| are
     * below 2^-10 of that unit, the run goes on in units taken there.
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

    /** The violation of a constraint, in its own unit, that counts as 0; 1e-9 unless said. */
    public Minimize violationTolerance(double tolerance) {
        this.violation = positive("the violation tolerance", tolerance);
        return this;
    }

    /**
     * Runs; every end is told by the result.
     *
     * @throws IllegalStateException without a start
     * @throws IllegalArgumentException where the method does not know constraints, or lacks its step
     */
    public Minimum run() {
        double[] x = start("from(x)");
        if (!constraints.isEmpty() && method != Method.AUTO && method != Method.INTERIOR_POINT) {
            throw new IllegalArgumentException(
                    "method " + method + " does not know constraints; take INTERIOR_POINT, or AUTO");
        }
        Tolerances tolerances = new Tolerances(gradient, change, violation);
        return minimizer(method, new Run(objective, box(), tolerances, budget(), history()), x).run();
    }

    /** The one place where a method's constant meets its class. */
    private Minimizer minimizer(Method chosen, Run run, double[] x) {
        return switch (chosen) {
            case AUTO -> minimizer(automatic(), run, x);
            case GRADIENT_FIXED -> along(chosen, new GradientFixed(new Iterate(run, false), requireStepSize()), x);
            case GRADIENT_BACKTRACKING -> along(chosen, new GradientBacktracking(new Iterate(run, false)), x);
            case GRADIENT_CURVATURE -> along(chosen, new GradientCurvature(new Iterate(run, false)), x);
            case LBFGS -> along(chosen, new Lbfgs(new Iterate(run, false)), x);
            case NEWTON -> along(chosen, new Newton(new Iterate(run, true)), x);
            case TRUST_REGION -> within(chosen, new TrustRegion(new Iterate(run, true)), x);
            case NEWTON_CG -> within(chosen, new NewtonCg(new Iterate(run, false)), x);
            case INTERIOR_POINT -> new InteriorPoint(run, new StackedConstraints(objective.n(), constraints), x);
        };
    }

    private Method automatic() {
        boolean isSmall = objective.n() <= Run.SMALL;
        return !constraints.isEmpty() ? Method.INTERIOR_POINT : isSmall ? Method.TRUST_REGION : Method.NEWTON_CG;
    }

    private double requireStepSize() {
        if (Double.isNaN(stepSize)) {
            throw new IllegalArgumentException("method GRADIENT_FIXED needs stepSize(t)");
        }
        return stepSize;
    }

    private Minimizer along(Method chosen, LineMethod line, double[] x) {
        return new UnconstrainedRun(chosen, new LineDescent(line, explains), x);
    }

    private Minimizer within(Method chosen, RadiusMethod radius, double[] x) {
        return new UnconstrainedRun(chosen, new RadiusDescent(radius), x);
    }
}
