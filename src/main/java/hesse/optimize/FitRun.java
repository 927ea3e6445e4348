package hesse.optimize;

import hesse.curvature.Direction;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A run of {@link LeastSquares}: its steps make ||J p + F|| small, F the residuals and J their Jacobian, for ||D p|| at
 * most a radius, D the diagonal of the largest lengths of J's columns so far. No test depends on the unit of the data
 * or of a parameter: lengths of steps are compared with parameters or, as ||J_j|| |p_j|, with residuals.
 *
 * <p>A run has converged where the whole step of the linear model is within its tolerance, where F is orthogonal to J's
 * columns, or where the part of F that J's columns could remove is not larger than what rounding does to F. That
 * rounding is taken from the parameters' own, 2^-52 || |J| |x| ||, or measured: the defect ||F(x + s) - F - J s|| falls
 * with the square of a step until it is rounding, then it stays. Where steps shrink to nothing and none of this holds
 * the run is stuck.
 */
final class FitRun {
    /** Ratios of actual to predicted decrease above which a step is taken. */
    private static final double ACCEPTED = 1e-4;
    /** Costs that differ by less of their size are equal to rounding. */
    private static final double ROUNDING = 1e-12;
    /** Cosines between F and J's columns that no sum of products can tell from 0. */
    private static final double ORTHOGONAL = 1e-15;
    /** Cosines whose promise, half their square of the cost, is below the cost's rounding. */
    private static final double STATIONARY = 0x1p-26;
    /** What J's columns could remove from F is rounding up to this many times the rounding of F. */
    private static final double NOISE = 16;
    /** Defects beyond this part of F's size at the start, or of what the parameters contribute, are not rounding. */
    private static final double JUMP = 1e-6;
    /**
     * The most by which a radius grows at once, where F is found linear: {@link #CURVED} over the part of the change
     * that is the defect.
     */
    private static final double GROWTH = 10;
    private static final double CURVED = 1e-3;
    private static final double SHRINKAGE = 0.25;
    /**
     * Where the model promises less than this part of the cost's rounding, the ratio of actual to predicted decrease is
     * rounding.
     */
    private static final double TELLING = 0x1p-6;
    private static final String KINK =
            "no step along which the cost should fall lowers it, however short: a jump or a kink";
    private static final String LEAVES = "steps that should lower the cost leave the domain of the model, ";
    private static final String FLAT =
            "the model is flat here, steps change the residuals by their rounding or raise the cost";
    /** Steps in a row that change the cost by rounding only. */
    private static final int IDLE = 50;

    private final FitProblem problem;
    private final FitMethod method;
    private final double stepTolerance;
    private final History history;
    private final Linearisation model;
    private final Box box;
    private final int n;
    /** D's diagonal. */
    private final double[] d;
    private double[] x;
    private double cost;
    /** The norm of F at the start. */
    private double firstSize;
    /** The rounding of F as defects showed it. */
    private double noise;
    /**
     * What was not finite at the last trial point that was not; null since one was finite but no better, or the radius
     * did not matter.
     */
    private String outside;
    /** Steps in a row that promised no more than the rounding of the cost. */
    private int idle;

    /**
     * At a start.
     *
     * @param stepTolerance the part of the parameters that ends the run where a step is no longer
     */
    FitRun(FitProblem problem, FitMethod method, double stepTolerance, Budget budget, History history, double[] start) {
        this.problem = problem;
        this.method = method;
        this.stepTolerance = stepTolerance;
        this.history = history;
        this.model = new Linearisation(problem, budget);
        this.box = problem.box();
        this.x = start;
        this.n = start.length;
        this.d = new double[n];
    }

    double[] x() {
        return x;
    }

    /** Runs until a stop is thrown. */
    void run() {
        if (!model.begin(x)) {
            throw new Stop(Ending.NOT_FINITE, model.fault(problem.names()) + " at the start, " + problem.text(x));
        }
        cost = model.cost();
        firstSize = Algebra.norm(model.values);
        double radius = -1;
        for (;;) {
            double slope = requireSlope();
            for (int j = 0; j < n; j++) {
                d[j] = Math.max(d[j], model.lengths[j]);
            }
            radius = radius < 0 ? firstRadius() : radius;
            radius = step(radius, slope);
        }
    }

    /** Steps may be as long as the parameters; where these are 0, as long as the residuals ask a linear model for. */
    private double firstRadius() {
        double size = scaledNorm(x);
        return size > 0 ? size : Algebra.norm(model.values);
    }

    private double scaledNorm(double[] p) {
        double[] scaled = new double[n];
        Arrays.setAll(scaled, j -> d[j] * p[j]);
        return Algebra.norm(scaled);
    }

    private boolean isFree(int j) {
        return !model.isFlat(j) && (box.isOpen || !box.holds(j, x, model.gradient));
    }

    /** The length of the part of F along the column of J that has most of it; ends where that, or F, is nothing. */
    private double requireSlope() {
        double size = Algebra.norm(model.values);
        if (cost == 0) {
            throw new Stop(Ending.CONVERGED_GRADIENT, "all residuals are 0");
        }
        if (size <= model.rounding()) {
            throw new Stop(Ending.CONVERGED_DECREASE, "the residuals are what rounding of the parameters makes");
        }
        if (IntStream.range(0, n).allMatch(model::isFlat)) {
            throw stuck("no parameter changes the residuals here");
        }
        double slope = 0;
        for (int j = 0; j < n; j++) {
            slope = Math.max(slope, isFree(j) ? Math.abs(model.gradient[j]) / model.lengths[j] : 0);
        }
        if (slope <= ORTHOGONAL * size) {
            throw new Stop(Ending.CONVERGED_GRADIENT,
                    "residuals are orthogonal to all columns of the Jacobian to rounding");
        }
        return slope;
    }

    /**
     * Whether a step is within the tolerance of each parameter, or moves F by no more than the tolerance or rounding.
     */
    private boolean isSmall(double[] s, double[] js) {
        double size = Algebra.norm(model.values);
        boolean isSmall = true;
        for (int j = 0; j < n && isSmall; j++) {
            double entry = Math.abs(s[j]);
            isSmall = entry <= stepTolerance * Math.abs(x[j]) || entry * model.lengths[j] <= stepTolerance * size;
        }
        return isSmall || model.isRounding(js);
    }

    /**
     * A step that is tried.
     *
     * @param next x + s
     * @param s the step, inside the bounds
     * @param isProjected whether bounds made it another than was asked for
     * @param js J s
     * @param linear the decrease of the cost by its gradient
     * @param promised the same by the linear model of F
     * @param length ||D s||
     * @param before the cost at x
     * @param cost at next
     * @param defect ||F(x + s) - F - J s||
     */
    private record Trial(double[] next, double[] s, boolean isProjected, double[] js, double linear, double promised,
            double length, double before, double cost, double defect) {
        boolean isFinite() {
            return Double.isFinite(cost) && Double.isFinite(defect);
        }
    }

    private Trial trial(double[] p) {
        double[] next = x.clone();
        Algebra.add(next, 1, p);
        double[] aim = next.clone();
        box.project(next);
        double[] s = box.isOpen ? p : Algebra.minus(next, x);
        double[] js = model.jacobian.multiply(s);
        double linear = -Algebra.dot(model.gradient, s);
        double trial = model.cost(next);
        double promised = linear - 0.5 * Algebra.dot(js, js);
        boolean isProjected = !Arrays.equals(aim, next);
        return new Trial(next, s, isProjected, js, linear, promised, scaledNorm(s), cost, trial, model.defect(js));
    }

    /** Takes a step, shortened until it is acceptable; returns the next radius. */
    private double step(double radius, double slope) {
        int[] free = IntStream.range(0, n).filter(this::isFree).toArray();
        RadiusStep choice = new RadiusStep(model, free, d);
        RadiusStep.Within within = method.first(choice, radius);
        double reach = radius;
        boolean isStationary = slope <= STATIONARY * Algebra.norm(model.values);
        double previousDefect = Double.POSITIVE_INFINITY;
        for (boolean isFirst = true; ; isFirst = false) {
            Trial trial = trial(Algebra.whole(within.p(), free, n));
            boolean isCut = within.isCut() || trial.isProjected;
            boolean isSmall = isSmall(trial.s, trial.js);
            boolean isTiny = isSmall && !(trial.defect > jump());
            boolean isLast = isSmall && (!isCut || isStationary);
            boolean isEqual = isEqual(trial);
            boolean isWorth = isEqual && !isLast && (isFirst || isStationary);
            boolean isBetter = trial.isFinite() && (cost - trial.cost > ACCEPTED * trial.promised || isWorth);
            boolean isInside = trial.isFinite() && (!isBetter || model.moveTo(trial.next));
            if (isBetter && isInside) {
                accept(trial, isCut, slope);
            }
            if (isLast) {
                throw new Stop(Ending.CONVERGED_STEP,
                        "the last step was " + trial.length / scaledNorm(x) + " of the parameters");
            }
            if (isBetter && isInside) {
                return nextRadius(reach, trial, isCut, isStationary);
            }
            String fault = isInside ? null : model.fault(problem.names()) + " at " + problem.text(trial.next);
            outside = isInside && isEqual ? outside : fault;
            if (isBetter) {
                model.moveTo(x);
            }
            boolean isRounding = isSmall || trial.defect > 0.5 * previousDefect || model.isStill();
            if (isInside && isRounding && trial.defect <= jump()) {
                noise = Math.max(noise, trial.defect);
            }
            previousDefect = isInside ? trial.defect : previousDefect;
            requireRoom(isTiny, isEqual, slope);
            reach = SHRINKAGE * Math.min(reach, trial.length);
            within = method.shorter(choice, reach);
        }
    }

    private boolean isEqual(Trial trial) {
        double equality = equality();
        return trial.promised <= equality && Math.abs(trial.cost - cost) <= equality;
    }

    /** The rounding of the cost. */
    private double equality() {
        double rounding = Math.max(model.rounding(), noise);
        return ROUNDING * cost + rounding * (Algebra.norm(model.values) + rounding);
    }

    /**
     * Defects up to this that do not fall with the step are rounding; larger ones mean that the model jumps or bends.
     */
    private double jump() {
        return JUMP * Math.max(firstSize, model.rounding() / Linearisation.EPSILON);
    }

    private double nextRadius(double radius, Trial trial, boolean isCut, boolean isStationary) {
        if (trial.promised <= TELLING * equality()) {
            return isCut && !isStationary ? radius / SHRINKAGE : radius;
        }
        double ratio = (trial.before - trial.cost) / trial.promised;
        if (ratio < 0.25) {
            return SHRINKAGE * trial.length;
        }
        double curved = Math.max(Math.abs(ratio - 1), trial.defect / Algebra.norm(trial.js));
        double growth = isCut ? Math.clamp(CURVED / curved, 2, GROWTH) : 2;
        return !isCut || ratio > 0.75 ? Math.max(radius, growth * trial.length) : radius;
    }

    /** After a step that was not taken: ends where a shorter one would be no better. */
    private void requireRoom(boolean isTiny, boolean isEqual, double slope) {
        if (slope <= NOISE * Math.max(model.rounding(), noise)) {
            throw new Stop(Ending.CONVERGED_DECREASE,
                    "what the parameters could still remove from the residuals is rounding");
        }
        if (isTiny) {
            throw stuck(isEqual ? FLAT : KINK);
        }
    }

    /** The end of a run that is stuck for a reason, unless steps left the domain of the model: then for that one. */
    private Stop stuck(String reason) {
        String steps = history.size() == 0 ? "never moved from " : "after " + history.size() + " steps at ";
        return new Stop(Ending.STUCK, steps + problem.text(x) + ": "
                + (outside == null ? reason : LEAVES + outside));
    }

    private void accept(Trial trial, boolean isCut, double slope) {
        x = trial.next;
        outside = isCut ? outside : null;
        idle = trial.promised <= equality() ? idle + 1 : 0;
        cost = trial.cost;
        if (!history.add(told(trial)) || Thread.currentThread().isInterrupted()) {
            throw new Stop(Ending.CANCELLED, "stopped after step " + history.size());
        }
        if (idle >= IDLE) {
            boolean runsAway = isCut && slope > Math.sqrt(2 * ROUNDING) * Algebra.norm(model.values);
            throw runsAway ? stuck(FLAT)
                    : new Stop(Ending.CONVERGED_DECREASE,
                            IDLE + " steps promised less than " + ROUNDING + " of the cost");
        }
        history.requireRoom();
    }

    private Step told(Trial trial) {
        double[] g = Arrays.stream(model.gradient).map(model::inDataUnits).toArray();
        double curving = model.inDataUnits(Algebra.dot(trial.js, trial.js));
        double square = Algebra.dot(trial.s, trial.s);
        return new Step(history.size() + 1, model.inDataUnits(cost), box.stationarity(x, g), 0, Math.sqrt(square),
                square == 0 ? 0 : curving / square, curving > 0 ? Direction.Kind.POSITIVE : Direction.Kind.ZERO,
                model.inDataUnits(trial.linear), model.inDataUnits(trial.promised),
                model.inDataUnits(trial.before - cost), n <= Step.KEPT ? x.clone() : new double[0]);
    }
}
