package hesse.optimize;

import hesse.Objective;
import hesse.curvature.Curvature;
import hesse.curvature.Direction;
import hesse.matrix.SymmetricMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A run: the objective with its counts, the best point seen, the history, and the tests that end it. */
final class Cost {
    /** A cost this far below the first one's size falls without bound. */
    private static final double UNBOUNDED = 1e20;
    /** The part of the cost below which a predicted decrease is lost in rounding. */
    private static final double ROUNDING = 1e-16;
    private static final double BEST_TIE = 1e-14;

    /** Thrown where the run ends; caught by {@link Minimize#run}. */
    static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1;
        final Ending ending;

        Stop(Ending ending, String message) {
            super(message, null, false, false);
            this.ending = ending;
        }
    }

    final Objective objective;
    final int n;
    final Box box;
    final Minimize.Limits limits;
    final List<Step> steps = new ArrayList<>();
    private final Predicate<Step> listener;
    private final double[] best;
    private double bestValue = Double.POSITIVE_INFINITY;
    private double firstValue = Double.NaN;
    private int values;
    private int gradients;
    private int hessians;
    private int products;

    Cost(Objective objective, Box box, Minimize.Limits limits, Predicate<Step> listener) {
        this.objective = objective;
        this.n = objective.n();
        this.box = box;
        this.limits = limits;
        this.listener = listener;
        this.best = new double[n];
    }

    Evaluations evaluations() {
        return new Evaluations(values, gradients, hessians, products);
    }

    private void count() {
        if (values + gradients + hessians + products >= limits.evaluations()) {
            throw new Stop(Ending.EVALUATION_LIMIT, limits.evaluations() + " evaluations");
        }
    }

    private double seen(double[] x, double value) {
        if (Double.isNaN(firstValue)) {
            firstValue = value;
        }
        if (value < bestValue) {
            bestValue = value;
            System.arraycopy(x, 0, best, 0, n);
            if (value < -UNBOUNDED * Math.max(1, Math.abs(firstValue))) {
                throw new Stop(Ending.UNBOUNDED, "the cost fell to " + value);
            }
        }
        return value;
    }

    double value(double[] x) {
        count();
        values++;
        return seen(x, objective.value(x));
    }

    double gradient(double[] x, double[] g) {
        count();
        gradients++;
        return seen(x, objective.gradient(x, g));
    }

    double hessian(double[] x, double[] g, SymmetricMatrix h) {
        count();
        hessians++;
        return seen(x, objective.hessian(x, g, h));
    }

    void product(double[] x, double[] v, double[] hv) {
        count();
        products++;
        objective.hessianVector(x, v, hv);
    }

    /** The best point, or the given one where they do not differ beyond rounding. */
    double[] best(double[] x, double value) {
        return value <= bestValue + BEST_TIE * Math.abs(bestValue) || bestValue == Double.POSITIVE_INFINITY ? x : best.clone();
    }

    /** A start at which nothing can be done. */
    void requireFinite(double value, double[] g, double[] x) {
        if (!Double.isFinite(value) || !Algebra.isFinite(g)) {
            throw new Stop(Ending.NOT_FINITE, "the " + (Double.isFinite(value) ? "gradient" : "cost is " + value + ", which") + " is not finite at the start "
                    + text(x));
        }
    }

    /** The point for a message. */
    static String text(double[] x) {
        StringBuilder text = new StringBuilder("x = (");
        for (int i = 0; i < Math.min(x.length, 6); i++) {
            text.append(i == 0 ? "" : ", ").append(x[i]);
        }
        return text.append(x.length > 6 ? ", ...)" : ")").toString();
    }

    /** Ends where the gradient is within its tolerance. */
    double requireSlope(double[] x, double value, double[] g) {
        double norm = box.stationarity(x, g);
        double tolerance = limits.gradient() * Math.max(1, Math.min(Math.abs(value), Math.abs(firstValue)));
        if (norm <= tolerance) {
            throw new Stop(Ending.CONVERGED_GRADIENT, "largest entry of the gradient " + norm + " <= " + tolerance);
        }
        return norm;
    }

    /** Ends where a model promises nothing that the cost could show. */
    void requirePromise(double predicted, double value) {
        if (predicted <= ROUNDING * Math.abs(value)) {
            throw new Stop(Ending.CONVERGED_DECREASE, "predicted decrease " + predicted + " is below the rounding of the cost " + value);
        }
    }

    /**
     * Writes down a step.
     *
     * @param hd H d, or null where it was not computed
     */
    void step(double[] x, double[] d, double[] g, double[] hd, double before, double value, double norm) {
        double linear = -Algebra.dot(g, d);
        double square = Algebra.dot(d, d);
        double curving = hd == null ? Double.NaN : Algebra.dot(d, hd);
        tell(new Step(steps.size() + 1, value, norm, 0, Math.sqrt(square), curving / square, hd == null ? Direction.Kind.ZERO : kind(d, hd), linear, linear - 0.5 * curving, before - value,
                n <= Step.KEPT ? x.clone() : new double[0]));
    }

    /** The sign of d'Hd, zero where it is lost in rounding. */
    static Direction.Kind kind(double[] d, double[] hd) {
        double curving = Algebra.dot(d, hd);
        double zero = Curvature.ZERO_TOLERANCE * Algebra.norm(d) * Algebra.norm(hd);
        return curving > zero ? Direction.Kind.POSITIVE : curving < -zero ? Direction.Kind.NEGATIVE : Direction.Kind.ZERO;
    }

    void tell(Step step) {
        steps.add(step);
        if (!listener.test(step)) {
            throw new Stop(Ending.CANCELLED, "the listener said stop after step " + step.iteration());
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new Stop(Ending.CANCELLED, "the thread was interrupted; its interrupt is still set");
        }
        if (steps.size() >= limits.iterations()) {
            throw new Stop(Ending.ITERATION_LIMIT, limits.iterations() + " steps");
        }
    }
}
