package hesse.optimize;

/** {@link LeastSquares.Method#LEVENBERG_MARQUARDT}: the best step of the linear model within the radius. */
record LevenbergMarquardt() implements FitMethod {
    @Override
    public RadiusStep.Within first(RadiusStep model, double radius) {
        return model.within(radius);
    }

    @Override
    public RadiusStep.Within shorter(RadiusStep model, double reach) {
        return model.within(reach);
    }
}
