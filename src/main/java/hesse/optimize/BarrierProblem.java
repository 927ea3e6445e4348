package hesse.optimize;

import hesse.matrix.Matrix;
import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * A constrained problem as the interior-point method sees it: variables z = (x, s), n parameters and a slack s_i for
 * every inequality, constraints c_i(x) - s_i = 0 or c_i(x) - b_i = 0, bounds on z. The cost and the parameters are in
 * the {@link Units} that the run had when the problem was made, constraints scaled so that gradients at the start are
 * at most 100.
 */
final class BarrierProblem {
    private static final double LARGEST_GRADIENT = 100;
    private static final double LEAST_SCALE = 1e-8;
    /** Bounds on one variable are at least twice this part of their size apart. */
    private static final double THIN = 1e-8;
    /** The slope of the barrier, as a part of mu, that keeps variables with one bound from running away along it. */
    static final double DAMPING = 1e-5;
    /** How far from its bounds a point begins, of the bound's size or the room between two. */
    private static final double NEAR = 1e-2;

    final Run run;
    final StackedConstraints constraints;
    final int n;
    /** The number of variables, parameters and slacks. */
    final int size;
    final int m;
    /** By variable, infinite where there is no bound; {@code upper} likewise. */
    final double[] lower;
    final double[] upper;
    /** By constraint the index of its slack in z, -1 for an equality. */
    final int[] slack;
    /** Whether the bounds of a parameter are one number: nothing moves it. */
    private final boolean[] fixed;
    final Units units;
    /** What a cost of 1 of the user's is here. */
    final double costScale;
    /** The number of finite bounds. */
    final int bounds;
    /** By constraint what the user's values are multiplied by. */
    final double[] scale;

    /**
     * In the units that the run has now.
     *
     * @param x where the constraints' scales are taken, in the user's units; stops where a constraint or its derivative
     *     is not finite there
     */
    BarrierProblem(Run run, StackedConstraints constraints, double[] x) {
        this.run = run;
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
        this.units = run.units().copy();
        Box box = run.box();
        Matrix jacobian = Matrix.of(m, n);
        constraints.jacobian(x, jacobian);
        if (!Algebra.isFinite(jacobian.data()) || !Algebra.isFinite(constraints.values(x))) {
            throw new Stop(Ending.NOT_FINITE,
                    "a constraint or its derivative is not finite at the start " + Stop.text(x));
        }
        this.costScale = run.units().own(1.0);
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
            double low = fixed[j] ? Double.NEGATIVE_INFINITY : box.lower[j];
            bound(j, low, fixed[j] ? Double.POSITIVE_INFINITY : box.upper[j]);
        }
        for (int i = 0; i < m; i++) {
            if (slack[i] >= 0) {
                bound(slack[i], scale[i] * constraints.lower[i], scale[i] * constraints.upper[i]);
            }
        }
        this.bounds = (int) DoubleStream.concat(Arrays.stream(lower), Arrays.stream(upper))
                .filter(Double::isFinite).count();
    }

    /** The scale of a constraint by the largest entry of its gradient. */
    private static double scale(double gradient) {
        return Math.max(LEAST_SCALE, Math.min(1, LARGEST_GRADIENT / gradient));
    }

    /** Sets the bounds of variable j; those that leave no room are moved apart a little. */
    private void bound(int j, double low, double high) {
        double room = THIN * Math.max(1, Math.abs(low));
        boolean thin = high - low < 2 * room;
        lower[j] = thin ? low - room : low;
        upper[j] = thin ? high + room : high;
    }

    boolean isFixed(int j) {
        return fixed[j];
    }

    /** The first n entries. */
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
        return run.value(x(z));
    }

    /** The cost; fills its gradient by z, 0 for slacks and parameters that are fixed. */
    double gradient(double[] z, double[] g) {
        double[] own = new double[n];
        double value = run.gradient(x(z), own);
        Arrays.fill(g, 0);
        for (int j = 0; j < n; j++) {
            g[j] = fixed[j] ? 0 : own[j];
        }
        return value;
    }

    /** The scaled c(x) - s and c(x) - b. */
    double[] constraints(double[] z) {
        double[] c = constraints.values(user(z));
        for (int i = 0; i < m; i++) {
            c[i] = slack[i] >= 0 ? scale[i] * c[i] - z[slack[i]] : scale[i] * (c[i] - constraints.lower[i]);
        }
        return c;
    }

    /** The variables at x, parameters and slacks moved off the bounds that are close. */
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

    /** Sets each slack to its constraint's value. */
    private void setSlacks(double[] z) {
        double[] c = constraints.values(user(z));
        for (int i = 0; i < m; i++) {
            if (slack[i] >= 0) {
                z[slack[i]] = scale[i] * c[i];
            }
        }
    }

    /** Fills the scaled constraints' Jacobian by x, m by n; that by a slack is -1. */
    void jacobian(double[] z, Matrix a) {
        constraints.jacobian(user(z), a);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                a.set(i, j, fixed[j] ? 0 : scale[i] * a.get(i, j) * units.size(j));
            }
        }
    }

    /** A'u by z, A the Jacobian by x with a column of -1 for each slack. */
    double[] transposed(Matrix a, double[] u) {
        double[] y = Arrays.copyOf(a.transposedMultiply(u), size);
        for (int i = 0; i < m; i++) {
            if (slack[i] >= 0) {
                y[slack[i]] -= u[i];
            }
        }
        return y;
    }

    /** The Hessian of the Lagrangian by x; rows and columns of parameters that are fixed are the identity's. */
    SymmetricMatrix hessian(double[] z, double[] multipliers) {
        SymmetricMatrix w = SymmetricMatrix.of(n);
        run.hessian(x(z), new double[n], w);
        double[] u = multipliers.clone();
        for (int i = 0; i < m; i++) {
            u[i] *= scale[i];
        }
        SymmetricMatrix curving = SymmetricMatrix.of(n);
        constraints.addHessian(user(z), u, curving);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double identity = i == j ? 1 : 0;
                double entry = w.get(i, j) + curving.get(i, j) * units.size(i) * units.size(j);
                w.set(i, j, fixed[i] || fixed[j] ? identity : entry);
            }
        }
        return w;
    }

    /** The largest t, at most 1, at which z + t d keeps a part 1 - tau of its distance to each bound. */
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

    /**
     * -mu times the sum of the logarithms of all distances to bounds, less {@link #DAMPING} of the distance where there
     * is one bound.
     */
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

    /** The barrier problem's cost at z. */
    double barrierCost(double[] z, double mu) {
        return cost(z) + barrier(z, mu);
    }
}
