package hesse.curvature;

/**
 * The cost along a direction d: f(x + t d) = f + t slope + t^2/2 curvature + O(t^3).
 *
 * @param slope g'd
 * @param curvature d'H d
 * @param kind the curvature's sign, with {@link Curvature#ZERO_TOLERANCE} of |d|'|H||d| taken as zero
 */
public record Direction(double slope, double curvature, Kind kind) {
    /** What the curvature does to a descent. */
    public enum Kind {
        /** The cost falls faster than the gradient predicts. */
        NEGATIVE,
        /** The cost falls as the gradient predicts. */
        ZERO,
        /** The cost falls more slowly than the gradient predicts, and in the end rises. */
        POSITIVE,
        /** Not known: the value or a derivative is not finite, or curvature was not asked. */
        UNKNOWN
    }
}
