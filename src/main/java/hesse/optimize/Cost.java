package hesse.optimize;

import hesse.Objective;
import hesse.curvature.Curvature;
import hesse.curvature.Direction;
import hesse.matrix.SymmetricMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * A run: the objective with its counts, the best point seen, the history. Methods see points, costs and derivatives in the run's own {@link
 * Units}; what is told is in the user's.
 */
final class Cost {
    /** A cost that fell by so many of its units falls without bound. */
    private static final double UNBOUNDED = 1e20;
    /** A parameter is far where it is beyond so many times its start and its unit. */
    private static final double FAR = 1e10;
    /** The part of a cost that its rounding makes up. */
    private static final double ROUNDING = 0x1p-52;
    private static final double BEST_TIE = 1e-14;

    /** Thrown where the run ends; caught by {@link Minimize#run}. */
    static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1;
        final Ending ending;

        Stop(Ending ending, String message) {
            super(message, null, false, false);
            this.ending = ending;
        }

        /** The same end with more to say of it. */
        Stop and(String more) {
            return new Stop(ending, getMessage() + more);
        }
    }

    final int n;
    final Minimize.Limits limits;
    Units units;
    final List<Step> steps = new ArrayList<>();
    private final Objective objective;
    private final Box given;
    private final Predicate<Step> listener;
    private Box box;
    private final double[] point;
    private final double[] best;
    private double bestValue = Double.POSITIVE_INFINITY;
    private double firstValue = Double.NaN;
    private double[] firstPoint;
    /** The last Hessian in the user's units, and where: asked again there it is not computed again. */
    private SymmetricMatrix hessian;
    private double[] hessianPoint;
    private double[] hessianGradient;
    private double hessianValue;
    private int values;
    private int gradients;
    private int hessians;
    private int products;

    Cost(Objective objective, Box box, Minimize.Limits limits, Predicate<Step> listener) {
        this.objective = objective;
        this.n = objective.n();
        this.given = box;
        this.box = box;
        this.limits = limits;
        this.listener = listener;
        this.units = new Units(n);
        this.best = new double[n];
        this.point = new double[n];
    }

    /** The bounds in the run's units. */
    Box box() {
        return box;
    }

    /** Takes the parameters' units from the Hessian at the start. */
    void equilibrate(double[] x) {
        SymmetricMatrix h = SymmetricMatrix.of(n);
        double[] g = new double[n];
        hessian(x, g, h);
        units.choose(hessianValue, hessianGradient, hessian);
        hessian(x, g, h);
        equilibrate(h, g, x, 1);
    }

    /** The same from a Hessian that is at hand, where a unit is off by more than a factor; returns by which units changed, or null. */
    double[] equilibrate(SymmetricMatrix h, double[] g, double[] u, double most) {
        boolean isFinite = Algebra.isFinite(h.toPacked()) && Algebra.isFinite(g);
        double[] factors = isFinite ? units.equilibrate(h, user(u), most) : null;
        box = factors == null ? box : new Box(units.own(given.lower), units.own(given.upper));
        return factors;
    }

    Evaluations evaluations() {
        return new Evaluations(values, gradients, hessians, products);
    }

    private void count() {
        if (values + gradients + hessians + products >= limits.evaluations()) {
            throw new Stop(Ending.EVALUATION_LIMIT, limits.evaluations() + " evaluations");
        }
    }

    private double[] at(double[] u) {
        units.user(u, point);
        return point;
    }

    /** A cost that begins in its own tail, as -exp(-x^2) at 20 does, falls by any factor; without a bound it falls far away. */
    private boolean isFar() {
        for (int i = 0; i < n; i++) {
            if (Math.abs(units.own(point[i], i)) > FAR * Math.max(1, Math.abs(units.own(firstPoint[i], i)))) {
                return true;
            }
        }
        return false;
    }

    private double seen(double value) {
        if (Double.isNaN(firstValue)) {
            firstValue = value;
            firstPoint = point.clone();
        }
        if (value < bestValue) {
            bestValue = value;
            System.arraycopy(point, 0, best, 0, n);
            double first = units.own(firstValue);
            boolean isFallen = units.own(value) < first - UNBOUNDED * Math.max(1, Math.abs(first));
            if (value == Double.NEGATIVE_INFINITY || isFallen && isFar()) {
                throw new Stop(Ending.UNBOUNDED, "the cost fell to " + value);
            }
        }
        return value;
    }

    double value(double[] u) {
        count();
        values++;
        return units.own(seen(objective.value(at(u))));
    }

    double gradient(double[] u, double[] g) {
        count();
        gradients++;
        double value = seen(objective.gradient(at(u), g));
        units.choose(value, Algebra.largest(g));
        if (!units.areChosen()) {
            chooseByCurvature(u, value);
        }
        units.ownGradient(g);
        return units.own(value);
    }

    /** A start whose gradient is 0: the Hessian has a size, if it can be asked. */
    private void chooseByCurvature(double[] u, double value) {
        if (n <= Minimize.SMALL) {
            hessian(u, new double[n], SymmetricMatrix.of(n));
        }
        units.choose(value, 1);
    }

    double hessian(double[] u, double[] g, SymmetricMatrix h) {
        at(u);
        if (!Arrays.equals(point, hessianPoint)) {
            count();
            hessians++;
            hessian = hessian == null ? SymmetricMatrix.of(n) : hessian;
            hessianGradient = hessianGradient == null ? new double[n] : hessianGradient;
            hessianPoint = null;
            hessianValue = seen(objective.hessian(point, hessianGradient, hessian));
            hessianPoint = point.clone();
        }
        double largest = Algebra.largest(hessianGradient);
        units.choose(hessianValue, largest == 0 ? Algebra.largest(hessian.toPacked()) : largest);
        units.choose(hessianValue, 1);
        System.arraycopy(hessianGradient, 0, g, 0, n);
        units.own(hessian, h);
        units.ownGradient(g);
        return units.own(hessianValue);
    }

    /**
     * Takes the cost's unit from the larger of the gradient and what the parameters' sizes make of it, sum_j |H_ij| |x_j|, so that a start at a
     * minimum has a unit, too; stops where the cost is not finite there.
     */
    void chooseUnit(double[] x) {
        double[] g = new double[n];
        requireFinite(hessian(x, g, SymmetricMatrix.of(n)), g, x);
        double largest = Algebra.largest(hessianGradient);
        for (double row : rows(x)) {
            largest = Double.isFinite(row) ? Math.max(largest, row) : largest;
        }
        units.chooseAgain(hessianValue, largest == 0 ? Algebra.largest(hessian.toPacked()) : largest);
    }

    /** Takes all units at a point of the user's, the cost's from its {@link #energy}. */
    void chooseUnits(double[] x) {
        double energy = energy(x);
        units.chooseAgain(hessianValue, energy);
        double[] g = new double[n];
        SymmetricMatrix h = SymmetricMatrix.of(n);
        hessian(units.own(x), g, h);
        equilibrate(h, g, units.own(x), 1);
    }

    /** What the parameters' sizes make of the cost at a point of the user's, the largest |x_i| |g_i| or sum_j |x_i| |H_ij| |x_j|. */
    double energy(double[] x) {
        hessian(units.own(x), new double[n], SymmetricMatrix.of(n));
        double[] rows = rows(x);
        double largest = 0;
        for (int i = 0; i < n; i++) {
            double energy = Math.abs(x[i]) * Math.max(Math.abs(hessianGradient[i]), rows[i]);
            largest = Double.isFinite(energy) ? Math.max(largest, energy) : largest;
        }
        return largest;
    }

    /** sum_j |H_ij| |x_j| of the last Hessian, in the user's units. */
    private double[] rows(double[] x) {
        double[] rows = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                rows[i] += Math.abs(hessian.get(i, j) * x[j]);
            }
        }
        return rows;
    }

    /** Goes back to units that were. */
    void use(Units former) {
        units = former.copy();
        box = new Box(units.own(given.lower), units.own(given.upper));
    }

    void product(double[] u, double[] v, double[] hv) {
        count();
        products++;
        double[] direction = new double[n];
        units.user(v, direction);
        objective.hessianVector(at(u), direction, hv);
        units.ownGradient(hv);
    }

    /** The Hessian in the user's units at a point in them, where it is at hand; else null. */
    SymmetricMatrix hessianAt(double[] x) {
        return Arrays.equals(x, hessianPoint) ? hessian.copy() : null;
    }

    /** A point in the user's units, within the bounds. */
    double[] user(double[] u) {
        double[] x = new double[n];
        units.user(u, x);
        return given.project(x);
    }

    /** The lowest point seen, in the user's units. */
    double[] best() {
        return best.clone();
    }

    /** Whether a point lower than a cost by more than rounding was seen. */
    boolean isAboveBest(double value) {
        return bestValue < Double.POSITIVE_INFINITY && !(units.user(value) <= bestValue + BEST_TIE * Math.abs(bestValue));
    }

    /** By how much the last step lowered the cost; 0 before the first. */
    double gainedLast() {
        return steps.isEmpty() ? 0 : units.own(steps.getLast().actual());
    }

    /** By how much the cost fell since the start. */
    double gained(double value) {
        return units.own(firstValue) - value;
    }

    /** What rounding may add to a cost, or take. */
    static double rounding(double value) {
        return ROUNDING * Math.abs(value);
    }

    /** A start at which nothing can be done. */
    void requireFinite(double value, double[] g, double[] x) {
        if (!Double.isFinite(value) || !Algebra.isFinite(g)) {
            throw new Stop(Ending.NOT_FINITE, "the " + (Double.isFinite(value) ? "gradient" : "cost is " + value + ", which") + " is not finite at the start "
                    + text(user(x)));
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

    /**
     * Writes down a step to u.
     *
     * @param d the step
     * @param g the gradient where it began, and {@code nextG} where it ended
     * @param hd H d, or null where it was not computed
     */
    void step(double[] u, double[] d, double[] g, double[] hd, double before, double value, double[] nextG) {
        double linear = units.user(-Algebra.dot(g, d));
        double curving = hd == null ? Double.NaN : units.user(Algebra.dot(d, hd));
        double[] x = user(u);
        double[] step = new double[n];
        units.user(d, step);
        double square = Algebra.dot(step, step);
        double norm = given.stationarity(x, units.userGradient(nextG));
        tell(new Step(steps.size() + 1, units.user(value), norm, 0, Algebra.norm(step), curving / square, hd == null ? Direction.Kind.UNKNOWN : kind(d, hd), linear,
                linear - 0.5 * curving, units.user(before) - units.user(value), n <= Step.KEPT ? x : new double[0]));
    }

    /** The sign of d'Hd, zero where it is lost in rounding, unknown where it is not finite. */
    static Direction.Kind kind(double[] d, double[] hd) {
        double curving = Algebra.dot(d, hd);
        double zero = Curvature.ZERO_TOLERANCE * Algebra.norm(d) * Algebra.norm(hd);
        if (!Double.isFinite(curving)) {
            return Direction.Kind.UNKNOWN;
        }
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
