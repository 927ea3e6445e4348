package hesse.plan;

import hesse.graph.Graph;
import hesse.graph.Node;

/**
 * A traced function: its graph, the point it depends on, and its root. Derivatives are added to the graph under its
 * lock.
 *
 * @param over what it runs over
 */
public record Body(Graph graph, Node point, Node root, Over over) {
    /** What a body is evaluated for, many at a time. */
    public enum Over {
        /** One point. */
        NOTHING,
        /** The rows of data at one point. */
        ROWS,
        /** Many points; a row is a point. */
        POINTS
    }

    /** This body at many points. */
    public Body atPoints() {
        return new Body(graph, point, root, Over.POINTS);
    }

    /** Whether the body stands for one row of data. */
    public boolean perRow() {
        return over == Over.ROWS;
    }

    /** The number of parameters. */
    public int n() {
        return point.size();
    }

    /** The number of values: of one row where the body is one. */
    public int m() {
        return root.size();
    }
}
