package hesse.curvature;

/**
 * What a step s was predicted to do and what it did. Decreases are positive where the cost falls.
 *
 * @param linear the decrease that the gradient alone predicts, -g's
 * @param quadratic the decrease that the quadratic model predicts, -(g's + s'H s/2)
 * @param actual f(x) - f(x + s)
 */
public record Prediction(double linear, double quadratic, double actual) {
    /** Actual over quadratic decrease: 1 where the model is right. */
    public double ratio() {
        return actual / quadratic;
    }
}
