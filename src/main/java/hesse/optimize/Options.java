package hesse.optimize;

import java.util.function.Predicate;

/**
 * What every optimiser may be told: its start, bounds, limits and listener. The methods return the optimiser, so that
 * calls chain.
 *
 * @param <B> the optimiser
 */
abstract class Options<B> {
    private final int n;
    private double[] start;
    private Box box;
    private int iterations;
    private int evaluations = Integer.MAX_VALUE;
    private Predicate<Step> listener = step -> true;

    /**
     * Without bounds and start.
     *
     * @param n the number of parameters
     * @param iterations steps at most
     */
    Options(int n, int iterations) {
        this.n = n;
        this.iterations = iterations;
        this.box = Box.open(n);
    }

    /** This optimiser. */
    abstract B self();

    /**
     * The start, a point of n entries; one outside the bounds is moved to them.
     *
     * @throws IllegalArgumentException where it has another number of entries
     */
    public B from(double... x) {
        start = vector("the start", x);
        return self();
    }

    /**
     * Bounds of n entries each; infinite where there is none.
     *
     * @throws IllegalArgumentException where one has another number of entries, or a lower bound is above its upper
     *     bound
     */
    public B bounds(double[] lower, double[] upper) {
        box = new Box(vector("the array of lower bounds", lower), vector("the array of upper bounds", upper));
        return self();
    }

    /** Steps at most, at least 1; 10,000 for {@link Minimize} and 5,000 for {@link LeastSquares} unless said. */
    public B maxIterations(int iterations) {
        this.iterations = atLeastOne("iterations", iterations);
        return self();
    }

    /** Evaluations of any kind at most, at least 1; no limit unless said. */
    public B maxEvaluations(int evaluations) {
        this.evaluations = atLeastOne("evaluations", evaluations);
        return self();
    }

    /** Told each step, on the calling thread; false ends the run. */
    public B listener(Predicate<Step> listener) {
        this.listener = listener;
        return self();
    }

    private double[] vector(String what, double[] v) {
        if (v.length != n) {
            throw new IllegalArgumentException(what + " has " + v.length + " entries, must have " + n);
        }
        return v.clone();
    }

    private static int atLeastOne(String what, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(number + " " + what + ", must be at least 1");
        }
        return number;
    }

    static double positive(String what, double number) {
        if (!(number > 0)) {
            throw new IllegalArgumentException(what + " is " + number + ", must be positive");
        }
        return number;
    }

    static double notNegative(String what, double number) {
        if (!(number >= 0)) {
            throw new IllegalArgumentException(what + " is " + number + ", must not be negative");
        }
        return number;
    }

    /** A copy of the start, within the bounds. */
    double[] start(String call) {
        if (start == null) {
            throw new IllegalStateException("no start: call " + call + " first");
        }
        return box.project(start.clone());
    }

    Box box() {
        return box;
    }

    Budget budget() {
        return new Budget(evaluations);
    }

    History history() {
        return new History(iterations, listener);
    }
}
