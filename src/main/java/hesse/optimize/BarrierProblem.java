package hesse.optimize;

import hesse.matrix.Matrix;
import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;

/**
 * A constrained problem as the interior-point method sees it: variables z = (x, s) with a slack s_i for every inequality, constraints
 * c_i(x) - s_i = 0 or c_i(x) - b_i = 0, bounds on z; the cost and the parameters in the run's {@link Units}, constraints scaled so that gradients
 * at the start are at most 100.
 */
final class BarrierProblem {
    private static final double LARGEST_GRADIENT = 100;
    private static final double LEAST_SCALE = 1e-8;
    private static final double THIN = 1e-8;
    /** Keeps variables with one bound from running away along the barrier. */
    static final double DAMPING = 1e-5;
    /** How far from its bounds a point begins, of the bound's size or the room between two. */
    private static final double NEAR = 1e-2;

    final Cost cost;
    final Constraints constraints;
    final int n;
    /** Variables with slacks. */
    final int size;
    final int m;
    final double[] lower;
    final double[] upper;
    /** By constraint its slack, or -1. */
    final int[] slack;
    /** Parameters whose bounds are one number: nothing moves them. */
    private final boolean[] fixed;
    final Units units;
    /** The cost's unit: what a cost of 1 of the user's is here. */
    final double costScale;
    /** How many bounds there are. */
    final int bounds;
    final double[] scale;

    /**
     * In the units that the cost has now.
     *
     * @param x where the constraints' scales are taken, in the user's units
     */
    BarrierProblem(Cost cost, Constraints constraints, double[] x) {
        this.cost = cost;
        this.constraints = constraints;
        this.n = constraints.n;
        this.m = constraints.m;
        this.slack = new int[m];
        int next = n;
        for (int i = 0; i < m; i++) {
            slack[i] = constraints.isEquality(i) ? -1 : next++;
        }
        this.size = next;
        this.fixed = new boolean[size];
        this.units = cost.units.copy();
        Box box = cost.box();
        Matrix jacobian = Matrix.of(m, n);
        constraints.jacobian(x, jacobian);
        if (!Algebra.isFinite(jacobian.data()) || !Algebra.isFinite(constraints.values(x))) {
            throw new Cost.Stop(Ending.NOT_FINITE, "a constraint or its derivative is not finite at the start " + Cost.text(x));
        }
        this.costScale = cost.units.own(1.0);
        this.scale = new double[m];
        for (int i = 0; i < m; i++) {
            double[] row = Arrays.copyOfRange(jacobian.data(), i * n, (i + 1) * n);
            Arrays.setAll(row, j -> row[j] * units.size(j));
            scale[i] = scale(Algebra.largest(row));
        }
        this.lower = new double[size];
        this.upper = new double[size];
        for (int j = 0; j < n; j++) {
            fixed[j] = box.lower[j] == box.upper[j];
            bound(j, fixed[j] ? Double.NEGATIVE_INFINITY : box.lower[j], fixed[j] ? Double.POSITIVE_INFINITY : box.upper[j]);
        }
        for (int i = 0; i < m; i++) {
            if (slack[i] >= 0) {
                bound(slack[i], scale[i] * constraints.lower[i], scale[i] * constraints.upper[i]);
            }
        }
        this.bounds = (int) (Arrays.stream(lower).filter(Double::isFinite).count() + Arrays.stream(upper).filter(Double::isFinite).count());
    }

    /** The sum of all distances to bounds times their multipliers: by so much duality lets the cost lie above the least one of a convex problem. */
    double gap(double[] z, double[] low, double[] high) {
        double gap = 0;
        for (int j = 0; j < size; j++) {
            gap += low[j] == 0 ? 0 : (z[j] - lower[j]) * low[j];
            gap += high[j] == 0 ? 0 : (upper[j] - z[j]) * high[j];
        }
        return gap;
    }

    private static double scale(double gradient) {
        return Math.max(LEAST_SCALE, Math.min(1, LARGEST_GRADIENT / gradient));
    }

    /** Bounds that leave no room are moved apart a little. */
    private void bound(int j, double low, double high) {
        double room = THIN * Math.max(1, Math.abs(low));
        boolean thin = high - low < 2 * room;
        lower[j] = thin ? low - room : low;
        upper[j] = thin ? high + room : high;
    }

    boolean isFixed(int j) {
        return fixed[j];
    }

    double[] x(double[] z) {
        return Arrays.copyOf(z, n);
    }

    /** The parameters in the user's units. */
    double[] user(double[] z) {
        double[] x = new double[n];
        units.user(x(z), x);
        return x;
    }

    double cost(double[] z) {
        return cost.value(x(z));
    }

    double gradient(double[] z, double[] g) {
        double[] own = new double[n];
        double value = cost.gradient(x(z), own);
        Arrays.fill(g, 0);
        for (int j = 0; j < n; j++) {
            g[j] = fixed[j] ? 0 : own[j];
        }
        return value;
    }

    /** c(x) - s, scaled. */
    double[] constraints(double[] z) {
        double[] c = constraints.values(user(z));
        for (int i = 0; i < m; i++) {
            c[i] = slack[i] >= 0 ? scale[i] * c[i] - z[slack[i]] : scale[i] * (c[i] - constraints.lower[i]);
        }
        return c;
    }

    /** The variables at x, or near it where bounds are close. */
    double[] inside(double[] x) {
        double[] z = Arrays.copyOf(x, size);
        moveInside(z, n);
        setSlacks(z);
        moveInside(z, size);
        return z;
    }

    /** Moves entries from {@code 0} to {@code end} off their bounds. */
    private void moveInside(double[] z, int end) {
        for (int j = 0; j < end; j++) {
            double low = lower[j];
            double high = upper[j];
            double room = NEAR * (high - low);
            double fromLow = Math.min(NEAR * Math.max(1, Math.abs(low)), room);
            double fromHigh = Math.min(NEAR * Math.max(1, Math.abs(high)), room);
            z[j] = low == Double.NEGATIVE_INFINITY ? z[j] : Math.max(z[j], low + fromLow);
            z[j] = high == Double.POSITIVE_INFINITY ? z[j] : Math.min(z[j], high - fromHigh);
        }
    }

    /** Puts slacks where their constraints are. */
    private void setSlacks(double[] z) {
        double[] c = constraints.values(user(z));
        for (int i = 0; i < m; i++) {
            if (slack[i] >= 0) {
                z[slack[i]] = scale[i] * c[i];
            }
        }
    }

    void jacobian(double[] z, Matrix a) {
        constraints.jacobian(user(z), a);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                a.set(i, j, fixed[j] ? 0 : scale[i] * a.get(i, j) * units.size(j));
            }
        }
    }

    /** y = A'u with the slacks' coefficients. */
    double[] transposed(Matrix a, double[] u) {
        double[] y = Arrays.copyOf(a.transposedMultiply(u), size);
        for (int i = 0; i < m; i++) {
            if (slack[i] >= 0) {
                y[slack[i]] -= u[i];
            }
        }
        return y;
    }

    /** The Hessian of the scaled Lagrangian in x. */
    SymmetricMatrix hessian(double[] z, double[] multipliers) {
        SymmetricMatrix w = SymmetricMatrix.of(n);
        cost.hessian(x(z), new double[n], w);
        double[] u = multipliers.clone();
        for (int i = 0; i < m; i++) {
            u[i] *= scale[i];
        }
        SymmetricMatrix curving = SymmetricMatrix.of(n);
        constraints.addHessian(user(z), u, curving);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double identity = i == j ? 1 : 0;
                w.set(i, j, fixed[i] || fixed[j] ? identity : w.get(i, j) + curving.get(i, j) * units.size(i) * units.size(j));
            }
        }
        return w;
    }

    /** The largest t at which z + t d keeps a part 1 - tau of its distance to the bounds, at most 1. */
    double reach(double[] z, double[] d, double tau) {
        double t = 1;
        for (int j = 0; j < size; j++) {
            if (d[j] < 0) {
                t = Math.min(t, tau * (lower[j] - z[j]) / d[j]);
            } else if (d[j] > 0) {
                t = Math.min(t, tau * (upper[j] - z[j]) / d[j]);
            }
        }
        return t;
    }

    /** -mu times the sum of the logarithms of all distances to bounds, and where there is one bound a little of the distance. */
    double barrier(double[] z, double mu) {
        double sum = 0;
        for (int j = 0; j < size; j++) {
            boolean below = lower[j] > Double.NEGATIVE_INFINITY;
            boolean above = upper[j] < Double.POSITIVE_INFINITY;
            sum += below ? Math.log(z[j] - lower[j]) : 0;
            sum += above ? Math.log(upper[j] - z[j]) : 0;
            sum -= below == above ? 0 : DAMPING * (below ? z[j] - lower[j] : upper[j] - z[j]);
        }
        return -mu * sum;
    }
}
