package hesse.optimize;

import hesse.curvature.Inertia;
import hesse.matrix.Matrix;
import hesse.matrix.SymmetricMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A primal-dual interior-point method with a filter line search (Waechter and Biegler, Math. Program. 106, 2006): Newton steps on the
 * optimality conditions of a sequence of barrier problems, second-order corrections, and where no step is acceptable a restoration that
 * lowers the violation alone.
 */
final class InteriorPoint {
    /**
     * A run that gets stuck, or ends where second derivatives do not prove a minimum, is begun again with the next: a large barrier may
     * lead away from where the start points.
     */
    private static final double[] FIRST_BARRIERS = {0.1, 1e-3, 1e-6};
    /** Keeps variables with one bound from running away along the barrier. */
    private static final double DAMPING = 1e-5;
    private static final Set<Ending> STUCK = EnumSet.of(Ending.INFEASIBLE, Ending.STEP_TOO_SMALL, Ending.UNBOUNDED);
    private static final double NEAR = 1e-2;
    /** The part of the tolerance, in the cost's unit, by which all bounds' complementarity together may leave the cost open. */
    private static final double GAP = 0.1;
    private static final int CORRECTIONS = 4;
    private static final double ROUNDING = 4 * Math.ulp(1.0);
    private static final int RESTORATIONS = 500;
    private static final double ACCEPTABLE = 1e-6;
    private static final double STATIONARY = 1e-8;
    /** How many saddles in a row are left, and by which part of the parameters. */
    private static final int SADDLES = 3;
    private static final double ASIDE = 0.1;
    /** Distances and multipliers, in the run's units, up to where a constraint counts as active and its multiplier as 0. */
    private static final double ACTIVE = 1e-6;
    private static final double PRESSED = 1e-3;
    private static final int REFINEMENTS = 8;
    /** The part of the cost's unit below which what the answer's parameters make of the cost is measured in a unit of its own. */
    private static final double FINER = 0x1p-10;
    /** The part of what a run has gained below which what is left is 0. */
    private static final double LEFT = 0x1p-104;
    private static final double LEAST_DAMPING = 1e-10;
    private static final double MOST_DAMPING = 1e20;

    private final Cost cost;
    private final Constraints constraints;
    private final double[] start;
    private BarrierProblem problem;
    private KktSystem kkt;
    private final Filter filter = new Filter();
    private int size;
    private final int m;
    private double[] z;
    private double[] multipliers;
    private double[] low;
    private double[] high;
    private double mu;
    private double value;
    private double[] g;
    private double[] c;
    private Matrix a;
    /** By variable the rounding of the Lagrangian's gradient. */
    private double[] lost;
    private double[] best;
    private double bestValue = Double.POSITIVE_INFINITY;
    private Inertia inertia;

    /** Where a run ended. */
    private record Answer(BarrierProblem problem, Cost.Stop stop, double[] z, double[] multipliers, double[] low, double[] high, double value, Inertia inertia) {}

    /** @param start in the user's units */
    InteriorPoint(Cost cost, Constraints constraints, double[] start) {
        this.cost = cost;
        this.constraints = constraints;
        this.start = start;
        this.m = constraints.m;
        this.multipliers = new double[m];
    }

    /** The answer where there is one, else the best feasible point seen, else the last point. */
    double[] x() {
        return z == null ? start : inertia != null || best == null ? cost.user(problem.x(z)) : best;
    }

    /** Of the constraints as they were given. */
    double[] multipliers() {
        double[] u = multipliers.clone();
        for (int i = 0; problem != null && i < m; i++) {
            u[i] *= problem.scale[i] / problem.costScale;
        }
        return u;
    }

    /** The signs of the Lagrangian's curvature where a run converged, else null. */
    Inertia inertia() {
        return inertia;
    }

    double[] boundMultipliers() {
        double[] u = new double[constraints.n];
        for (int j = 0; low != null && j < u.length; j++) {
            u[j] = (low[j] - high[j]) / problem.costScale / problem.units.size(j);
        }
        return u;
    }

    void run() {
        Answer answer = refined(beyondSaddles(first()));
        problem = answer.problem;
        cost.use(problem.units);
        z = answer.z;
        multipliers = answer.multipliers;
        low = answer.low;
        high = answer.high;
        inertia = answer.inertia;
        throw answer.stop;
    }

    private Answer first() {
        cost.chooseUnit(start);
        problem = new BarrierProblem(cost, constraints, start);
        Answer answer = null;
        for (double barrier : FIRST_BARRIERS) {
            Answer next = runFrom(barrier, start);
            boolean stuck = STUCK.contains(next.stop.ending);
            boolean better = answer == null || next.stop.ending.isConverged() && (!answer.stop.ending.isConverged() || next.value < answer.value);
            if (better || !stuck && !answer.stop.ending.isConverged()) {
                answer = next;
            }
            if (!stuck && (!next.stop.ending.isConverged() || isMinimum(next.inertia))) {
                break;
            }
        }
        return answer;
    }

    /**
     * What counts as 0 is a part of the cost's unit, which a start far away makes large: where the answer's parameters make far less of the cost,
     * goes on from it in units of its own.
     */
    private Answer refined(Answer first) {
        Answer answer = first;
        for (int k = 0; k < REFINEMENTS && answer.stop.ending.isConverged(); k++) {
            cost.use(answer.problem.units);
            double[] x = cost.user(answer.problem.x(answer.z));
            double energy = cost.units.own(cost.energy(x));
            if (!(energy < FINER && energy > LEFT * cost.gained(answer.value))) {
                return answer;
            }
            cost.chooseUnits(x);
            problem = new BarrierProblem(cost, constraints, x);
            Answer next = runFrom(FIRST_BARRIERS[2], cost.units.own(x));
            boolean isLower = next.problem.units.user(next.value) <= answer.problem.units.user(answer.value);
            if (!next.stop.ending.isConverged() || !isLower) {
                return answer;
            }
            answer = next;
        }
        return answer;
    }

    /** Where the curvature of an answer is negative along a direction that its constraints leave: runs from both sides of it, while they lead lower. */
    private Answer beyondSaddles(Answer first) {
        Answer answer = first;
        for (int k = 0; k < SADDLES && answer.inertia != null && answer.inertia.negative() > 0; k++) {
            Answer lower = answer;
            for (double[] aside : aside(answer)) {
                Answer next = runFrom(FIRST_BARRIERS[1], aside);
                boolean isLower = next.stop.ending.isConverged() && next.value < lower.value - Cost.rounding(lower.value);
                lower = isLower ? next : lower;
            }
            if (lower == answer) {
                return answer;
            }
            answer = lower;
        }
        return answer;
    }

    /** Points beside a saddle: a lower one where there are no constraints, else one on either side along the least curvature. */
    private List<double[]> aside(Answer answer) {
        double[] x = problem.x(answer.z);
        if (m == 0) {
            int[] free = IntStream.range(0, constraints.n).filter(j -> Math.abs(answer.low[j] - answer.high[j]) <= ACTIVE && !problem.isFixed(j)).toArray();
            double[] gradient = new double[constraints.n];
            double[] lower = new LocalModel(problem.hessian(answer.z, answer.multipliers), free).lower(cost, x, cost.gradient(x, gradient), gradient);
            return lower == null ? List.of() : List.of(lower);
        }
        SymmetricMatrix w = problem.hessian(answer.z, answer.multipliers);
        double[] way = ReducedHessian.leastCurved(w, activeAt(answer, w));
        List<double[]> points = new ArrayList<>();
        for (double t : new double[] {ASIDE, -ASIDE}) {
            double[] point = x.clone();
            Algebra.add(point, t * Math.max(1, Algebra.largest(x)), way);
            points.add(cost.box().project(point));
        }
        return points;
    }

    /** Puts an answer where it was and tells what holds it. */
    private List<double[]> activeAt(Answer answer, SymmetricMatrix w) {
        z = answer.z;
        multipliers = answer.multipliers;
        low = answer.low;
        high = answer.high;
        problem.jacobian(z, a);
        return active(w);
    }

    private Answer runFrom(double barrier, double[] x) {
        try {
            run(barrier, x);
            throw new AssertionError("a run ends by a stop");
        } catch (Cost.Stop stop) {
            SymmetricMatrix w = stop.ending.isConverged() ? problem.hessian(z, multipliers) : null;
            return new Answer(problem, stop, z, multipliers, low, high, value, w == null ? null : ReducedHessian.inertia(w, active(w)));
        }
    }

    private static boolean isMinimum(Inertia inertia) {
        return inertia.zero() == 0 && inertia.negative() == 0;
    }

    private void run(double barrier, double[] x) {
        mu = barrier;
        size = problem.size;
        kkt = new KktSystem(size, m);
        g = new double[size];
        lost = new double[size];
        a = Matrix.of(m, constraints.n);
        low = new double[size];
        high = new double[size];
        z = Arrays.copyOf(x, size);
        inward(z, constraints.n);
        problem.setSlacks(z);
        inward(z, size);
        for (int j = 0; j < size; j++) {
            low[j] = problem.lower[j] > Double.NEGATIVE_INFINITY ? 1 : 0;
            high[j] = problem.upper[j] < Double.POSITIVE_INFINITY ? 1 : 0;
        }
        evaluate();
        if (!Double.isFinite(value) || !Algebra.isFinite(g) || !Algebra.isFinite(c) || !Algebra.isFinite(a.data())) {
            throw new Cost.Stop(Ending.NOT_FINITE, "the cost or a constraint is not finite inside the bounds at " + Cost.text(problem.user(z)));
        }
        leastSquaresMultipliers();
        double firstViolation = violation(c);
        filter.clear(1e4 * Math.max(1, firstViolation));
        double least = GAP * cost.limits.gradient() / 11 / Math.max(1, problem.bounds);
        double smallViolation = 1e-4 * Math.max(1, firstViolation);
        for (;;) {
            SymmetricMatrix w = problem.hessian(z, multipliers);
            lost = rounding(w);
            requireError();
            while (error(mu) <= 10 * mu && mu > least) {
                mu = Math.max(least, Math.min(0.2 * mu, Math.pow(mu, 1.5)));
                filter.clear(1e4 * Math.max(1, firstViolation));
            }
            double[] step = kkt.factor(w, barrierCurvature(), a, problem.slack, mu) ? kkt.solve(rightHandSide(c)) : null;
            if (step == null || !advance(step, w, smallViolation)) {
                restore(w);
            }
        }
    }

    /** Moves entries from {@code 0} to {@code end} off their bounds. */
    private void inward(double[] z, int end) {
        for (int j = 0; j < end; j++) {
            double lower = problem.lower[j];
            double upper = problem.upper[j];
            double room = NEAR * (upper - lower);
            double fromLower = Math.min(NEAR * Math.max(1, Math.abs(lower)), room);
            double fromUpper = Math.min(NEAR * Math.max(1, Math.abs(upper)), room);
            z[j] = lower == Double.NEGATIVE_INFINITY ? z[j] : Math.max(z[j], lower + fromLower);
            z[j] = upper == Double.POSITIVE_INFINITY ? z[j] : Math.min(z[j], upper - fromUpper);
        }
    }

    private void evaluate() {
        value = problem.gradient(z, g);
        c = problem.constraints(z);
        problem.jacobian(z, a);
    }

    private static double violation(double[] c) {
        double sum = 0;
        for (double entry : c) {
            sum += Math.abs(entry);
        }
        return sum;
    }

    private void leastSquaresMultipliers() {
        if (m == 0) {
            return;
        }
        SymmetricMatrix none = SymmetricMatrix.of(constraints.n);
        double[] ones = new double[size];
        Arrays.fill(ones, 1);
        double[] b = new double[size + m];
        for (int j = 0; j < size; j++) {
            b[j] = -(g[j] - low[j] + high[j]);
        }
        double[] solution = kkt.factor(none, ones, a, problem.slack, 1) ? kkt.solve(b) : null;
        double[] u = solution == null ? new double[m] : Arrays.copyOfRange(solution, size, size + m);
        multipliers = Algebra.largest(u) <= 1e3 ? u : new double[m];
    }

    /** The residual of the optimality conditions of the barrier problem, relative to the multipliers' size. */
    private double dualError(double barrier) {
        double[] dual = problem.transposed(a, multipliers);
        double sizes = violation(multipliers) + violation(low) + violation(high);
        double bounds = violation(low) + violation(high);
        double dualScale = Math.max(100, sizes / (m + 2 * size)) / 100;
        double boundScale = Math.max(100, bounds / (2 * size)) / 100;
        double largest = 0;
        double complementarity = 0;
        for (int j = 0; j < size; j++) {
            largest = Math.max(largest, Math.abs(g[j] + dual[j] - low[j] + high[j] + damping(j) * barrier) - lost[j]);
            complementarity = Math.max(complementarity, low[j] == 0 ? 0 : Math.abs((z[j] - problem.lower[j]) * low[j] - barrier));
            complementarity = Math.max(complementarity, high[j] == 0 ? 0 : Math.abs((problem.upper[j] - z[j]) * high[j] - barrier));
        }
        return Math.max(largest / dualScale, complementarity / boundScale);
    }

    /** The same with the scaled constraints' violation. */
    private double error(double barrier) {
        double error = dualError(barrier);
        for (int i = 0; i < m; i++) {
            error = Math.max(error, Math.abs(c[i]) - rounding(i));
        }
        return error;
    }

    private double userError() {
        return cost.units.user(dualError(0));
    }

    private double userGap() {
        return cost.units.user(problem.gap(z, low, high));
    }

    /** What the terms of the Lagrangian's gradient leave by rounding: entries below it are 0. */
    private double[] rounding(SymmetricMatrix w) {
        double[] terms = new double[size];
        for (int j = 0; j < constraints.n; j++) {
            for (int k = 0; k < constraints.n; k++) {
                terms[j] += Math.abs(w.get(j, k) * z[k]);
            }
            for (int i = 0; i < m; i++) {
                terms[j] += Math.abs(a.get(i, j) * multipliers[i]);
            }
            terms[j] *= ROUNDING;
        }
        return terms;
    }

    /** What the terms of a scaled constraint leave by rounding. */
    private double rounding(int i) {
        double terms = problem.slack[i] >= 0 ? Math.abs(z[problem.slack[i]]) : 0;
        for (int j = 0; j < constraints.n; j++) {
            terms += Math.abs(a.get(i, j) * z[j]);
        }
        return ROUNDING * terms;
    }

    /** Whether no constraint is violated by more than the tolerance and the rounding of its terms. */
    private boolean isFeasible() {
        double[] values = constraints.values(cost.user(problem.x(z)));
        boolean feasible = true;
        for (int i = 0; i < m; i++) {
            feasible &= constraints.violation(i, values[i]) <= cost.limits.violation() + rounding(i) / problem.scale[i];
        }
        return feasible;
    }

    private double realViolation() {
        return constraints.violation(constraints.values(cost.user(problem.x(z))));
    }

    private void requireError() {
        double error = error(0);
        double violation = realViolation();
        double real = cost.units.user(value);
        if (isFeasible() && real < bestValue) {
            bestValue = real;
            best = cost.user(problem.x(z));
        }
        boolean isComplementary = problem.gap(z, low, high) <= GAP * cost.limits.gradient();
        if (error <= cost.limits.gradient() && isComplementary && isFeasible()) {
            throw new Cost.Stop(Ending.CONVERGED_GRADIENT, "optimality conditions hold to " + userError() + ", constraints to " + violation
                    + ", complementarity leaves " + userGap() + " of the cost open");
        }
        if (Algebra.largest(z) > 1e20) {
            throw new Cost.Stop(Ending.UNBOUNDED, "the point runs away, cost " + real + " at " + Cost.text(problem.user(z)));
        }
    }

    private double[] barrierCurvature() {
        double[] diagonal = new double[size];
        for (int j = 0; j < size; j++) {
            diagonal[j] = (low[j] == 0 ? 0 : low[j] / (z[j] - problem.lower[j])) + (high[j] == 0 ? 0 : high[j] / (problem.upper[j] - z[j]));
        }
        return diagonal;
    }

    private double damping(int j) {
        return low[j] > 0 == high[j] > 0 ? 0 : low[j] > 0 ? DAMPING : -DAMPING;
    }

    /** The barrier problem's gradient. */
    private double[] barrierGradient() {
        double[] slope = g.clone();
        for (int j = 0; j < size; j++) {
            slope[j] += (high[j] == 0 ? 0 : mu / (problem.upper[j] - z[j])) - (low[j] == 0 ? 0 : mu / (z[j] - problem.lower[j]));
            slope[j] += damping(j) * mu;
        }
        return slope;
    }

    private double[] rightHandSide(double[] constraint) {
        double[] dual = problem.transposed(a, multipliers);
        double[] slope = barrierGradient();
        double[] b = new double[size + m];
        for (int j = 0; j < size; j++) {
            b[j] = -(slope[j] + dual[j]);
        }
        for (int i = 0; i < m; i++) {
            b[size + i] = -constraint[i];
        }
        return b;
    }

    /** The filter line search; whether a step was acceptable. */
    private boolean advance(double[] step, SymmetricMatrix w, double smallViolation) {
        double[] d = Arrays.copyOf(step, size);
        double tau = Math.max(0.99, 1 - mu);
        FilterLine line = new FilterLine(filter, violation(c), barrierCost(z, value), Algebra.dot(barrierGradient(), d), smallViolation);
        double longest = problem.reach(z, d, tau);
        double shortest = line.shortest();
        for (double t = longest; t > shortest; t *= 0.5) {
            double[] next = z.clone();
            Algebra.add(next, t, d);
            double[] constraint = problem.constraints(next);
            double after = violation(constraint);
            if (line.accepts(t, after, barrierCost(next, problem.cost(next)))) {
                take(line, next, step, t, t, w);
                return true;
            }
            if (t == longest && after >= line.violation() && corrected(line, step, constraint, tau, t, w)) {
                return true;
            }
        }
        return false;
    }

    private double barrierCost(double[] z, double cost) {
        return cost + problem.barrier(z, mu, DAMPING);
    }

    /** Second-order corrections, for steps that raise the violation. */
    private boolean corrected(FilterLine line, double[] step, double[] trial, double tau, double t, SymmetricMatrix w) {
        double[] sum = c.clone();
        double[] constraint = trial;
        double[] last = step;
        double before = line.violation();
        double length = t;
        for (int k = 0; k < CORRECTIONS && m > 0; k++) {
            for (int i = 0; i < m; i++) {
                sum[i] = length * sum[i] + constraint[i];
            }
            last = kkt.solve(rightHandSide(sum));
            if (last == null) {
                return false;
            }
            double[] d = Arrays.copyOf(last, size);
            length = problem.reach(z, d, tau);
            double[] next = z.clone();
            Algebra.add(next, length, d);
            constraint = problem.constraints(next);
            double after = violation(constraint);
            if (line.accepts(t, after, barrierCost(next, problem.cost(next)))) {
                take(line, next, last, length, t, w);
                return true;
            }
            if (!(after <= 0.99 * before)) {
                return false;
            }
            before = after;
        }
        return false;
    }

    /** Moves there, and multipliers along. */
    private void take(FilterLine line, double[] next, double[] step, double t, double tried, SymmetricMatrix w) {
        double[] d = Algebra.minus(next, z);
        double[] dz = Arrays.copyOf(step, size);
        double[] lowStep = new double[size];
        double[] highStep = new double[size];
        double tau = Math.max(0.99, 1 - mu);
        double dual = 1;
        for (int j = 0; j < size; j++) {
            if (low[j] > 0) {
                double distance = z[j] - problem.lower[j];
                lowStep[j] = mu / distance - low[j] - low[j] / distance * dz[j];
                dual = lowStep[j] < 0 ? Math.min(dual, -tau * low[j] / lowStep[j]) : dual;
            }
            if (high[j] > 0) {
                double distance = problem.upper[j] - z[j];
                highStep[j] = mu / distance - high[j] + high[j] / distance * dz[j];
                dual = highStep[j] < 0 ? Math.min(dual, -tau * high[j] / highStep[j]) : dual;
            }
        }
        line.pass(tried);
        double before = value;
        double[] oldG = g.clone();
        z = next;
        evaluate();
        for (int i = 0; i < m; i++) {
            multipliers[i] += t * step[size + i];
        }
        for (int j = 0; j < size; j++) {
            low[j] = corrected(low[j] + dual * lowStep[j], z[j] - problem.lower[j]);
            high[j] = corrected(high[j] + dual * highStep[j], problem.upper[j] - z[j]);
        }
        tell(d, oldG, w, before);
    }

    /** Keeps a bound's multiplier near what the barrier says. */
    private double corrected(double multiplier, double distance) {
        return multiplier == 0 ? 0 : Math.max(Math.min(multiplier, 1e10 * mu / distance), mu / distance / 1e10);
    }

    private void tell(double[] d, double[] oldG, SymmetricMatrix w, double before) {
        double[] dx = problem.x(d);
        double[] wd = w.multiply(dx);
        double curving = Algebra.dot(dx, wd);
        double linear = -Algebra.dot(problem.x(oldG), dx) / problem.costScale;
        double[] step = problem.user(d);
        double square = Algebra.dot(step, step);
        curving /= problem.costScale;
        cost.tell(new Step(cost.steps.size() + 1, value / problem.costScale, userError(), realViolation(), Math.sqrt(square), square == 0 ? 0 : curving / square,
                Cost.kind(dx, wd), linear, linear - 0.5 * curving, (before - value) / problem.costScale, dx.length <= Step.KEPT ? problem.user(z) : new double[0]));
    }

    /**
     * Lowers the violation alone, by damped Gauss-Newton steps scaled with the distance to the bounds they head for, until the filter
     * accepts the point.
     */
    private void restore(SymmetricMatrix w) {
        double first = violation(c);
        if (m == 0 || first <= 1e-12 || isFeasible() && error(0) <= ACCEPTABLE) {
            throw new Cost.Stop(error(0) <= ACCEPTABLE ? Ending.CONVERGED_DECREASE : Ending.STEP_TOO_SMALL, "no step from " + Cost.text(problem.user(z))
                    + " is acceptable; optimality conditions hold to " + userError() + ", complementarity leaves " + userGap() + " of the cost open");
        }
        filter.leave(first, barrierCost(z, value));
        double damping = 0;
        double[] oldG = g.clone();
        double[] from = z.clone();
        double before = value;
        for (int k = 0; k < RESTORATIONS; k++) {
            double square = Algebra.dot(c, c);
            FeasibilityStep lowering = new FeasibilityStep(problem, z, c, a);
            if (lowering.stationarity() <= STATIONARY * Math.sqrt(square) || damping > MOST_DAMPING) {
                infeasible();
            }
            double[] d = damping == 0 ? lowering.shortest(kkt, mu) : lowering.damped(damping);
            double t = d == null ? 0 : problem.reach(z, d, 0.995);
            double[] next = z.clone();
            if (d != null) {
                Algebra.add(next, t, d);
            }
            double[] trial = d == null ? c : problem.constraints(next);
            double after = Algebra.dot(trial, trial);
            if (!(after < square * (1 - 1e-4 * t)) || !Double.isFinite(problem.cost(next))) {
                damping = Math.max(LEAST_DAMPING, 10 * damping);
                continue;
            }
            damping = damping <= LEAST_DAMPING ? 0 : damping / 10;
            z = next;
            evaluate();
            if (!Algebra.isFinite(g) || !Algebra.isFinite(a.data())) {
                throw new Cost.Stop(Ending.NOT_FINITE, "a derivative is not finite at " + Cost.text(problem.user(z)));
            }
            if (violation(c) <= 0.9 * first && filter.accepts(violation(c), barrierCost(z, value))) {
                leastSquaresMultipliers();
                tell(Algebra.minus(z, from), oldG, w, before);
                return;
            }
        }
        infeasible();
    }

    private void infeasible() {
        StringBuilder names = new StringBuilder();
        for (int i : constraints.violated(problem.user(z), Math.max(cost.limits.violation(), 1e-8))) {
            names.append(names.isEmpty() ? "" : ", ").append(i);
        }
        throw new Cost.Stop(Ending.INFEASIBLE, "no point near " + Cost.text(problem.user(z)) + " violates the constraints less; violated by up to "
                + realViolation() + ": " + names);
    }

    /**
     * What holds the point: gradients of equalities and of inequalities and bounds that have a multiplier. A parameter that, without
     * the multiplier, would move by a small part of its distance from the bound, by W's curvature, is not held by it.
     */
    private List<double[]> active(SymmetricMatrix w) {
        int n = constraints.n;
        List<double[]> active = new ArrayList<>();
        double[] values = constraints.values(problem.user(z));
        for (int i = 0; i < m; i++) {
            double distance = Math.min(values[i] - constraints.lower[i], constraints.upper[i] - values[i]);
            if (constraints.isEquality(i) || distance <= ACTIVE * Math.max(1, Math.abs(values[i])) && Math.abs(multipliers[i]) > ACTIVE) {
                active.add(Arrays.copyOfRange(a.data(), i * n, (i + 1) * n));
            }
        }
        for (int j = 0; j < n; j++) {
            double distance = Math.min(z[j] - problem.lower[j], problem.upper[j] - z[j]);
            double pressed = Math.abs(low[j] - high[j]);
            boolean holds = distance <= ACTIVE && pressed > ACTIVE && pressed > PRESSED * Math.abs(w.get(j, j)) * distance;
            if (holds || problem.isFixed(j)) {
                double[] unit = new double[n];
                unit[j] = 1;
                active.add(unit);
            }
        }
        return active;
    }

    /** The Lagrangian's curvature at the answer, in the user's unit, on what is free; null where a run did not converge. */
    Covariance covariance() {
        if (inertia == null) {
            return null;
        }
        SymmetricMatrix w = problem.hessian(z, multipliers);
        problem.jacobian(z, a);
        List<double[]> active = active(w);
        for (int i = 0; i < constraints.n; i++) {
            for (int j = 0; j <= i; j++) {
                w.set(i, j, cost.units.user(w.get(i, j)) / problem.units.size(i) / problem.units.size(j));
            }
        }
        for (double[] row : active) {
            Arrays.setAll(row, j -> row[j] / problem.units.size(j));
        }
        return new Covariance(w, active);
    }
}
