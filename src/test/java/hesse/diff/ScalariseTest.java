package hesse.diff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import hesse.graph.Graph;
import hesse.graph.Input;
import hesse.graph.Node;
import hesse.graph.Op;
import hesse.graph.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Arrays written as scalars have the values of arrays. */
class ScalariseTest {
    private static final int LIMIT = 10_000;
    private final Graph g = new Graph();
    private final Node x = g.input(new Input(Input.Role.POINT, 0), Shape.of(2, 3));
    private final double[] point = {1, -2, 3, 0.5, 7, -0.25};

    private double[] values(Node root) {
        return values(root, x, point);
    }

    private double[] values(Node root, Node leaf, double[] at) {
        Scalarise.Result result = Scalarise.of(g, root, LIMIT, leaf);
        Map<Node, Double> values = new HashMap<>();
        for (int i = 0; i < at.length; i++) {
            values.put(result.leaves()[i], at[i]);
        }
        double[] entries = new double[result.root().length];
        for (int i = 0; i < entries.length; i++) {
            assertEquals(Shape.SCALAR, result.root()[i].shape());
            entries[i] = SmallGraph.value(result.root()[i], values);
        }
        return entries;
    }

    @Test
    void arrangements() {
        assertArrayEquals(point, values(x));
        assertArrayEquals(new double[] {-2, 3, 0.5}, values(g.view(x, 1, Shape.of(3))));
        assertArrayEquals(new double[] {1, 0.5, -2, 7, 3, -0.25}, values(g.permute(x, List.of(1, 0))));
        Node second = g.view(x, 3, Shape.of(3));
        assertArrayEquals(new double[] {0.5, 7, -0.25, 0.5, 7, -0.25}, values(g.broadcast(second, Shape.of(2, 3))));
        Node part = g.view(x, 4, Shape.of(2));
        assertArrayEquals(new double[] {0, 7, -0.25, 0, 0, 7, -0.25},
                values(g.assemble(Shape.of(7), new int[] {1, 5}, new Node[] {part, part})));
        assertArrayEquals(new double[] {2, -1, 4, 1.5, 8, 0.75}, values(g.add(x, g.constant(1))));
        assertArrayEquals(new double[] {10, 20}, values(g.constant(Shape.of(2), 10, 20)));
    }

    @Test
    void contractions() {
        assertArrayEquals(new double[] {1.5, 5, 2.75}, values(g.sum(x, 0)));
        assertArrayEquals(new double[] {2, 7.25}, values(g.sum(x, 1)));
        assertArrayEquals(new double[] {3, 7}, values(g.largest(x, 1)));
        double[] gram = {1 + 4 + 9, 0.5 - 14 - 0.75, 0.5 - 14 - 0.75, 0.25 + 49 + 0.0625};
        assertArrayEquals(gram, values(g.product(x, x, false, true)));
        Node xt = g.permute(x, List.of(1, 0));
        assertArrayEquals(gram, values(g.product(x, xt, false, false)));
        assertArrayEquals(gram, values(g.product(xt, x, true, true)));
        assertArrayEquals(gram, values(g.product(xt, xt, true, false)));
    }

    /** Of 40 terms: 32 accumulators, folded 16, 8, 4, 2, 1. */
    @Test
    void sumsKeepTheirOrder() {
        Node long40 = g.input(new Input(Input.Role.POINT, 1), Shape.of(40));
        double[] at = new Random(1).doubles(40, -1, 1).map(v -> v * 1e3 + 1 / v).toArray();
        double[] accumulators = new double[32];
        for (int i = 0; i < 40; i++) {
            accumulators[i % 32] = i < 32 ? at[i] : accumulators[i % 32] + at[i];
        }
        for (int half = 16; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                accumulators[i] += accumulators[i + half];
            }
        }
        assertEquals(accumulators[0], values(g.sum(long40), long40, at)[0]);
    }

    /** A root that reads a product of views only through its entries has these as leaves. */
    @Test
    void productsMayBeLeaves() {
        Node m = g.input(new Input(Input.Role.COLUMN, 0), Shape.of(3, 1));
        Node z = g.product(x, m, false, false);
        Node root = g.sum(g.apply(Op.SIN, z));
        assertEquals(Math.sin(0.1) + Math.sin(0.2), values(root, z, new double[] {0.1, 0.2})[0], 1e-15);
    }

    @Test
    void limits() {
        Node root = g.sum(g.square(x));
        assertNotNull(Scalarise.of(g, root, 13, x));
        assertNull(Scalarise.of(g, root, 6, x), "six squares and their sum");
        assertNotNull(Scalarise.ofSmall(g, root, 6, LIMIT, x));
        assertNull(Scalarise.ofSmall(g, root, 5, LIMIT, x), "an array of six");
        Node scalar = g.square(g.view(x, 0, Shape.SCALAR));
        assertNull(Scalarise.ofSmall(g, scalar, 5, LIMIT, x), "no array to write out");
    }
}
