package hesse.optimize;

import hesse.Objective;
import hesse.curvature.Direction;
import hesse.matrix.SymmetricMatrix;

/**
 * A run of an optimiser: the objective, what was asked of it, the lowest point seen and the steps taken. Methods pass
 * points u and get costs and derivatives in the run's own {@link Units}; x is a point in the user's. Ends by a {@link
 * Stop} from any of its methods.
 */
final class Run {
    /** Up to this many parameters a Hessian and its eigenvectors are cheap: every method may ask for them. */
    static final int SMALL = 300;
    /** The part of a cost that its rounding makes up. */
    private static final double ROUNDING = 0x1p-52;

    final int n;
    final Tolerances tolerances;
    final Budget budget;
    final History history;
    private final Objective objective;
    /** The bounds in the user's units; {@link #box} has them in the run's. */
    private final Box given;
    private final Lowest lowest;
    private final LastHessian last;
    /** The point that is evaluated, in the user's units. */
    private final double[] point;
    private Units units;
    private Box box;

    Run(Objective objective, Box box, Tolerances tolerances, Budget budget, History history) {
        this.objective = objective;
        this.n = objective.n();
        this.given = box;
        this.box = box;
        this.tolerances = tolerances;
        this.budget = budget;
        this.history = history;
        this.lowest = new Lowest(n);
        this.last = new LastHessian(objective);
        this.units = new Units(n);
        this.point = new double[n];
    }

    boolean isSmall() {
        return n <= SMALL;
    }

    /** The bounds in the run's units. */
    Box box() {
        return box;
    }

    /** The bounds in the user's units. */
    Box given() {
        return given;
    }

    Units units() {
        return units;
    }

    /** Goes back to units that were. */
    void use(Units former) {
        units = former.copy();
        box = new Box(units.own(given.lower), units.own(given.upper));
    }

    private double[] at(double[] u) {
        units.user(u, point);
        return point;
    }

    /** The cost at u, NaN or infinite outside its domain. */
    double value(double[] u) {
        budget.value();
        return units.own(lowest.see(objective.value(at(u)), point, units));
    }

    /** The cost at u; fills its gradient. */
    double gradient(double[] u, double[] g) {
        budget.gradient();
        double value = lowest.see(objective.gradient(at(u), g), point, units);
        units.choose(value, Algebra.largest(g));
        if (!units.areChosen()) {
            chooseByCurvature(u, value);
        }
        units.ownGradient(g);
        return units.own(value);
    }

    /** At a start whose gradient is 0 the Hessian, if it can be asked, gives the cost its unit. */
    private void chooseByCurvature(double[] u, double value) {
        if (isSmall()) {
            hessian(u, new double[n], SymmetricMatrix.of(n));
        }
        units.choose(value, 1);
    }

    /** The cost at u; fills its gradient and Hessian. */
    double hessian(double[] u, double[] g, SymmetricMatrix h) {
        if (!last.isAt(at(u))) {
            budget.hessian();
            lowest.see(last.compute(point), point, units);
            last.keepFor(point);
        }
        units.choose(last.value(), last.largest());
        units.choose(last.value(), 1);
        System.arraycopy(last.gradient(), 0, g, 0, n);
        units.own(last.matrix(), h);
        units.ownGradient(g);
        return units.own(last.value());
    }

    /** Fills H v at u. */
    void product(double[] u, double[] v, double[] hv) {
        budget.product();
        double[] direction = new double[n];
        units.user(v, direction);
        objective.hessianVector(at(u), direction, hv);
        units.ownGradient(hv);
    }

    /** A copy of the Hessian at x in the user's units, where it is at hand; else null. */
    SymmetricMatrix hessianAt(double[] x) {
        return last.isAt(x) ? last.matrix().copy() : null;
    }

    /**
     * The cost at an answer x, and its gradient, both in the user's units: not counted, and an interrupt waits for it.
     */
    double finish(double[] x, double[] g) {
        boolean interrupted = Thread.interrupted();
        double value = objective.gradient(x, g);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return value;
    }

    /** Takes the parameters' units from the Hessian at u. */
    void equilibrate(double[] u) {
        SymmetricMatrix h = SymmetricMatrix.of(n);
        double[] g = new double[n];
        hessian(u, g, h);
        units.choose(last.value(), last.gradient(), last.matrix());
        hessian(u, g, h);
        equilibrate(h, g, u, 1);
    }

    /**
     * Takes the parameters' units from a Hessian at u, where one of them is off by more than a factor.
     *
     * @param h in the units that the run has now, as g and u
     * @return the factors by which units changed; null where they did not
     */
    double[] equilibrate(SymmetricMatrix h, double[] g, double[] u, double most) {
        boolean isFinite = Algebra.isFinite(h.toPacked()) && Algebra.isFinite(g);
        double[] factors = isFinite ? units.equilibrate(h, user(u), most) : null;
        box = factors == null ? box : new Box(units.own(given.lower), units.own(given.upper));
        return factors;
    }

    /**
     * Takes the cost's unit from the larger of the gradient and what the parameters' sizes make of it, sum_j |H_ij|
     * |x_j|, so that a start at a minimum has a unit, too; stops where the cost is not finite there.
     */
    void chooseUnit(double[] x) {
        double[] g = new double[n];
        requireFinite(hessian(x, g, SymmetricMatrix.of(n)), g, x);
        double largest = Algebra.largest(last.gradient());
        for (double row : last.rows(x)) {
            largest = Double.isFinite(row) ? Math.max(largest, row) : largest;
        }
        units.chooseAgain(last.value(), largest == 0 ? last.largest() : largest);
    }

    /** Takes all units at x, the cost's from its {@link #energy}. */
    void chooseUnits(double[] x) {
        double energy = energy(x);
        units.chooseAgain(last.value(), energy);
        double[] g = new double[n];
        SymmetricMatrix h = SymmetricMatrix.of(n);
        hessian(units.own(x), g, h);
        equilibrate(h, g, units.own(x), 1);
    }

    /**
     * What the parameters' sizes make of the cost at x: the largest |x_i| |g_i| or |x_i| sum_j |H_ij| |x_j|, in the
     * user's unit.
     */
    double energy(double[] x) {
        hessian(units.own(x), new double[n], SymmetricMatrix.of(n));
        double[] rows = last.rows(x);
        double largest = 0;
        for (int i = 0; i < n; i++) {
            double energy = Math.abs(x[i]) * Math.max(Math.abs(last.gradient()[i]), rows[i]);
            largest = Double.isFinite(energy) ? Math.max(largest, energy) : largest;
        }
        return largest;
    }

    /** A point in the user's units, within the bounds. */
    double[] user(double[] u) {
        double[] x = new double[n];
        units.user(u, x);
        return given.project(x);
    }

    /** The lowest point seen, in the user's units. */
    double[] best() {
        return lowest.point();
    }

    /** Whether a point was seen that is lower than a cost, in the run's unit, by more than rounding. */
    boolean isAboveBest(double value) {
        return lowest.isBelow(units.user(value));
    }

    /** By how much the last step lowered the cost; 0 before the first. */
    double gainedLast() {
        return history.last() == null ? 0 : units.own(history.last().actual());
    }

    /** By how much the cost fell since the start. */
    double gained(double value) {
        return units.own(lowest.firstValue()) - value;
    }

    /** What rounding may add to a cost, or take. */
    static double rounding(double value) {
        return ROUNDING * Math.abs(value);
    }

    /** Stops at a start u where cost or gradient is not finite, since nothing can be done there. */
    void requireFinite(double value, double[] g, double[] u) {
        if (!Double.isFinite(value) || !Algebra.isFinite(g)) {
            String what = Double.isFinite(value) ? "gradient" : "cost is " + value + ", which";
            throw new Stop(Ending.NOT_FINITE, "the " + what + " is not finite at the start " + Stop.text(user(u)));
        }
    }

    /**
     * Writes down a step to u.
     *
     * @param d the step
     * @param g the gradient where it began; {@code nextG} where it ended
     * @param hd H d, or null where it was not computed
     * @param before the cost where it began; {@code value} where it ended
     */
    void step(double[] u, double[] d, double[] g, double[] hd, double before, double value, double[] nextG) {
        double linear = units.user(-Algebra.dot(g, d));
        double curving = hd == null ? Double.NaN : units.user(Algebra.dot(d, hd));
        double[] x = user(u);
        double[] step = new double[n];
        units.user(d, step);
        double square = Algebra.dot(step, step);
        double norm = given.stationarity(x, units.userGradient(nextG));
        tell(new Step(history.size() + 1, units.user(value), norm, 0, Algebra.norm(step), curving / square,
                hd == null ? Direction.Kind.UNKNOWN : Step.kind(d, hd), linear, linear - 0.5 * curving,
                units.user(before) - units.user(value), n <= Step.KEPT ? x : new double[0]));
    }

    /** Writes down a step, and stops where the user or a limit says so. */
    void tell(Step step) {
        if (!history.add(step)) {
            throw new Stop(Ending.CANCELLED, "the listener said stop after step " + step.iteration());
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new Stop(Ending.CANCELLED, "the thread was interrupted; its interrupt is still set");
        }
        history.requireRoom();
    }
}
