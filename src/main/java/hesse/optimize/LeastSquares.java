package hesse.optimize;

import hesse.VectorFunction;
import hesse.matrix.Matrix;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fits n parameters so that the sum of squares of m residuals F, or of a robust {@link Loss}, is least: {@code
 * LeastSquares.of(residuals).from(b0).run()}. Levenberg and Marquardt's method as a trust region with More's scaling
 * (More, Lecture Notes in Mathematics 630, 1978), on QR factors of the Jacobian, or Gauss and Newton's. Memory of the
 * Jacobian, m n numbers. A builder for one thread; run() may be called again.
 */
public final class LeastSquares extends Options<LeastSquares> {
    /** How a step is chosen. */
    public enum Method {
        /** Within a radius that grows and shrinks. */
        LEVENBERG_MARQUARDT,
        /** The whole step to the linear model's minimum, quartered until the cost falls. */
        GAUSS_NEWTON
    }

    private final VectorFunction residuals;
    private Method method = Method.LEVENBERG_MARQUARDT;
    private Loss loss = Loss.SQUARE;
    private double scale = 1;
    private double stepTolerance = 1e-13;
    private List<String> names;

    private LeastSquares(VectorFunction residuals) {
        super(residuals.n(), 5_000);
        this.residuals = residuals;
        this.names = IntStream.rangeClosed(1, residuals.n()).mapToObj(j -> "b" + j).toList();
    }

    /** @param residuals F, whose entries' squares are summed */
    public static LeastSquares of(VectorFunction residuals) {
        return new LeastSquares(residuals);
    }

    @Override
    LeastSquares self() {
        return this;
    }

    /**
     * What the parameters are called where a result speaks of them; b1, b2, ... unless said.
     *
     * @throws IllegalArgumentException where there are not n names
     */
    public LeastSquares names(List<String> names) {
        if (names.size() != residuals.n()) {
            throw new IllegalArgumentException(
                    names.size() + " names (" + String.join(", ", names) + ") for " + residuals.n() + " parameters");
        }
        this.names = List.copyOf(names);
        return this;
    }

    public LeastSquares method(Method method) {
        this.method = method;
        return this;
    }

    /**
     * A robust loss; residuals well below the scale, in the unit of the residuals, count by their squares. Choose one
     * to three times the standard deviation of good residuals (1.345 for Huber's loss and 2.385 for Cauchy's lose 5 %
     * where no residual is bad): standard errors hold from 0.3 times on.
     */
    public LeastSquares loss(Loss loss, double scale) {
        this.scale = positive("the scale of a loss", scale);
        this.loss = loss;
        return this;
    }

    /** A step this part of the parameters ends the fit; 1e-13 unless said. */
    public LeastSquares stepTolerance(double tolerance) {
        this.stepTolerance = notNegative("the step tolerance", tolerance);
        return this;
    }

    /**
     * Runs; every end is told by the result.
     *
     * @throws IllegalStateException without a start
     */
    public Fit run() {
        double[] start = start("from(parameters)");
        FitProblem problem = new FitProblem(residuals, box(), loss, scale, names);
        Budget budget = budget();
        History history = history();
        FitMethod chosen = switch (method) {
            case LEVENBERG_MARQUARDT -> new LevenbergMarquardt();
            case GAUSS_NEWTON -> new GaussNewton();
        };
        FitRun run = new FitRun(problem, chosen, stepTolerance, budget, history, start);
        Stop stop = Stop.of(run::run);
        return fit(problem, run.x().clone(), stop, history.steps(), budget.spent());
    }

    /** The result at x; an interrupt waits for it. */
    private static Fit fit(FitProblem problem, double[] x, Stop stop, List<Step> steps, Evaluations spent) {
        VectorFunction f = problem.residuals();
        boolean interrupted = Thread.interrupted();
        double[] values = new double[f.m()];
        Matrix jacobian = Matrix.of(f.m(), f.n());
        f.jacobian(x, values, jacobian);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        double sum = Algebra.dot(values, values);
        Uncertainty uncertainty = Uncertainty.of(jacobian, values, problem, x);
        int degrees = uncertainty.degreesOfFreedom();
        return new Fit(x, sum, values, stop.ending, stop.getMessage(), steps, spent, degrees,
                degrees > 0 ? Math.sqrt(sum / degrees) : Double.NaN, uncertainty.covariance(),
                uncertainty.errorDegrees(), uncertainty.deficiency());
    }
}
