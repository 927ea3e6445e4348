package hesse.optimize;

import java.util.List;

/**
 * Runs a method without constraints: before each step asks whether the run may end here, and has second derivatives
 * judge an end before it is believed. From a saddle or a maximum the run goes on at a lower point.
 */
final class UnconstrainedRun implements Minimizer {
    private final Method name;
    private final UnconstrainedMethod method;
    private final Iterate at;
    private final Run run;
    private final double[] start;
    /** Null until the start has its units. */
    private Stationarity stationarity;

    /**
     * From a start.
     *
     * @param name of the method, for the result
     * @param start in the user's units
     */
    UnconstrainedRun(Method name, UnconstrainedMethod method, double[] start) {
        this.name = name;
        this.method = method;
        this.at = method.at();
        this.run = at.run;
        this.start = start;
    }

    @Override
    public Minimum run() {
        Stop stop = Stop.of(this::go);
        boolean hasBegun = stationarity != null;
        boolean returnsBest = hasBegun && !stop.ending.isConverged() && run.isAboveBest(at.value());
        double[] x = !hasBegun ? start : returnsBest ? run.best() : run.user(at.x());
        double[] g = new double[x.length];
        double value = run.finish(x, g);
        String best = returnsBest ? "; the lowest point seen is returned, cost " + value + " at " + Stop.text(x) : "";
        Covariance curvature = hasBegun ? stationarity.covariance() : null;
        return new Minimum(x, value, g, stop.ending, stop.getMessage() + best, name, run.history.steps(),
                run.budget.spent(), new double[0], run.given().multipliers(x, g), new int[0],
                hasBegun ? stationarity.inertia() : null,
                curvature == null ? null : curvature.hessian(), curvature == null ? List.of() : curvature.active());
    }

    private void go() {
        if (method.isScaleFree() && run.isSmall()) {
            run.equilibrate(start);
        }
        at.begin(run.units().own(start));
        stationarity = new Stationarity(at);
        at.evaluate();
        method.begin();
        for (;;) {
            settle();
            Impasse impasse = method.step();
            if (impasse != null) {
                leaveUnlessPolished(stationarity.stuck(impasse));
            }
        }
    }

    /** Goes on from points that are no end; ends at one that is. */
    private void settle() {
        for (;;) {
            Stop stop = stationarity.reached();
            if (stop != null) {
                leave(stop);
            } else if (!polished()) {
                return;
            }
        }
    }

    private void leaveUnlessPolished(Stop stop) {
        if (stop.ending.isConverged() || !polished()) {
            leave(stop);
        }
    }

    private boolean polished() {
        double[] s = method.polishes() ? stationarity.takeNewton() : null;
        return s != null && method.polish(s);
    }

    /** Moves to a lower point where second derivatives lead to one; else ends. */
    private void leave(Stop stop) {
        if (!method.leaveTo(stationarity.lowerOrStop(stop))) {
            throw stop;
        }
    }
}
