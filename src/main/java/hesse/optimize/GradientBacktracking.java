package hesse.optimize;

/** {@link Method#GRADIENT_BACKTRACKING}: steepest descent, as far as the cost falls enough. */
record GradientBacktracking(Iterate at) implements LineMethod {
    @Override
    public boolean isScaleFree() {
        return false;
    }

    @Override
    public double direction(double[] d, Backtracking line) {
        return line.steepest(d);
    }
}
