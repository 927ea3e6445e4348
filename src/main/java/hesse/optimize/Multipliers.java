package hesse.optimize;

import hesse.matrix.Matrix;
import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;

/**
 * The Lagrange multipliers at a point of the interior-point method, in the units of its {@link BarrierProblem}: one of
 * any sign for each of the m constraints, one positive for each bound of a variable.
 */
final class Multipliers {
    /** Estimates beyond this say that constraints are nearly dependent: 0 serves better. */
    private static final double LARGEST_ESTIMATE = 1e3;
    /** The factor by which a bound's multiplier may differ from mu over the distance to the bound. */
    private static final double APART = 1e10;

    private final BarrierProblem problem;
    private double[] constraints;
    /** Of the lower bounds, by variable; 0 where there is none. */
    final double[] low;
    /** Of the upper bounds, likewise. */
    final double[] high;

    /** 1 for all bounds and 0 for all constraints. */
    Multipliers(BarrierProblem problem) {
        this.problem = problem;
        this.constraints = new double[problem.m];
        this.low = new double[problem.size];
        this.high = new double[problem.size];
        for (int j = 0; j < problem.size; j++) {
            low[j] = problem.lower[j] > Double.NEGATIVE_INFINITY ? 1 : 0;
            high[j] = problem.upper[j] < Double.POSITIVE_INFINITY ? 1 : 0;
        }
    }

    /** Of the m constraints. */
    double[] constraints() {
        return constraints;
    }

    /**
     * Takes the multipliers of constraints that leave the least residual of the optimality conditions; 0 where those
     * are large.
     *
     * @param g the cost's gradient
     * @param a the constraints' Jacobian
     */
    void estimate(KktSystem kkt, double[] g, Matrix a) {
        int m = problem.m;
        int size = problem.size;
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
        constraints = Algebra.largest(u) <= LARGEST_ESTIMATE ? u : new double[m];
    }

    /**
     * Moves along with a step of the variables; multipliers of bounds keep a part 1 - tau of their size.
     *
     * @param step of the variables and the constraints' multipliers, before it was shortened
     * @param t by which it was shortened
     * @param mu the barrier's parameter
     * @param from where the variables were; {@code to} where they are
     */
    void move(double[] step, double t, double mu, double tau, double[] from, double[] to) {
        int size = problem.size;
        double[] lowStep = new double[size];
        double[] highStep = new double[size];
        double dual = 1;
        for (int j = 0; j < size; j++) {
            if (low[j] > 0) {
                double distance = from[j] - problem.lower[j];
                lowStep[j] = mu / distance - low[j] - low[j] / distance * step[j];
                dual = lowStep[j] < 0 ? Math.min(dual, -tau * low[j] / lowStep[j]) : dual;
            }
            if (high[j] > 0) {
                double distance = problem.upper[j] - from[j];
                highStep[j] = mu / distance - high[j] + high[j] / distance * step[j];
                dual = highStep[j] < 0 ? Math.min(dual, -tau * high[j] / highStep[j]) : dual;
            }
        }
        for (int i = 0; i < constraints.length; i++) {
            constraints[i] += t * step[size + i];
        }
        for (int j = 0; j < size; j++) {
            low[j] = kept(low[j] + dual * lowStep[j], mu, to[j] - problem.lower[j]);
            high[j] = kept(high[j] + dual * highStep[j], mu, problem.upper[j] - to[j]);
        }
    }

    /** Keeps a bound's multiplier near what the barrier says, mu over the distance. */
    private static double kept(double multiplier, double mu, double distance) {
        return multiplier == 0 ? 0 : Math.max(Math.min(multiplier, APART * mu / distance), mu / distance / APART);
    }

    /**
     * The sum of all distances to bounds times their multipliers: by as much duality lets the cost lie above the least
     * one of a convex problem.
     */
    double gap(double[] z) {
        double gap = 0;
        for (int j = 0; j < low.length; j++) {
            gap += low[j] == 0 ? 0 : (z[j] - problem.lower[j]) * low[j];
            gap += high[j] == 0 ? 0 : (problem.upper[j] - z[j]) * high[j];
        }
        return gap;
    }

    /** What the bounds add to the curvature of the Lagrangian, by variable. */
    double[] curvature(double[] z) {
        double[] diagonal = new double[low.length];
        for (int j = 0; j < diagonal.length; j++) {
            double below = low[j] == 0 ? 0 : low[j] / (z[j] - problem.lower[j]);
            diagonal[j] = below + (high[j] == 0 ? 0 : high[j] / (problem.upper[j] - z[j]));
        }
        return diagonal;
    }

    /** The slope that keeps a variable with one bound from running away along the barrier, as a part of mu. */
    double damping(int j) {
        return low[j] > 0 == high[j] > 0 ? 0 : low[j] > 0 ? BarrierProblem.DAMPING : -BarrierProblem.DAMPING;
    }

    /** Of the constraints as the user gave them. */
    double[] userConstraints() {
        double[] u = new double[problem.m];
        for (int i = 0; i < u.length; i++) {
            u[i] = constraints[i] * problem.scale[i] / problem.costScale;
        }
        return u;
    }

    /** Of the bounds as the user gave them, by parameter: positive for a lower one, negative for an upper one. */
    double[] userBounds() {
        double[] u = new double[problem.n];
        for (int j = 0; j < u.length; j++) {
            u[j] = (low[j] - high[j]) / problem.costScale / problem.units.size(j);
        }
        return u;
    }
}
