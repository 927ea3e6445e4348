package hesse.graph;

/**
 * A leaf whose entries are known when a program runs.
 *
 * @param index which data column, for {@link Role#COLUMN}
 */
public record Input(Role role, int index) implements Operation {
    /** The inputs of a derivative program. */
    public enum Role {
        /** The point at which the function is evaluated. */
        POINT,
        /** A direction or weight that belongs to the point: the v of H v and J v, the u of J'u. */
        SEED,
        /** A unit vector that runs through all directions at one point. */
        DIRECTION,
        /** The current row of a data column. */
        COLUMN,
        /** The current row's part of the u of J'u. */
        ROW_SEED
    }
}
