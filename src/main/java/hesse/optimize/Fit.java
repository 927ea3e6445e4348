package hesse.optimize;

import hesse.matrix.SymmetricMatrix;
import java.util.List;

/**
 * What a least-squares fit found.
 *
 * @param parameters the parameters
 * @param sumOfSquares of the residuals
 * @param residuals at the parameters
 * @param ending why it stopped
 * @param message the same for a person
 * @param steps what happened
 * @param evaluations values, and Jacobians counted as gradients
 * @param degreesOfFreedom residuals less parameters
 * @param residualDeviation sqrt(sumOfSquares / degreesOfFreedom); NaN where there are no degrees of freedom
 * @param covariance of the parameters, residualDeviation^2 (J'J)^-1, of the rank that J has
 * @param deficiency null, or which combination of parameters the data say nothing about
 */
public record Fit(double[] parameters, double sumOfSquares, double[] residuals, Ending ending, String message, List<Step> steps,
        Evaluations evaluations, int degreesOfFreedom, double residualDeviation, SymmetricMatrix covariance, String deficiency) {
    public boolean isConverged() {
        return ending.isConverged();
    }

    /** The standard deviation of each parameter. */
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
        double t = StudentT.quantile(0.5 + 0.5 * level, degreesOfFreedom);
        double[] half = standardErrors();
        for (int i = 0; i < half.length; i++) {
            half[i] *= t;
        }
        return half;
    }
}
