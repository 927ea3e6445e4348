package hesse.optimize;

/** {@link Method#GRADIENT_FIXED}: every step is -t g, whether or not the cost falls. */
record GradientFixed(Iterate at, double stepSize) implements LineMethod {
    @Override
    public boolean isScaleFree() {
        return false;
    }

    @Override
    public double direction(double[] d, Backtracking line) {
        return steepest(d, line);
    }

    @Override
    public double steepest(double[] d, Backtracking line) {
        at.steepest(d);
        return at.run.units().user(stepSize);
    }

    @Override
    public double search(double[] d, double slope, double first, Backtracking line) {
        boolean isOther = at.aim(first, d);
        boolean isOpen = at.run.box().isOpen;
        double promised = isOpen ? first * slope : Algebra.dot(at.g(), Algebra.minus(at.next(), at.x()));
        if (!isOther || !(promised < 0)) {
            return Backtracking.none(at, false);
        }
        double after = at.tryNext();
        if (!at.isTryFinite(after)) {
            double cost = at.run.units().user(after);
            throw new Stop(Ending.NOT_FINITE, "the cost is " + cost + " at " + Stop.text(at.run.user(at.next()))
                    + ": gradient descent diverged; take a step below 2/lambda_max");
        }
        return after;
    }
}
