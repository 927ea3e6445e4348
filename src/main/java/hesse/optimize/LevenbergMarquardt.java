package hesse.optimize;

import hesse.VectorFunction;
import hesse.curvature.Direction;
import hesse.matrix.Matrix;
import hesse.matrix.Qr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The steps of {@link LeastSquares}: each minimises ||J p + F|| over ||D p|| <= radius, D the largest lengths of J's columns so far. */
final class LevenbergMarquardt {
    private static final double ACCEPTED = 1e-4;
    private static final double FIRST_RADIUS = 1;
    /** Costs that differ by less of their size are equal to rounding. */
    private static final double ROUNDING = 1e-12;
    private static final int SHIFTS = 30;
    /** Steps in a row that change the cost by rounding only. */
    private static final int IDLE = 50;

    final List<Step> steps = new ArrayList<>();
    private final VectorFunction residuals;
    private final Box box;
    private final LeastSquares.Method method;
    private final Loss loss;
    private final double scale;
    private final double stepTolerance;
    private final int iterations;
    private final Predicate<Step> listener;
    private final int n;
    private final int m;
    private final double[] values;
    private final Matrix jacobian;
    private final double[] d;
    /** Of the Jacobian's columns, at this point. */
    private final double[] lengths;
    private double[] x;
    private double cost;
    private double[] g;
    /** The triangle of the free columns, and Q'F. */
    private double[][] r;
    private double[] qf;
    private int[] free;
    private double lambda;
    private int idle;
    private int valueCount;
    private int jacobianCount;

    LevenbergMarquardt(VectorFunction residuals, Box box, double[] start, LeastSquares.Method method, Loss loss, double scale, double stepTolerance,
            int iterations, Predicate<Step> listener) {
        this.residuals = residuals;
        this.box = box;
        this.x = start;
        this.method = method;
        this.loss = loss;
        this.scale = scale;
        this.stepTolerance = stepTolerance;
        this.iterations = iterations;
        this.listener = listener;
        this.n = residuals.n();
        this.m = residuals.m();
        this.values = new double[m];
        this.jacobian = Matrix.of(m, n);
        this.d = new double[n];
        this.lengths = new double[n];
    }

    double[] x() {
        return x;
    }

    Evaluations evaluations() {
        return new Evaluations(valueCount, jacobianCount, 0, 0);
    }

    /** The triangle of J at the last point, all columns; null where it is not finite. */
    double[][] factor() {
        linearise();
        if (!Algebra.isFinite(jacobian.data())) {
            return null;
        }
        return triangle(IntStream.range(0, n).toArray(), null);
    }

    /** F and J, weighted by the loss; the cost is half the sum. */
    private void linearise() {
        jacobianCount++;
        residuals.jacobian(x, values, jacobian);
        if (loss != Loss.SQUARE) {
            for (int i = 0; i < m; i++) {
                double root = Math.sqrt(loss.weight(values[i] / scale * (values[i] / scale)));
                values[i] *= root;
                for (int j = 0; j < n; j++) {
                    jacobian.set(i, j, root * jacobian.get(i, j));
                }
            }
        }
        g = jacobian.transposedMultiply(values);
        Arrays.fill(lengths, 0);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                lengths[j] = Math.hypot(lengths[j], jacobian.get(i, j));
            }
        }
    }

    private double cost(double[] at) {
        valueCount++;
        double[] f = residuals.value(at);
        if (loss == Loss.SQUARE) {
            return 0.5 * Algebra.dot(f, f);
        }
        double sum = 0;
        for (double entry : f) {
            sum += loss.value(entry / scale * (entry / scale));
        }
        return 0.5 * scale * scale * sum;
    }

    void run() {
        cost = cost(x);
        linearise();
        if (!Double.isFinite(cost) || !Algebra.isFinite(jacobian.data())) {
            throw new Cost.Stop(Ending.NOT_FINITE, "a residual or its derivative is not finite at the start " + Cost.text(x));
        }
        double radius = -1;
        for (;;) {
            requireSlope();
            factorFree();
            for (int j = 0; j < n; j++) {
                d[j] = Math.max(d[j], lengths[j] == 0 && d[j] == 0 ? 1 : lengths[j]);
            }
            radius = radius < 0 ? FIRST_RADIUS * Math.max(1e-3, scaledNorm(x)) : radius;
            radius = method == LeastSquares.Method.GAUSS_NEWTON ? gaussNewton() : step(radius);
        }
    }

    private void requireSlope() {
        double size = Math.sqrt(2 * cost);
        double largest = 0;
        for (int j = 0; j < n; j++) {
            largest = Math.max(largest, lengths[j] == 0 || !box.isOpen && box.holds(j, x, g) ? 0 : Math.abs(g[j]) / lengths[j]);
        }
        if (largest <= 1e-15 * size || size == 0) {
            throw new Cost.Stop(Ending.CONVERGED_GRADIENT, "residuals are orthogonal to all columns of the Jacobian to rounding");
        }
    }

    private double scaledNorm(double[] p) {
        double[] scaled = new double[p.length];
        Arrays.setAll(scaled, j -> d[j] * p[j]);
        return Algebra.norm(scaled);
    }

    private void factorFree() {
        free = box.free(x, g);
        qf = new double[free.length];
        r = triangle(free, qf);
    }

    /** R of some columns, and Q' F where asked: F rides along as a last column. */
    private double[][] triangle(int[] columns, double[] products) {
        int k = columns.length;
        int rows = Math.max(m, k + 1);
        Matrix all = Matrix.of(rows, k + 1);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < k; j++) {
                all.set(i, j, jacobian.get(i, columns[j]));
            }
            all.set(i, k, values[i]);
        }
        Qr qr = Qr.of(all);
        double[][] triangle = new double[k][k];
        for (int i = 0; i < k; i++) {
            for (int j = i; j < k; j++) {
                triangle[i][j] = qr.get(i, j);
            }
            if (products != null) {
                products[i] = qr.get(i, k);
            }
        }
        return triangle;
    }

    /** -p for the p that minimises ||R p + Q'F||^2 + lambda ||D p||^2, by QR of both on top of each other; and R of that. */
    private double[] damped(double lambda, double[][] upper) {
        int k = free.length;
        Matrix all = Matrix.of(2 * k + 1, k + 1);
        for (int i = 0; i < k; i++) {
            for (int j = i; j < k; j++) {
                all.set(i, j, r[i][j]);
            }
            all.set(i, k, qf[i]);
            all.set(k + i, i, Math.sqrt(lambda) * d[free[i]]);
        }
        Qr qr = Qr.of(all);
        double[] p = new double[k];
        for (int i = k - 1; i >= 0; i--) {
            double sum = qr.get(i, k);
            for (int j = i; j < k; j++) {
                upper[i][j] = qr.get(i, j);
                sum -= j > i ? upper[i][j] * p[j] : 0;
            }
            p[i] = upper[i][i] == 0 ? 0 : sum / upper[i][i];
        }
        for (int i = 0; i < k; i++) {
            p[i] = -p[i];
        }
        return p;
    }

    private boolean isDependent() {
        double largest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < r.length; i++) {
            double size = Math.abs(r[i][i]) / d[free[i]];
            largest = Math.max(largest, size);
            least = Math.min(least, size);
        }
        return least <= 1e-15 * largest;
    }

    private double scaledFree(double[] p) {
        double[] scaled = new double[p.length];
        Arrays.setAll(scaled, i -> d[free[i]] * p[i]);
        return Algebra.norm(scaled);
    }

    /** The step within the radius, and its lambda: Newton's method on 1/||D p|| (Hebden; More 1978, section 5). */
    private double[] within(double radius) {
        int k = free.length;
        double[][] upper = new double[k][k];
        double[] p = isDependent() ? null : damped(0, upper);
        lambda = 0;
        if (p != null && Algebra.isFinite(p) && scaledFree(p) <= 1.1 * radius) {
            return p;
        }
        double[] scaled = new double[k];
        for (int j = 0; j < k; j++) {
            scaled[j] = g[free[j]] / d[free[j]];
        }
        double low = 0;
        double high = Algebra.norm(scaled) / radius;
        double shift = Math.max(1e-3 * high, Double.MIN_NORMAL);
        for (int tries = 0; tries < SHIFTS; tries++) {
            p = damped(shift, upper);
            double length = scaledFree(p);
            if (Math.abs(length - radius) <= 0.1 * radius || low > 0 && high - low <= 1e-14 * high) {
                break;
            }
            if (length > radius) {
                low = shift;
            } else {
                high = shift;
            }
            double[] q = new double[k];
            for (int i = 0; i < k; i++) {
                double sum = d[free[i]] * d[free[i]] * p[i] / length;
                for (int j = 0; j < i; j++) {
                    sum -= upper[j][i] * q[j];
                }
                q[i] = sum / upper[i][i];
            }
            double next = shift + (length - radius) / radius / Algebra.dot(q, q);
            shift = next > low && next < high ? next : Math.max(1e-3 * high, Math.sqrt(low * high));
        }
        lambda = shift;
        return p;
    }

    /** One accepted step; returns the next radius. */
    private double step(double radius) {
        for (;;) {
            double[] p = Algebra.whole(within(radius), free, n);
            double[] next = x.clone();
            Algebra.add(next, 1, p);
            box.project(next);
            double[] s = box.isOpen ? p : Algebra.minus(next, x);
            double[] js = jacobian.multiply(s);
            double promised = -Algebra.dot(g, s) - 0.5 * Algebra.dot(js, js);
            double length = scaledNorm(s);
            double trial = cost(next);
            double ratio = Double.isFinite(trial) ? (cost - trial) / promised : Double.NEGATIVE_INFINITY;
            boolean equal = promised <= ROUNDING * cost && Math.abs(trial - cost) <= ROUNDING * cost;
            boolean small = length <= stepTolerance * scaledNorm(x);
            if ((ratio > ACCEPTED || equal && !small) && moved(next, s, js, promised, trial)) {
                if (small || length <= stepTolerance * scaledNorm(x)) {
                    throw new Cost.Stop(Ending.CONVERGED_STEP, "the last step was " + length / scaledNorm(x) + " of the parameters");
                }
                return equal ? radius : ratio < 0.25 ? 0.25 * length : ratio > 0.75 && lambda > 0 || lambda == 0 ? Math.max(radius, 2 * length) : radius;
            }
            if (small || length == 0) {
                throw new Cost.Stop(equal || promised <= 1e-9 * cost ? Ending.CONVERGED_STEP : Ending.STEP_TOO_SMALL,
                        "a step of " + length / scaledNorm(x) + " of the parameters does not lower the cost");
            }
            radius = 0.25 * Math.min(radius, length);
        }
    }

    private double gaussNewton() {
        double[] p = isDependent() ? within(scaledNorm(x) + 1) : damped(0, new double[free.length][free.length]);
        double[] whole = Algebra.whole(p, free, n);
        double previous = Double.POSITIVE_INFINITY;
        for (double t = 1; ; t *= 0.5) {
            double[] next = x.clone();
            Algebra.add(next, t, whole);
            box.project(next);
            double[] s = Algebra.minus(next, x);
            double[] js = jacobian.multiply(s);
            double promised = -Algebra.dot(g, s) - 0.5 * Algebra.dot(js, js);
            double length = scaledNorm(s);
            double trial = cost(next);
            boolean small = length <= stepTolerance * scaledNorm(x);
            boolean equal = promised <= ROUNDING * cost && Math.abs(trial - cost) <= ROUNDING * cost && length < previous;
            if ((cost - trial > ACCEPTED * promised || equal && !small) && moved(next, s, js, promised, trial)) {
                return 1;
            }
            if (small || t < 1e-15) {
                throw new Cost.Stop(equal || promised <= 1e-9 * cost ? Ending.CONVERGED_STEP : Ending.STEP_TOO_SMALL,
                        "a step of " + length / scaledNorm(x) + " of the parameters does not lower the cost");
            }
            previous = length;
        }
    }

    /** Moves to a point whose Jacobian is finite, and tells. */
    private boolean moved(double[] next, double[] s, double[] js, double promised, double trial) {
        double[] old = x;
        double before = cost;
        double[] oldG = g;
        x = next;
        linearise();
        if (!Algebra.isFinite(jacobian.data())) {
            x = old;
            linearise();
            return false;
        }
        idle = promised <= ROUNDING * cost ? idle + 1 : 0;
        cost = trial;
        double curving = Algebra.dot(js, js);
        double square = Algebra.dot(s, s);
        Step step = new Step(steps.size() + 1, cost, box.stationarity(x, g), 0, Math.sqrt(square), square == 0 ? 0 : curving / square,
                curving > 0 ? Direction.Kind.POSITIVE : Direction.Kind.ZERO, -Algebra.dot(oldG, s), promised, before - cost, n <= Step.KEPT ? x.clone() : new double[0]);
        steps.add(step);
        if (!listener.test(step) || Thread.currentThread().isInterrupted()) {
            throw new Cost.Stop(Ending.CANCELLED, "stopped after step " + step.iteration());
        }
        if (idle >= IDLE) {
            throw new Cost.Stop(Ending.CONVERGED_DECREASE, IDLE + " steps promised less than " + ROUNDING + " of the cost");
        }
        if (steps.size() >= iterations) {
            throw new Cost.Stop(Ending.ITERATION_LIMIT, iterations + " steps");
        }
        return true;
    }
}
