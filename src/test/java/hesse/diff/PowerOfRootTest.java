package hesse.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import hesse.graph.Graph;
import hesse.graph.Node;
import hesse.graph.Op;
import org.junit.jupiter.api.Test;

/** Powers of roots are recognised, and differentiated without the root. */
class PowerOfRootTest {
    private final SmallGraph s = new SmallGraph();
    private final Graph g = s.g;

    /** By operand the slope, as text. */
    private String slopes(Node y) {
        PowerOfRoot power = PowerOfRoot.of(y);
        StringBuilder text = new StringBuilder();
        for (PowerOfRoot.Base operand : power.operands()) {
            text.append(text.isEmpty() ? "" : "; ").append(s.text(operand.node())).append(": ");
            text.append(s.text(operand.slope(g)));
        }
        return text.toString();
    }

    @Test
    void whatIsNone() {
        for (Node y : new Node[] {g.sqrt(s.a), g.square(s.a), s.apply(Op.SIN, g.sqrt(s.a)),
            g.square(s.apply(Op.CBRT, s.a)), g.power(s.a, 4), g.multiply(g.sqrt(s.a), s.b),
            g.power(g.sqrt(s.a), s.b), g.fma(s.a, s.b, s.c),
            g.square(s.apply(Op.SIN, g.sqrt(s.a))), g.power(g.sqrt(s.a), -2), g.square(g.power(s.a, 0.25))}) {
            assertNull(PowerOfRoot.of(y), s.text(y));
        }
    }

    @Test
    void squares() {
        assertEquals("a: 1", slopes(g.square(g.sqrt(s.a))));
        assertEquals("a: multiply(2, a); b: multiply(2, b)", slopes(g.square(s.apply(Op.HYPOT, s.a, s.b))));
        assertEquals("b: 1", slopes(g.square(s.apply(Op.NORM, s.a, s.b))));
        assertEquals("a: 1", slopes(g.square(g.negate(g.sqrt(s.a)))));
        Node root = g.sqrt(s.a);
        assertEquals("a: 1", slopes(s.apply(Op.FMA, root, root, s.c)), "rounded once");
    }

    @Test
    void higherPowers() {
        Node root = g.sqrt(s.a);
        assertEquals("a: multiply(1.5, sqrt(a))", slopes(g.power(root, 3)));
        assertEquals("a: multiply(2, square(sqrt(a)))", slopes(g.power(root, 4)));
        assertEquals("a: 1", slopes(g.power(s.apply(Op.CBRT, s.a), 3)));
        assertEquals("a: 1", slopes(g.power(g.power(s.a, 0.25), 4)));
        assertEquals("a: multiply(1.25, power(a, 0.25))", slopes(g.power(g.power(s.a, 0.25), 5)));
    }

    /** (b sqrt a)^2 by a and by b, (sqrt(a)/b)^2 too. */
    @Test
    void factorsAndDivisors() {
        Node product = g.square(g.multiply(s.b, g.sqrt(s.a)));
        PowerOfRoot power = PowerOfRoot.of(product);
        assertEquals(2, power.operands().size());
        assertSame(s.a, power.operands().get(0).node());
        assertSame(s.b, power.operands().get(1).node());
        assertEquals(9, s.value(power.operands().get(0).slope(g), 0, 3));
        assertEquals(2 * 3 * 4, s.value(power.operands().get(1).slope(g), 4, 3));
        power = PowerOfRoot.of(g.square(g.divide(g.sqrt(s.a), s.b)));
        assertEquals(1 / 16.0, s.value(power.operands().get(0).slope(g), 0, 4));
        assertSame(s.b, power.operands().get(1).node());
        assertEquals(-2 * 9 / 64.0, s.value(power.operands().get(1).slope(g), 9, 4));
    }

    /** The gradient of the square of a norm has no root, and at 0 its second derivatives are 2. */
    @Test
    void derivativesAreWithoutTheRoot() {
        Node y = g.square(g.sqrt(g.add(g.square(s.a), g.square(s.b))));
        Node[] gradient = Reverse.adjoints(g, y, g.constant(1), s.a, s.b);
        assertEquals("multiply(2, a)", s.text(gradient[0]));
        assertEquals(0, SmallGraph.count(Op.SQRT, gradient));
        assertEquals("2", s.text(Forward.tangentsOfGradient(g, gradient, s.a, g.constant(1))[0]));
    }
}
