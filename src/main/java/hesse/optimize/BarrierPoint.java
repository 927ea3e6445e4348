package hesse.optimize;

import hesse.matrix.Matrix;
import hesse.matrix.SymmetricMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A point of the interior-point method: variables, multipliers of constraints and bounds, what cost and constraints are there, and how far it is
 * from satisfying the optimality conditions (Waechter and Biegler, Math. Program. 106, 2006, section 2).
 */
final class BarrierPoint {
    private static final double ROUNDING = 4 * Math.ulp(1.0);
    /** Distances and multipliers, in the run's units, up to where a constraint counts as active and its multiplier as 0. */
    static final double ACTIVE = 1e-6;
    private static final double PRESSED = 1e-3;

    final BarrierProblem problem;
    private final int size;
    private final int m;
    double[] z;
    double[] multipliers;
    final double[] low;
    final double[] high;
    double value = Double.NaN;
    final double[] g;
    double[] c;
    final Matrix a;
    /** By variable the rounding of the Lagrangian's gradient. */
    private double[] lost;

    /** With multipliers 1 of all bounds and 0 of all constraints; evaluates nothing before {@link #moveTo}. */
    BarrierPoint(BarrierProblem problem, double[] z) {
        this.problem = problem;
        this.size = problem.size;
        this.m = problem.m;
        this.z = z;
        this.multipliers = new double[m];
        this.low = new double[size];
        this.high = new double[size];
        this.g = new double[size];
        this.lost = new double[size];
        this.a = Matrix.of(m, problem.n);
        for (int j = 0; j < size; j++) {
            low[j] = problem.lower[j] > Double.NEGATIVE_INFINITY ? 1 : 0;
            high[j] = problem.upper[j] < Double.POSITIVE_INFINITY ? 1 : 0;
        }
    }

    boolean isFinite() {
        return Double.isFinite(value) && Algebra.isFinite(g) && Algebra.isFinite(c) && Algebra.isFinite(a.data());
    }

    /** The Lagrangian's Hessian; what its terms leave by rounding counts as 0 from here on. */
    SymmetricMatrix hessian() {
        SymmetricMatrix w = problem.hessian(z, multipliers);
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

    /** Takes the multipliers of constraints that leave the least residual; 0 where those are large. */
    void leastSquaresMultipliers(KktSystem kkt) {
        if (m == 0) {
            return;
        }
        SymmetricMatrix none = SymmetricMatrix.of(problem.n);
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

    static double violation(double[] c) {
        double sum = 0;
        for (double entry : c) {
            sum += Math.abs(entry);
        }
        return sum;
    }

    /** The residual of the optimality conditions of the barrier problem, relative to the multipliers' size. */
    double dualError(double barrier) {
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
    double error(double barrier) {
        double error = dualError(barrier);
        for (int i = 0; i < m; i++) {
            error = Math.max(error, Math.abs(c[i]) - rounding(i));
        }
        return error;
    }

    double userError() {
        return problem.cost.units.user(dualError(0));
    }

    double userGap() {
        return problem.cost.units.user(problem.gap(z, low, high));
    }

    /** What the terms of the Lagrangian's gradient leave by rounding: entries below it are 0. */
    private double[] rounding(SymmetricMatrix w) {
        double[] terms = new double[size];
        for (int j = 0; j < problem.n; j++) {
            for (int k = 0; k < problem.n; k++) {
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
        for (int j = 0; j < problem.n; j++) {
            terms += Math.abs(a.get(i, j) * z[j]);
        }
        return ROUNDING * terms;
    }

    /** Whether no constraint is violated by more than the tolerance and the rounding of its terms. */
    boolean isFeasible() {
        double[] values = problem.constraints.values(problem.cost.user(problem.x(z)));
        boolean feasible = true;
        for (int i = 0; i < m; i++) {
            feasible &= problem.constraints.violation(i, values[i]) <= problem.cost.limits.violation() + rounding(i) / problem.scale[i];
        }
        return feasible;
    }

    double realViolation() {
        return problem.constraints.violation(problem.constraints.values(problem.cost.user(problem.x(z))));
    }

    /** What the bounds add to the curvature, by variable. */
    double[] barrierCurvature() {
        double[] diagonal = new double[size];
        for (int j = 0; j < size; j++) {
            diagonal[j] = (low[j] == 0 ? 0 : low[j] / (z[j] - problem.lower[j])) + (high[j] == 0 ? 0 : high[j] / (problem.upper[j] - z[j]));
        }
        return diagonal;
    }

    private double damping(int j) {
        return low[j] > 0 == high[j] > 0 ? 0 : low[j] > 0 ? BarrierProblem.DAMPING : -BarrierProblem.DAMPING;
    }

    /** The barrier problem's gradient. */
    double[] barrierGradient(double mu) {
        double[] slope = g.clone();
        for (int j = 0; j < size; j++) {
            slope[j] += (high[j] == 0 ? 0 : mu / (problem.upper[j] - z[j])) - (low[j] == 0 ? 0 : mu / (z[j] - problem.lower[j]));
            slope[j] += damping(j) * mu;
        }
        return slope;
    }

    double[] rightHandSide(double mu, double[] constraint) {
        double[] dual = problem.transposed(a, multipliers);
        double[] slope = barrierGradient(mu);
        double[] b = new double[size + m];
        for (int j = 0; j < size; j++) {
            b[j] = -(slope[j] + dual[j]);
        }
        for (int i = 0; i < m; i++) {
            b[size + i] = -constraint[i];
        }
        return b;
    }

    /**
     * What holds the point: gradients of equalities and of inequalities and bounds that have a multiplier. A parameter that, without
     * the multiplier, would move by a small part of its distance from the bound, by W's curvature, is not held by it.
     */
    List<double[]> active(SymmetricMatrix w) {
        int n = problem.n;
        List<double[]> active = new ArrayList<>();
        double[] values = problem.constraints.values(problem.user(z));
        for (int i = 0; i < m; i++) {
            double distance = Math.min(values[i] - problem.constraints.lower[i], problem.constraints.upper[i] - values[i]);
            if (problem.constraints.isEquality(i) || distance <= ACTIVE * Math.max(1, Math.abs(values[i])) && Math.abs(multipliers[i]) > ACTIVE) {
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
}
