package hesse.optimize;

import hesse.VectorFunction;
import hesse.matrix.Matrix;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import java.util.stream.IntStream;

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

    final VectorFunction residuals;
    Box box;
    Method method = Method.LEVENBERG_MARQUARDT;
    Loss loss = Loss.SQUARE;
    double scale = 1;
    double stepTolerance = 1e-13;
    int iterations = 5_000;
    Predicate<Step> listener = step -> true;
    List<String> names;
    private double[] start;

    private LeastSquares(VectorFunction residuals) {
        this.residuals = residuals;
        this.box = Box.open(residuals.n());
        this.names = IntStream.rangeClosed(1, residuals.n()).mapToObj(j -> "b" + j).toList();
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

    /** What the parameters are called where a result speaks of them; b1, b2, ... unless said. */
    public LeastSquares names(List<String> names) {
        if (names.size() != residuals.n()) {
            throw new IllegalArgumentException(names.size() + " names (" + String.join(", ", names) + ") for " + residuals.n() + " parameters");
        }
        this.names = List.copyOf(names);
        return this;
    }

    public LeastSquares method(Method method) {
        this.method = method;
        return this;
    }

    /**
     * A robust loss; residuals well below the scale count by their squares. Choose one to three times the standard deviation of good
     * residuals (1.345 for Huber's loss and 2.385 for Cauchy's lose 5 % where no residual is bad): standard errors hold from 0.3 times on.
     */
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
        LevenbergMarquardt run = new LevenbergMarquardt(this, box.project(start.clone()));
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
        boolean interrupted = Thread.interrupted();
        double[] values = new double[residuals.m()];
        Matrix jacobian = Matrix.of(residuals.m(), residuals.n());
        residuals.jacobian(run.x(), values, jacobian);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        double sum = Algebra.dot(values, values);
        Uncertainty uncertainty = Uncertainty.of(jacobian, values, this, run.x());
        int degrees = uncertainty.degreesOfFreedom();
        return new Fit(run.x().clone(), sum, values, stop.ending, stop.getMessage(), List.copyOf(run.steps), run.evaluations(), degrees,
                degrees > 0 ? Math.sqrt(sum / degrees) : Double.NaN, uncertainty.covariance(), uncertainty.errorDegrees(),
                uncertainty.deficiency());
    }
}
