package hesse.optimize;

/** {@link LeastSquares.Method#GAUSS_NEWTON}: the whole step to the linear model's minimum, and parts of it. */
final class GaussNewton implements FitMethod {
    private static final double SHORTER = 0.25;

    private double[] whole;
    /** The part of the whole step that was tried last. */
    private double part;

    @Override
    public RadiusStep.Within first(RadiusStep model, double radius) {
        whole = model.whole();
        part = 1;
        return new RadiusStep.Within(whole, false);
    }

    @Override
    public RadiusStep.Within shorter(RadiusStep model, double reach) {
        part *= SHORTER;
        return new RadiusStep.Within(Algebra.times(part, whole), true);
    }
}
