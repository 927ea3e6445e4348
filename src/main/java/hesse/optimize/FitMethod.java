package hesse.optimize;

/**
 * A method of least squares: how long a step of the linear model is. One class for each constant of {@link
 * LeastSquares.Method}.
 */
interface FitMethod {
    /** The first step to try from a point; {@code radius} is what earlier steps make of the trust in the model. */
    RadiusStep.Within first(RadiusStep model, double radius);

    /** A shorter one, after the last was not taken; {@code reach} is by how much shorter the radius has become. */
    RadiusStep.Within shorter(RadiusStep model, double reach);
}
