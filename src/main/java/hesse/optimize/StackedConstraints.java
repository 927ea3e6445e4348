package hesse.optimize;

import hesse.VectorFunction;
import hesse.matrix.Matrix;
import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All constraints of a problem stacked in one vector c of m entries: lower_i <= c_i(x) <= upper_i. In the user's units.
 */
final class StackedConstraints {
    private static final double LEAST_VIOLATION = 1e-8;

    /** A function of the n parameters, and bounds of its values. */
    record Group(VectorFunction function, double[] lower, double[] upper) {}

    final int n;
    final int m;
    final double[] lower;
    final double[] upper;
    private final List<Group> parts;

    StackedConstraints(int n, List<Group> parts) {
        this.n = n;
        this.parts = List.copyOf(parts);
        this.lower = parts.stream().flatMapToDouble(part -> Arrays.stream(part.lower)).toArray();
        this.upper = parts.stream().flatMapToDouble(part -> Arrays.stream(part.upper)).toArray();
        this.m = lower.length;
    }

    boolean isEquality(int i) {
        return lower[i] == upper[i];
    }

    /** c(x). */
    double[] values(double[] x) {
        return parts.stream().flatMapToDouble(part -> Arrays.stream(part.function.value(x))).toArray();
    }

    /** Fills the Jacobian, m by n. */
    void jacobian(double[] x, Matrix jacobian) {
        int row = 0;
        for (Group part : parts) {
            double[] own = part.function.jacobian(x).data();
            System.arraycopy(own, 0, jacobian.data(), row * n, own.length);
            row += part.function.m();
        }
    }

    /** Adds sum_i u_i d2c_i/dx2 to h, n by n. */
    void addHessian(double[] x, double[] u, SymmetricMatrix h) {
        int row = 0;
        for (Group part : parts) {
            SymmetricMatrix own = SymmetricMatrix.of(n);
            part.function.weightedHessian(x, Arrays.copyOfRange(u, row, row + part.function.m()), new double[n], own);
            h.add(1, own);
            row += part.function.m();
        }
    }

    /** By how much c breaks its bounds, the largest of all constraints; 0 where it breaks none. */
    double violation(double[] values) {
        double largest = 0;
        for (int i = 0; i < m; i++) {
            largest = Math.max(largest, violation(i, values[i]));
        }
        return largest;
    }

    /** The same of constraint i alone. */
    double violation(int i, double value) {
        return Math.max(0, Math.max(lower[i] - value, value - upper[i]));
    }

    /**
     * The indices of the constraints that x violates by more than the tolerance, but at least 1e-8, and of those that
     * are NaN there.
     */
    int[] violated(double[] x, double tolerance) {
        double[] values = values(x);
        double most = Math.max(tolerance, LEAST_VIOLATION);
        return IntStream.range(0, m).filter(i -> !(violation(i, values[i]) <= most)).toArray();
    }
}
