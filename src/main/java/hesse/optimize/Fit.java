package hesse.optimize;

import hesse.matrix.SymmetricMatrix;
import java.util.List;

/**
 * Where a run of {@link LeastSquares} stopped, and why. With n parameters and m residuals.
 *
 * @param parameters where it stopped, n entries
 * @param sumOfSquares of the residuals, whatever the loss
 * @param residuals there, m entries
 * @param ending why it stopped
 * @param message the ending for a person
 * @param steps in order; unmodifiable
 * @param evaluations values, and Jacobians counted as gradients
 * @param degreesOfFreedom residuals less parameters that the data determine: those at bounds, fixed or open do not
 *     count
 * @param residualDeviation sqrt(sumOfSquares / degreesOfFreedom); NaN where there are no degrees of freedom
 * @param covariance of the parameters: residualDeviation^2 (J'J)^-1 for least squares; for a robust loss Huber's
 *     sandwich, K^2 (sum psi^2 / degreesOfFreedom) / (mean psi')^2 (J'J)^-1, psi the slope of half the loss, K = 1 +
 *     (parameters / residuals) var psi' / (mean psi')^2 (Robust Statistics, 1981, section 7.6). Infinite for parameters
 *     that the data leave open, and for pairs that move together; finite for the others, as if the open ones were
 *     known. NaN for parameters at bounds or fixed, which have no error, for all where the Jacobian is not finite, and
 *     where there are no degrees of freedom
 * @param errorDegrees degrees of freedom of Student's t in confidence intervals: degreesOfFreedom for least squares,
 *     fewer for a robust loss, whose estimate of a variance is worth fewer (Satterthwaite 1946)
 * @param deficiency null, or the combinations of parameters, by their names, that the data say nothing about
 */
public record Fit(double[] parameters, double sumOfSquares, double[] residuals, Ending ending, String message,
        List<Step> steps, Evaluations evaluations, int degreesOfFreedom, double residualDeviation,
        SymmetricMatrix covariance, double errorDegrees, String deficiency) {
    public boolean isConverged() {
        return ending.isConverged();
    }

    /**
     * The standard deviation of each parameter: infinite where the data leave it open, NaN where it is at a bound or
     * fixed.
     */
    public double[] standardErrors() {
        double[] errors = new double[parameters.length];
        for (int i = 0; i < errors.length; i++) {
            errors[i] = Math.sqrt(covariance.get(i, i));
        }
        return errors;
    }

    /** Half the width of each parameter's confidence interval at a level, say 0.95, by Student's t. */
    public double[] confidence(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("a confidence level of " + level + ", must be between 0 and 1");
        }
        double t = StudentT.quantile(0.5 + 0.5 * level, errorDegrees);
        double[] half = standardErrors();
        for (int i = 0; i < half.length; i++) {
            half[i] *= t;
        }
        return half;
    }
}
