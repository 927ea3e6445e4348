package hesse.graph;

/**
 * What is known of a node's values from its operation and its operands alone, before anything is computed.
 *
 * @param nonNegative whether every entry is NaN or has no sign: it is +0 at least
 * @param growth how fast a value can grow with the point: 0 if it is bounded, its degree where it is a polynomial of
 *     the point, and {@link #UNBOUNDED} where a finite point of everyday size may make it infinite, as of exponentials,
 *     powers and reciprocals
 * @param ofData whether data and the point are added up in it, so that it is infinite where a datum is, as the bound of
 *     a censored one
 */
public record Range(boolean nonNegative, int growth, boolean ofData) {
    static final int UNBOUNDED = 9;
    /** Polynomials up to this degree overflow beyond 10^77 only, and count as finite. */
    private static final int TAME = 4;
    private static final Range[] ALL = new Range[4 * (UNBOUNDED + 1)];

    static {
        for (int i = 0; i < ALL.length; i++) {
            ALL[i] = new Range(i % 2 == 1, i / 4, i / 2 % 2 == 1);
        }
    }

    /** The shared record of these three. */
    static Range of(boolean nonNegative, int growth, boolean ofData) {
        return ALL[4 * Math.clamp(growth, 0, UNBOUNDED) + (ofData ? 2 : 0) + (nonNegative ? 1 : 0)];
    }

    /** Whether a value may be infinite at a finite point of everyday size, and a slope that is multiplied by it too. */
    boolean mayOverflow() {
        return growth > TAME;
    }
}
