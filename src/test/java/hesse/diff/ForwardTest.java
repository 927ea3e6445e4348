package hesse.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import hesse.graph.Graph;
import hesse.graph.Input;
import hesse.graph.Node;
import hesse.graph.Op;
import hesse.graph.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardTest {
    private final SmallGraph s = new SmallGraph();
    private final Graph g = s.g;

    private Node tangent(Node root) {
        return Forward.tangents(g, new Node[] {root}, s.a, s.t)[0];
    }

    private Node tangentOfGradient(Node root) {
        return Forward.tangentsOfGradient(g, new Node[] {root}, s.a, s.t)[0];
    }

    @Test
    void rules() {
        assertEquals("multiply(b, t)", s.text(tangent(g.multiply(s.a, s.b))));
        assertEquals("multiply(cos(a), t)", s.text(tangent(s.apply(Op.SIN, s.a))));
        assertEquals("negate(multiply(sin(a), t))", s.text(tangent(s.apply(Op.COS, s.a))));
        assertEquals("multiply(reciprocal(b), t)", s.text(tangent(g.divide(s.a, s.b))));
        assertEquals("negate(multiply(divide(b, a), multiply(reciprocal(a), t)))", s.text(tangent(g.divide(s.b, s.a))));
    }

    @Test
    void whatDoesNotDependHasNone() {
        assertNull(tangent(g.multiply(s.b, s.c)));
        assertNull(tangent(s.number(3)));
        assertNull(tangent(s.apply(Op.LESS, s.a, s.b)), "a comparison is flat");
        assertNull(Forward.tangents(g, new Node[] {null}, s.a, s.t)[0]);
        assertSame(s.t, tangent(s.a));
        assertSame(s.t, tangent(g.add(s.a, s.b)), "no zero is added");
    }

    /** (da - y db)/b. */
    @Test
    void quotientsOfTwoThatChangeShareADivision() {
        Node y = g.divide(s.apply(Op.SIN, s.a), s.apply(Op.COS, s.a));
        Node tangent = tangent(y);
        assertEquals("multiply(fma(divide(sin(a), cos(a)), multiply(sin(a), t), multiply(cos(a), t)), "
                + "reciprocal(cos(a)))",
                s.text(tangent));
        double x = 0.7;
        assertEquals(1 / (Math.cos(x) * Math.cos(x)), s.value(tangent, x, 0, 0, 1), 1e-14);
    }

    @Test
    void theBranchThatIsTakenAlone() {
        Node y = g.select(s.apply(Op.LESS, s.number(0), s.a), s.apply(Op.LOG, s.a), s.b);
        Node tangent = tangent(y);
        assertEquals(0.5, s.value(tangent, 2, 0, 0, 1));
        assertEquals(0, s.value(tangent, -2, 0, 0, 1), "the slope of the logarithm is NaN there");
        Node least = tangent(s.apply(Op.MIN, s.a, g.multiply(s.number(2), s.a)));
        assertEquals(1, s.value(least, 3, 0, 0, 1));
        assertEquals(2, s.value(least, -3, 0, 0, 1));
        assertEquals(1, s.value(least, 0, 0, 0, 1), "the first where both are equal");
        assertEquals(Double.NaN, s.value(least, Double.NaN, 0, 0, 1));
    }

    /**
     * |a| has the slope 0 at 0, in tangents of a gradient 1; there a root whose operand does not change does not,
     * though its slope be infinite.
     */
    @Test
    void conventionsOfGradients() {
        Node size = s.apply(Op.ABS, s.a);
        assertEquals("multiply(sign(a), t)", s.text(tangent(size)));
        assertEquals("multiply(select(less(a, 0), -1, 1), t)", s.text(tangentOfGradient(size)));
        Node root = g.sqrt(s.a);
        assertEquals(Double.NaN, s.value(tangent(root), 0, 0, 0, 0));
        assertEquals(0, s.value(tangentOfGradient(root), 0, 0, 0, 0));
        assertEquals(0.25, s.value(tangentOfGradient(root), 4, 0, 0, 1));
        assertEquals(0.25, s.value(tangent(root), 4, 0, 0, 1));
    }

    /** The tangent of an arrangement, sum or product is that of its operand's tangent. */
    @Test
    void arrangementsAreLinear() {
        Node x = g.input(new Input(Input.Role.POINT, 0), Shape.of(2, 3));
        Node v = g.input(new Input(Input.Role.SEED, 0), Shape.of(2, 3));
        Node m = g.input(new Input(Input.Role.COLUMN, 0), Shape.of(3, 4));
        Node vector = g.view(x, 1, Shape.of(3));
        Node seed = g.view(v, 1, Shape.of(3));
        Node[] roots = {g.view(x, 2, Shape.of(2)), g.permute(x, List.of(1, 0)), g.sum(x, 0), g.sum(x, 1),
            g.product(x, m, false, false), g.broadcast(vector, Shape.of(5, 3)),
            g.assemble(Shape.of(8), new int[] {1, 5}, new Node[] {vector, vector}), g.largest(x, 0)};
        Node[] expected = {g.view(v, 2, Shape.of(2)), g.permute(v, List.of(1, 0)), g.sum(v, 0), g.sum(v, 1),
            g.product(v, m, false, false), g.broadcast(seed, Shape.of(5, 3)),
            g.assemble(Shape.of(8), new int[] {1, 5}, new Node[] {seed, seed}), null};
        Node[] tangents = Forward.tangents(g, roots, x, v);
        for (int i = 0; i < roots.length; i++) {
            assertSame(expected[i], tangents[i], "root " + i);
        }
        Node square = g.product(x, x, true, false);
        assertSame(g.add(g.product(v, x, true, false), g.product(x, v, true, false)),
                Forward.tangents(g, new Node[] {square}, x, v)[0]);
    }

    /** A sweep adds a few nodes a node, however often each is read. */
    @Test
    void aSweepIsLinear() {
        Node y = s.a;
        for (int i = 0; i < 100; i++) {
            y = g.multiply(s.apply(Op.SIN, y), y);
        }
        int before = g.size();
        tangent(y);
        assertEquals(500, g.size() - before, "a cosine, three products and a multiply-add a step");
    }
}
