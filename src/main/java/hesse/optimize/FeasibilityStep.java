package hesse.optimize;

import hesse.matrix.Cholesky;
import hesse.matrix.Matrix;
import hesse.matrix.NotPositiveDefinite;
import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;

/**
 * Steps d that lower the constraints' violation alone, in variables scaled by their distance to the bound that they
 * head for.
 */
final class FeasibilityStep {
    private final BarrierProblem problem;
    private final double[] c;
    private final Matrix a;
    /** By variable the square of its distance to the bound that it heads for, at most 1. */
    private final double[] weight;
    private final double stationarity;

    /** At a point; {@link #c} are its constraints' values and {@link #a} their Jacobian. */
    FeasibilityStep(BarrierPoint at) {
        this.problem = at.problem;
        this.c = at.c();
        this.a = at.a;
        double[] z = at.z();
        this.weight = new double[problem.size];
        double[] slope = problem.transposed(a, c);
        double largest = 0;
        for (int j = 0; j < weight.length; j++) {
            double distance = Math.min(1, slope[j] > 0 ? z[j] - problem.lower[j] : problem.upper[j] - z[j]);
            weight[j] = distance * distance;
            largest = Math.max(largest, Math.abs(slope[j]) * distance);
        }
        this.stationarity = largest;
    }

    /** The largest entry of the scaled gradient of ||c||^2/2: 0 where no step lowers the violation. */
    double stationarity() {
        return stationarity;
    }

    /** The shortest step with A d = -c; null where it cannot be found. */
    double[] shortest(KktSystem kkt, double barrier) {
        double[] inverse = new double[weight.length];
        Arrays.setAll(inverse, j -> 1 / Math.max(1e-20, weight[j]));
        double[] b = new double[weight.length + c.length];
        for (int i = 0; i < c.length; i++) {
            b[weight.length + i] = -c[i];
        }
        SymmetricMatrix none = SymmetricMatrix.of(problem.n);
        double[] solution = kkt.factor(none, inverse, a, problem.slack, barrier) ? kkt.solve(b) : null;
        return solution == null ? null : Arrays.copyOf(solution, weight.length);
    }

    /**
     * -V A'(A V A' + damping I)^-1 c, V the diagonal of weights; null where that cannot be solved.
     *
     * @param damping as a part of the largest diagonal entry
     */
    double[] damped(double damping) {
        SymmetricMatrix normal = SymmetricMatrix.of(c.length);
        double largest = 0;
        for (int i = 0; i < c.length; i++) {
            for (int k = 0; k <= i; k++) {
                double sum = problem.slack[i] >= 0 && i == k ? weight[problem.slack[i]] : 0;
                for (int j = 0; j < problem.n; j++) {
                    sum += a.get(i, j) * weight[j] * a.get(k, j);
                }
                normal.set(i, k, sum);
            }
            largest = Math.max(largest, normal.get(i, i));
        }
        normal.addDiagonal(damping * Math.max(Double.MIN_NORMAL, largest));
        try {
            double[] d = problem.transposed(a, Cholesky.of(normal).solve(c));
            for (int j = 0; j < d.length; j++) {
                d[j] *= -weight[j];
            }
            return Algebra.isFinite(d) ? d : null;
        } catch (NotPositiveDefinite e) {
            return null;
        }
    }
}
