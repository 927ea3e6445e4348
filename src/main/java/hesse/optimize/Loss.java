package hesse.optimize;

/**
 * What a residual r counts for in a robust fit, rho(s) with s = (r/scale)^2: the cost is scale^2/2 times the sum of
 * rho. All behave as s for small residuals (Triggs, McLauchlan, Hartley and Fitzgibbon, Bundle Adjustment, 2000).
 */
public enum Loss {
    /** s: least squares. */
    SQUARE,
    /** s up to 1, then 2 sqrt(s) - 1: large residuals count linearly. */
    HUBER,
    /** log(1 + s): large residuals hardly count. */
    CAUCHY,
    /** 2 (sqrt(1 + s) - 1): a smooth Huber. */
    SOFT_L1;

    double value(double s) {
        return switch (this) {
            case SQUARE -> s;
            case HUBER -> s <= 1 ? s : 2 * Math.sqrt(s) - 1;
            case CAUCHY -> Math.log1p(s);
            case SOFT_L1 -> 2 * s / (1 + Math.sqrt(1 + s));
        };
    }

    /** rho'(s), by which squares are weighted. */
    double weight(double s) {
        return switch (this) {
            case SQUARE -> 1;
            case HUBER -> s <= 1 ? 1 : 1 / Math.sqrt(s);
            case CAUCHY -> 1 / (1 + s);
            case SOFT_L1 -> 1 / Math.sqrt(1 + s);
        };
    }

    /** The second derivative of half the loss by the residual, rho'(s) + 2 s rho''(s). */
    double slope(double s) {
        return switch (this) {
            case SQUARE -> 1;
            case HUBER -> s <= 1 ? 1 : 0;
            case CAUCHY -> (1 - s) / (1 + s) / (1 + s);
            case SOFT_L1 -> 1 / Math.sqrt(1 + s) / (1 + s);
        };
    }
}
