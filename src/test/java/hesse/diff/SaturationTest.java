package hesse.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.graph.Graph;
import hesse.graph.Node;
import hesse.graph.Op;
import org.junit.jupiter.api.Test;

/** Where an infinite slope meets a flat function above it, guards are in the graph; elsewhere there are none. */
class SaturationTest {
    private final SmallGraph s = new SmallGraph();
    private final Graph g = s.g;

    private Node gradient(Node root) {
        return Reverse.adjoints(g, root, g.constant(1), s.a)[0];
    }

    private Node tangent(Node root) {
        return Forward.tangents(g, new Node[] {root}, s.a, g.constant(1))[0];
    }

    private static long guards(Node node) {
        return SmallGraph.count(Op.UNLESS_INFINITE, node);
    }

    /** 1/(1 + exp(-a)). */
    private Node logistic() {
        return g.divide(g.constant(1), g.add(g.constant(1), s.apply(Op.EXP, g.negate(s.a))));
    }

    @Test
    void bodiesWithoutSuchAPairCostNothing() {
        assertEquals(0, guards(gradient(s.apply(Op.SIN, s.a))));
        assertEquals(0, guards(gradient(s.apply(Op.EXP, s.a))), "nothing levels off above the exponential");
        assertEquals(0, guards(gradient(s.apply(Op.TANH, g.multiply(s.a, s.b)))), "a product of two does not overflow");
        Node bell = s.apply(Op.EXP, g.negate(g.square(s.a)));
        assertEquals(0, guards(gradient(s.apply(Op.TANH, bell))), "exp(-a^2) is bounded");
        assertEquals(0, guards(tangent(s.apply(Op.EXP, s.a))));
    }

    @Test
    void guardsWhatMayOverflowBelowWhatLevelsOff() {
        Node tanh = s.apply(Op.TANH, s.apply(Op.EXP, s.a));
        for (Node root : new Node[] {logistic(), tanh, s.apply(Op.ATAN, g.power(s.a, 5))}) {
            assertTrue(guards(gradient(root)) > 0, s.text(root));
            assertTrue(guards(tangent(root)) > 0, s.text(root));
        }
    }

    @Test
    void flatFunctionsHaveTheSlopeZero() {
        assertEquals(0, s.value(gradient(logistic()), -800));
        assertEquals(0, s.value(tangent(logistic()), -800));
        assertEquals(0.25, s.value(gradient(logistic()), 0));
        Node tanh = s.apply(Op.TANH, s.apply(Op.EXP, s.a));
        assertEquals(0, s.value(gradient(tanh), 800));
        assertEquals(0, s.value(tangent(tanh), 800));
        assertEquals(Double.NaN, s.value(gradient(tanh), Double.NaN), "NaN passes");
        Node exp = s.apply(Op.EXP, s.a);
        assertEquals(Double.POSITIVE_INFINITY, s.value(gradient(exp), 800), "no function above is flat");
    }
}
