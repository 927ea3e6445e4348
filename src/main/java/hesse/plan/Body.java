package hesse.plan;

import hesse.diff.Scalarise;
import hesse.graph.Graph;
import hesse.graph.Node;
import java.util.stream.IntStream;

/**
 * A traced function: its graph, the point it depends on, and its root. Derivatives are added to the graph under its
 * lock.
 *
 * @param over what it runs over
 */
public record Body(Graph graph, Node point, Node root, Over over) {
    /** The largest array that is written out. */
    private static final int SMALL = 16;
    /** The most numbers that a body is written out to. */
    private static final int WRITTEN = 4096;

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

    /**
     * This body with small arrays written out as numbers, where it has no others: compiled code keeps numbers in
     * registers, and every zero among them is known. Products that are linear forms stay.
     */
    Body writtenOut() {
        Node[] leaves = LinearForms.of(this).leaves(this);
        Scalarise.Result numbers = Scalarise.ofSmall(graph, root, SMALL, WRITTEN, leaves);
        if (numbers == null) {
            return this;
        }
        Graph g = numbers.graph();
        int[] offsets = IntStream.range(0, m()).toArray();
        Node result = root.shape().isScalar() ? numbers.root()[0] : g.assemble(root.shape(), offsets, numbers.root());
        return new Body(g, g.copy(point, point.args()), result, over);
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
