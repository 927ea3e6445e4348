package hesse.optimize;

import hesse.matrix.Matrix;
import hesse.matrix.SymmetricMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A point of the interior-point method: variables z and their {@link Multipliers}, what cost and constraints are there,
 * and how far it is from satisfying the optimality conditions (Waechter and Biegler, Math. Program. 106, 2006, section
 * 2).
 */
final class BarrierPoint {
    /** The part of a sum's terms that rounding makes up. */
    private static final double ROUNDING = 4 * Math.ulp(1.0);
    /**
     * Distances and multipliers, in the run's units, up to which a constraint counts as active and its multiplier as 0.
     */
    static final double ACTIVE = 1e-6;
    /** The part of curvature times distance that a bound's multiplier must exceed to hold a parameter. */
    private static final double PRESSED = 1e-3;

    final BarrierProblem problem;
    final Multipliers multipliers;
    /** The cost's gradient by z. */
    final double[] g;
    /** The constraints' Jacobian by x, m by n. */
    final Matrix a;
    private double[] z;
    private double value = Double.NaN;
    private double[] c;
    /** By variable the rounding of the Lagrangian's gradient. */
    private double[] lost;

    /** Evaluates nothing before {@link #moveTo}. */
    BarrierPoint(BarrierProblem problem, double[] z) {
        this.problem = problem;
        this.multipliers = new Multipliers(problem);
        this.z = z;
        this.g = new double[problem.size];
        this.lost = new double[problem.size];
        this.a = Matrix.of(problem.m, problem.n);
    }

    double[] z() {
        return z;
    }

    /** The cost, in the problem's unit. */
    double value() {
        return value;
    }

    /** The scaled constraints' values, m entries, all 0 where they hold. */
    double[] c() {
        return c;
    }

    /** The parameters in the user's units. */
    double[] user() {
        return problem.user(z);
    }

    /** The same within the user's bounds. */
    double[] userInside() {
        return problem.run.user(problem.x(z));
    }

    boolean isFinite() {
        return Double.isFinite(value) && Algebra.isFinite(g) && Algebra.isFinite(c) && Algebra.isFinite(a.data());
    }

    /** The Lagrangian's Hessian; what its terms leave by rounding counts as 0 from here on. */
    SymmetricMatrix hessian() {
        SymmetricMatrix w = problem.hessian(z, multipliers.constraints());
        lost = rounding(w);
        return w;
    }

    /** Moves to z; multipliers stay. */
    void moveTo(double[] next) {
        z = next;
        value = problem.gradient(z, g);
        c = problem.constraints(z);
        problem.jacobian(z, a);
    }

    /** ||c||_1, the sum of the constraints' violations. */
    double violation() {
        return Algebra.sumOfSizes(c);
    }

    /** The barrier problem's cost. */
    double barrierCost(double mu) {
        return value + problem.barrier(z, mu);
    }

    /** The residual of the optimality conditions of the barrier problem, relative to the multipliers' size. */
    double dualError(double barrier) {
        double[] low = multipliers.low;
        double[] high = multipliers.high;
        double[] dual = problem.transposed(a, multipliers.constraints());
        int size = problem.size;
        double lows = Algebra.sumOfSizes(low);
        double highs = Algebra.sumOfSizes(high);
        double sizes = Algebra.sumOfSizes(multipliers.constraints()) + lows + highs;
        double dualScale = Math.max(100, sizes / (problem.m + 2 * size)) / 100;
        double boundScale = Math.max(100, (lows + highs) / (2 * size)) / 100;
        double largest = 0;
        double complementarity = 0;
        for (int j = 0; j < size; j++) {
            double residual = g[j] + dual[j] - low[j] + high[j] + multipliers.damping(j) * barrier;
            largest = Math.max(largest, Math.abs(residual) - lost[j]);
            double below = low[j] == 0 ? 0 : Math.abs((z[j] - problem.lower[j]) * low[j] - barrier);
            double above = high[j] == 0 ? 0 : Math.abs((problem.upper[j] - z[j]) * high[j] - barrier);
            complementarity = Math.max(Math.max(complementarity, below), above);
        }
        return Math.max(largest / dualScale, complementarity / boundScale);
    }

    /** The same, or the scaled constraints' violation where that is larger. */
    double error(double barrier) {
        double error = dualError(barrier);
        for (int i = 0; i < problem.m; i++) {
            error = Math.max(error, Math.abs(c[i]) - rounding(i));
        }
        return error;
    }

    double userError() {
        return problem.run.units().user(dualError(0));
    }

    double userGap() {
        return problem.run.units().user(multipliers.gap(z));
    }

    /** What the terms of the Lagrangian's gradient leave by rounding: entries below it are 0. */
    private double[] rounding(SymmetricMatrix w) {
        double[] u = multipliers.constraints();
        double[] terms = new double[problem.size];
        for (int j = 0; j < problem.n; j++) {
            for (int k = 0; k < problem.n; k++) {
                terms[j] += Math.abs(w.get(j, k) * z[k]);
            }
            for (int i = 0; i < problem.m; i++) {
                terms[j] += Math.abs(a.get(i, j) * u[i]);
            }
            terms[j] *= ROUNDING;
        }
        return terms;
    }

    /** What the terms of scaled constraint i leave by rounding. */
    private double rounding(int i) {
        double terms = problem.slack[i] >= 0 ? Math.abs(z[problem.slack[i]]) : 0;
        for (int j = 0; j < problem.n; j++) {
            terms += Math.abs(a.get(i, j) * z[j]);
        }
        return ROUNDING * terms;
    }

    /** Whether no constraint is violated by more than the tolerance and the rounding of its terms. */
    boolean isFeasible() {
        double[] values = problem.constraints.values(userInside());
        double tolerance = problem.run.tolerances.violation();
        boolean feasible = true;
        for (int i = 0; i < problem.m; i++) {
            feasible &= problem.constraints.violation(i, values[i]) <= tolerance + rounding(i) / problem.scale[i];
        }
        return feasible;
    }

    /** The largest violation of a constraint as the user gave it. */
    double userViolation() {
        return problem.constraints.violation(problem.constraints.values(userInside()));
    }

    /** The barrier problem's gradient. */
    double[] barrierGradient(double mu) {
        double[] slope = g.clone();
        for (int j = 0; j < slope.length; j++) {
            double above = multipliers.high[j] == 0 ? 0 : mu / (problem.upper[j] - z[j]);
            slope[j] += above - (multipliers.low[j] == 0 ? 0 : mu / (z[j] - problem.lower[j]));
            slope[j] += multipliers.damping(j) * mu;
        }
        return slope;
    }

    /**
     * Of the equations of a primal-dual step.
     *
     * @param constraint what the step shall bring the constraints' values down by
     */
    double[] rightHandSide(double mu, double[] constraint) {
        int size = problem.size;
        double[] dual = problem.transposed(a, multipliers.constraints());
        double[] slope = barrierGradient(mu);
        double[] b = new double[size + problem.m];
        for (int j = 0; j < size; j++) {
            b[j] = -(slope[j] + dual[j]);
        }
        for (int i = 0; i < problem.m; i++) {
            b[size + i] = -constraint[i];
        }
        return b;
    }

    /**
     * Writes down the step that led here.
     *
     * @param d the step
     * @param oldG the gradient where it began, {@code w} the Lagrangian's Hessian and {@code before} the cost there
     */
    void tell(double[] d, double[] oldG, SymmetricMatrix w, double before) {
        double[] dx = problem.x(d);
        double[] wd = w.multiply(dx);
        double scale = problem.costScale;
        double curving = Algebra.dot(dx, wd) / scale;
        double linear = -Algebra.dot(problem.x(oldG), dx) / scale;
        double[] step = problem.user(d);
        double square = Algebra.dot(step, step);
        problem.run.tell(new Step(problem.run.history.size() + 1, value / scale, userError(), userViolation(),
                Math.sqrt(square), square == 0 ? 0 : curving / square, Step.kind(dx, wd), linear,
                linear - 0.5 * curving, (before - value) / scale,
                dx.length <= Step.KEPT ? user() : new double[0]));
    }

    /**
     * What holds the point, rows of n entries: gradients of equalities and of inequalities that have a multiplier, unit
     * vectors of bounds that have one. A parameter that without the multiplier would move by a small part of its
     * distance from the bound, by W's curvature, is not held by it.
     */
    List<double[]> active(SymmetricMatrix w) {
        int n = problem.n;
        List<double[]> active = new ArrayList<>();
        double[] values = problem.constraints.values(user());
        for (int i = 0; i < problem.m; i++) {
            double distance = Math.min(values[i] - problem.constraints.lower[i],
                    problem.constraints.upper[i] - values[i]);
            boolean isNear = distance <= ACTIVE * Math.max(1, Math.abs(values[i]));
            boolean holds = isNear && Math.abs(multipliers.constraints()[i]) > ACTIVE;
            if (problem.constraints.isEquality(i) || holds) {
                active.add(Arrays.copyOfRange(a.data(), i * n, (i + 1) * n));
            }
        }
        for (int j = 0; j < n; j++) {
            double distance = Math.min(z[j] - problem.lower[j], problem.upper[j] - z[j]);
            double pressed = pressed(j);
            boolean holds = distance <= ACTIVE && pressed > ACTIVE
                    && pressed > PRESSED * Math.abs(w.get(j, j)) * distance;
            if (holds || problem.isFixed(j)) {
                double[] unit = new double[n];
                unit[j] = 1;
                active.add(unit);
            }
        }
        return active;
    }

    /** The size of the multiplier of parameter j's bounds. */
    double pressed(int j) {
        return Math.abs(multipliers.low[j] - multipliers.high[j]);
    }
}
