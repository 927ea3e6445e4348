package hesse.optimize;

import hesse.VectorFunction;
import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;

/**
 * Fits parameters so that the sum of squares of residuals, or of a robust {@link Loss}, is least: {@code
 * LeastSquares.of(residuals).from(b0).run()}. Levenberg and Marquardt's method as a trust region with More's scaling (More, Lecture Notes
 * in Mathematics 630, 1978), on QR factors of the Jacobian, or Gauss and Newton's. Memory of the Jacobian, m n numbers.
 */
public final class LeastSquares {
    /** How a step is chosen. */
    public enum Method {
        /** Within a radius that grows and shrinks. */
        LEVENBERG_MARQUARDT,
        /** The whole step to the linear model's minimum, halved until the cost falls. */
        GAUSS_NEWTON
    }

    private static final double DEPENDENT = 1e-14;

    private final VectorFunction residuals;
    private double[] start;
    private Box box;
    private Method method = Method.LEVENBERG_MARQUARDT;
    private Loss loss = Loss.SQUARE;
    private double scale = 1;
    private double stepTolerance = 1e-13;
    private int iterations = 5_000;
    private Predicate<Step> listener = step -> true;

    private LeastSquares(VectorFunction residuals) {
        this.residuals = residuals;
        this.box = Box.open(residuals.n());
    }

    /** @param residuals F, whose entries' squares are summed */
    public static LeastSquares of(VectorFunction residuals) {
        return new LeastSquares(residuals);
    }

    /** The start; one outside the bounds is moved to them. */
    public LeastSquares from(double... parameters) {
        start = vector("the start", parameters);
        return this;
    }

    /** Bounds; infinite where there is none. */
    public LeastSquares bounds(double[] lower, double[] upper) {
        box = new Box(vector("the array of lower bounds", lower), vector("the array of upper bounds", upper));
        return this;
    }

    private double[] vector(String what, double[] v) {
        if (v.length != residuals.n()) {
            throw new IllegalArgumentException(what + " has " + v.length + " entries, must have " + residuals.n());
        }
        return v.clone();
    }

    public LeastSquares method(Method method) {
        this.method = method;
        return this;
    }

    /** A robust loss; residuals well below the scale count by their squares. */
    public LeastSquares loss(Loss loss, double scale) {
        if (!(scale > 0)) {
            throw new IllegalArgumentException("the scale of a loss is " + scale + ", must be positive");
        }
        this.loss = loss;
        this.scale = scale;
        return this;
    }

    /** A step this part of the parameters ends the fit; 1e-13 unless said. */
    public LeastSquares stepTolerance(double tolerance) {
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException("the step tolerance is " + tolerance + ", must not be negative");
        }
        this.stepTolerance = tolerance;
        return this;
    }

    /** Steps at most; 5,000 unless said. */
    public LeastSquares maxIterations(int iterations) {
        if (iterations < 1) {
            throw new IllegalArgumentException(iterations + " iterations, must be at least 1");
        }
        this.iterations = iterations;
        return this;
    }

    /** Told each step, on the calling thread; false ends the fit. */
    public LeastSquares listener(Predicate<Step> listener) {
        this.listener = listener;
        return this;
    }

    /** Runs; every end is told by the result. */
    public Fit run() {
        if (start == null) {
            throw new IllegalStateException("no start: call from(parameters) first");
        }
        LevenbergMarquardt run = new LevenbergMarquardt(residuals, box, box.project(start.clone()), method, loss, scale, stepTolerance, iterations, listener);
        Cost.Stop stop;
        try {
            run.run();
            throw new AssertionError("a run ends by a stop");
        } catch (Cost.Stop end) {
            stop = end;
        } catch (CancellationException e) {
            stop = new Cost.Stop(Ending.CANCELLED, e.getMessage());
        }
        return fit(run, stop);
    }

    private Fit fit(LevenbergMarquardt run, Cost.Stop stop) {
        int n = residuals.n();
        boolean interrupted = Thread.interrupted();
        double[] values = residuals.value(run.x());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        double sum = Algebra.dot(values, values);
        int degrees = residuals.m() - n;
        double variance = degrees > 0 ? sum / degrees : Double.NaN;
        SymmetricMatrix covariance = SymmetricMatrix.of(n);
        String deficiency = covariance(run, variance, covariance);
        return new Fit(run.x().clone(), sum, values, stop.ending, stop.getMessage(), List.copyOf(run.steps), run.evaluations(), Math.max(0, degrees),
                Math.sqrt(variance), covariance, deficiency);
    }

    /** Fills variance times the pseudo-inverse of J'J; returns what is not determined, or null. */
    private String covariance(LevenbergMarquardt run, double variance, SymmetricMatrix covariance) {
        int n = residuals.n();
        double[][] r = run.factor();
        if (r == null || !Arrays.stream(r).allMatch(Algebra::isFinite)) {
            covariance.addDiagonal(Double.NaN);
            return "the Jacobian is not finite";
        }
        double[] size = new double[n];
        for (int j = 0; j < n; j++) {
            for (double[] row : r) {
                size[j] = Math.hypot(size[j], row[j]);
            }
            size[j] = size[j] == 0 ? 1 : size[j];
            for (double[] row : r) {
                row[j] /= size[j];
            }
        }
        SingularValues svd = SingularValues.of(r);
        double largest = Algebra.largest(svd.values());
        String deficiency = null;
        for (int k = 0; k < n; k++) {
            double[] v = new double[n];
            for (int j = 0; j < n; j++) {
                v[j] = svd.vectors()[j][k] / size[j];
            }
            if (svd.values()[k] > DEPENDENT * largest) {
                covariance.addOuter(variance / svd.values()[k] / svd.values()[k], v);
            } else {
                deficiency = (deficiency == null ? "" : deficiency + "; ") + combination(v);
            }
        }
        return deficiency;
    }

    /** As 1 b0 - 0.5 b1, the largest coefficient 1. */
    private static String combination(double[] v) {
        double largest = Algebra.largest(v);
        StringBuilder text = new StringBuilder();
        for (int j = 0; j < v.length; j++) {
            double part = v[j] / largest;
            if (Math.abs(part) > 1e-6) {
                text.append(text.isEmpty() ? part < 0 ? "-" : "" : part < 0 ? " - " : " + ").append(String.format(java.util.Locale.ROOT, "%.4g", Math.abs(part)))
                        .append(" b").append(j + 1);
            }
        }
        return text.toString();
    }
}
