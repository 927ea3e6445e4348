package hesse.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.graph.Graph;
import hesse.graph.Input;
import hesse.graph.Node;
import hesse.graph.Op;
import hesse.graph.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SymbolicHessianTest {
    private final SmallGraph s = new SmallGraph();
    private final Graph g = s.g;

    /** The values of the entries, by "row column". */
    private static Map<String, Double> entries(SymbolicHessian hessian, double... x) {
        Map<Node, Double> values = leaves(hessian, x);
        Map<String, Double> entries = new TreeMap<>();
        for (SymbolicHessian.Entry entry : hessian.entries()) {
            assertTrue(entry.row() >= entry.column(), "lower triangle");
            entries.put(entry.row() + " " + entry.column(), SmallGraph.value(entry.node(), values));
        }
        return entries;
    }

    /** The entries of the point in the graph of scalars. */
    private static Map<Node, Double> leaves(SymbolicHessian hessian, double... x) {
        Map<Node, Double> values = new HashMap<>();
        Graph scalars = hessian.graph();
        Node point = scalars.input(new Input(Input.Role.POINT, 0), Shape.of(x.length));
        for (int i = 0; i < x.length; i++) {
            values.put(scalars.view(point, i, Shape.SCALAR), x[i]);
        }
        return values;
    }

    /** a^2 b + sin b. */
    @Test
    void entriesAreTheStructure() {
        Node root = g.add(g.multiply(g.square(s.a), s.b), s.apply(Op.SIN, s.b));
        SymbolicHessian hessian = SymbolicHessian.of(g, root, s.point);
        assertEquals(Set.of("0 0", "1 0", "1 1"), entries(hessian, 3, 5, 7).keySet());
        assertEquals(10, entries(hessian, 3, 5, 7).get("0 0"));
        assertEquals(6, entries(hessian, 3, 5, 7).get("1 0"));
        assertEquals(-Math.sin(5), entries(hessian, 3, 5, 7).get("1 1"), 1e-15);
        Map<Node, Double> x = leaves(hessian, 3, 5, 7);
        assertEquals(45 + Math.sin(5), SmallGraph.value(hessian.value(), x), 1e-14);
        assertEquals(30, SmallGraph.value(hessian.gradient()[0], x));
        assertEquals(9 + Math.cos(5), SmallGraph.value(hessian.gradient()[1], x), 1e-14);
        assertNull(hessian.gradient()[2], "the body does not read c");
    }

    @Test
    void zerosAreStructural() {
        assertEquals(Map.of("1 0", 1.0), entries(SymbolicHessian.of(g, g.multiply(s.a, s.b), s.point), 2, 3, 4));
        assertEquals(Map.of(), entries(SymbolicHessian.of(g, g.add(s.a, s.b), s.point), 2, 3, 4));
    }

    /** Second derivatives of what is smooth, though |a| and the root are not. */
    @Test
    void kinksOfSmoothFunctions() {
        Node size = s.apply(Op.ABS, s.a);
        assertEquals(Map.of("0 0", 2.0), entries(SymbolicHessian.of(g, g.multiply(size, size), s.point), 0, 0, 0));
        Node norm = g.sqrt(g.add(g.square(s.a), g.square(s.b)));
        Map<String, Double> entries = entries(SymbolicHessian.of(g, g.square(norm), s.point), 0, 0, 0);
        assertEquals(2, entries.get("0 0"));
        assertEquals(2, entries.get("1 1"));
    }

    /** The sum of squares of arrays: a diagonal. */
    @Test
    void arraysAreWrittenAsScalars() {
        Node squares = g.sum(g.square(s.point), 0);
        assertEquals(Map.of("0 0", 2.0, "1 1", 2.0, "2 2", 2.0),
                entries(SymbolicHessian.of(g, squares, s.point), 1, 2, 3));
    }

    @Test
    void whatWouldBeTooLargeIsLeftToDirections() {
        Node x = g.input(new Input(Input.Role.POINT, 0), Shape.of(5000));
        assertNull(SymbolicHessian.of(g, g.sum(g.square(s.apply(Op.SIN, x)), 0), x));
        Node y = g.input(new Input(Input.Role.POINT, 0), Shape.of(500));
        assertNull(SymbolicHessian.of(g, s.apply(Op.EXP, g.sum(g.square(y), 0)), y), "125,000 entries");
        Node z = g.input(new Input(Input.Role.POINT, 0), Shape.of(20));
        assertNotNull(SymbolicHessian.of(g, s.apply(Op.EXP, g.sum(g.square(z), 0)), z));
    }

    /** F = (a b, sin a): F'F, J'F and J'J, without second derivatives of F. */
    @Test
    void gaussNewton() {
        Node root = g.assemble(Shape.of(2), new int[] {0, 1}, new Node[] {g.multiply(s.a, s.b), s.apply(Op.SIN, s.a)});
        SymbolicHessian hessian = SymbolicHessian.gaussNewton(g, root, s.point);
        double a = 0.3;
        double b = 2;
        Map<Node, Double> x = leaves(hessian, a, b, 0);
        assertEquals(a * a * b * b + Math.sin(a) * Math.sin(a), SmallGraph.value(hessian.value(), x), 1e-15);
        assertEquals(b * a * b + Math.cos(a) * Math.sin(a), SmallGraph.value(hessian.gradient()[0], x), 1e-15);
        assertEquals(a * a * b, SmallGraph.value(hessian.gradient()[1], x), 1e-15);
        assertNull(hessian.gradient()[2]);
        Map<String, Double> entries = entries(hessian, a, b, 0);
        assertEquals(3, entries.size());
        assertEquals(b * b + Math.cos(a) * Math.cos(a), entries.get("0 0"), 1e-15);
        assertEquals(a * b, entries.get("1 0"), 1e-15);
        assertEquals(a * a, entries.get("1 1"), 1e-15);
    }
}
