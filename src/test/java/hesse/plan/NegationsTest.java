package hesse.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hesse.graph.Graph;
import hesse.graph.Input;
import hesse.graph.Node;
import hesse.graph.Op;
import hesse.graph.Shape;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Which negations are left of a value of (a, b, c), and where. */
class NegationsTest {
    private static String moved(BiFunction<Graph, Node[], Node> body) {
        Graph g = new Graph();
        Node point = g.input(new Input(Input.Role.POINT, 0), Shape.of(3));
        Node[] abc = new Node[3];
        for (int i = 0; i < 3; i++) {
            abc[i] = g.view(point, i, Shape.SCALAR);
        }
        Steps program = Derivative.VALUE.steps(new Body(g, point, body.apply(g, abc), Body.Over.NOTHING));
        Steps moved = Negations.moved(program, Loop.Rate.POINT, step -> step.scalarOp() != null);
        StringBuilder text = new StringBuilder();
        moved.loop(Loop.Rate.POINT).steps().forEach(step -> text.append(step).append('\n'));
        moved.constants().forEach(known -> text.append("%").append(known.value()).append(" = ")
                .append(known.entries().get(0)).append('\n'));
        return text.toString();
    }

    @Test
    void aConstantIsNegatedForNothing() {
        assertEquals("""
                %2 = square %1
                %3 = fma %4, %2, %1+1
                %0 = 5.0
                %4 = -5.0
                """, moved((g, x) -> g.fnma(g.constant(5), g.square(x[0]), x[1])));
    }

    @Test
    void whatIsNegatedAnywayIsNegatedOnce() {
        assertEquals("""
                %4 = negate %0
                %2 = sin %4
                %3 = fma %4, %0+1, %2
                """, moved((g, x) -> g.fnma(x[0], x[1], g.apply(Op.SIN, g.negate(x[0])))));
    }

    @Test
    void aProductThatOnlyOneReadsTakesTheSign() {
        assertEquals("""
                %2 = multiply %1, %4
                %0 = 3.0
                %4 = -3.0
                """, moved((g, x) -> g.negate(g.multiply(g.constant(3), x[0]))));
    }

    @Test
    void withoutGainNothingMoves() {
        assertEquals("%1 = fnma %0, %0+1, %0+2\n", moved((g, x) -> g.fnma(x[0], x[1], x[2])));
    }
}
