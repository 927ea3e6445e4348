package hesse.plan;

import hesse.graph.Graph;
import hesse.graph.Node;

/**
 * A traced function: its graph, the point it depends on, and its root. Derivatives are added to the graph under this
 * object's lock.
 *
 * @param perRow whether the body stands for one row of data
 */
public record Body(Graph graph, Node point, Node root, boolean perRow) {
    /** The number of parameters. */
    public int n() {
        return point.size();
    }

    /** The number of values: of one row where the body is one. */
    public int m() {
        return root.size();
    }
}
