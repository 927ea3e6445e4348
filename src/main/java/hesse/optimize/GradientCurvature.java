package hesse.optimize;

/** {@link Method#GRADIENT_CURVATURE}: steepest descent, the first step to try the best one of the quadratic model. */
record GradientCurvature(Iterate at) implements LineMethod {
    @Override
    public boolean isScaleFree() {
        return false;
    }

    @Override
    public double direction(double[] d, Backtracking line) {
        double otherwise = line.steepest(d);
        double curving = Algebra.dot(d, at.product(d));
        return curving > 0 ? Algebra.dot(d, d) / curving : otherwise;
    }
}
