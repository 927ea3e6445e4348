package hesse.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphTest {
    private final Graph g = new Graph();
    private final Node x = g.input(new Input(Input.Role.POINT, 0), Shape.of(6));
    private final Node a = g.view(x, 0, Shape.SCALAR);
    private final Node b = g.view(x, 1, Shape.SCALAR);

    @Test
    void equalNodesAreOne() {
        assertSame(g.add(a, b), g.add(b, a));
        assertSame(g.multiply(a, b), g.multiply(b, a));
        assertSame(g.apply(Op.SIN, g.add(a, b)), g.apply(Op.SIN, g.add(b, a)));
        assertNotSame(g.subtract(a, b), g.subtract(b, a));
        assertNotSame(g.constant(0.0), g.constant(-0.0));
        assertSame(g.constant(Double.NaN), g.constant(Double.NaN));
        assertSame(g.input(new Input(Input.Role.POINT, 0), Shape.of(6)), x);
    }

    @Test
    void manyNodesStayConsed() {
        Node sum = a;
        for (int i = 0; i < 10_000; i++) {
            sum = g.add(sum, b);
        }
        int size = g.size();
        Node again = a;
        for (int i = 0; i < 10_000; i++) {
            again = g.add(again, b);
        }
        assertSame(sum, again);
        assertEquals(size, g.size());
    }

    @Test
    void foldsThatKeepBits() {
        assertSame(a, g.add(a, g.constant(-0.0)));
        assertSame(a, g.subtract(a, g.constant(0)));
        assertSame(a, g.multiply(a, g.constant(1)));
        assertSame(a, g.divide(a, g.constant(1)));
        assertSame(a, g.negate(g.negate(a)));
        assertSame(a, g.power(a, 1));
        assertSame(g.square(a), g.power(a, 2));
        assertSame(g.square(a), g.multiply(a, a));
        assertSame(g.subtract(a, b), g.add(a, g.negate(b)));
        assertSame(g.add(a, b), g.subtract(a, g.negate(b)));
        assertSame(g.negate(a), g.multiply(g.constant(-1), a));
        assertSame(g.multiply(a, b), g.multiply(g.multiply(g.constant(0.5), a), g.multiply(g.constant(2), b)));
        assertSame(g.multiply(a, b), g.multiply(g.multiply(a, g.constant(4)), g.multiply(b, g.constant(0.25))));
        assertSame(g.fnma(a, b, a), g.fma(g.negate(a), b, a));
        assertSame(g.square(a), g.square(g.negate(a)));
        assertSame(a, g.select(g.constant(1), a, b));
        assertSame(b, g.select(g.constant(0), a, b));
        assertSame(a, g.apply(Op.MAX, a, a));
    }

    @Test
    void whatWouldChangeBitsStays() {
        assertNotSame(a, g.add(a, g.constant(0.0)));
        assertNotSame(a, g.subtract(a, g.constant(-0.0)));
        assertEquals(Op.MULTIPLY, g.multiply(a, g.constant(0)).operation());
        assertEquals(Op.SUBTRACT, g.subtract(g.constant(0), a).operation());
        assertEquals(Op.SUBTRACT, g.subtract(a, a).operation());
        assertEquals(Op.ADD, g.add(g.add(a, g.constant(1)), g.constant(2)).operation());
    }

    @Test
    void constantsFoldWithTheTablesOwnFunctions() {
        assertTrue(g.apply(Op.EXP, g.constant(1.25)).is(StrictMath.exp(1.25)));
        assertTrue(g.add(g.constant(0.1), g.constant(0.2)).is(0.1 + 0.2));
        assertTrue(g.fma(g.constant(3), g.constant(4), g.constant(5)).is(17));
        assertTrue(g.power(g.constant(2), 10).is(1024));
    }

    @Test
    void viewsCompose() {
        Node matrix = g.view(x, 0, Shape.of(2, 3));
        Node row = g.view(matrix, 3, Shape.of(3));
        assertSame(g.view(x, 4, Shape.SCALAR), g.view(row, 1, Shape.SCALAR));
        assertSame(x, g.view(matrix, 0, Shape.of(6)));
        Node joined = g.assemble(Shape.of(5), new int[] {0, 3}, new Node[] {row, g.view(x, 0, Shape.of(2))});
        assertSame(g.view(x, 1, Shape.SCALAR), g.view(joined, 4, Shape.SCALAR));
        assertTrue(g.view(g.constant(Shape.of(3), 1, 2, 3), 2, Shape.SCALAR).is(3));
        assertSame(a, g.view(g.broadcast(a, Shape.of(4)), 2, Shape.SCALAR));
    }

    @Test
    void arrangementsSimplify() {
        Node matrix = g.view(x, 0, Shape.of(2, 3));
        assertSame(matrix, g.permute(matrix, List.of(0, 1)));
        assertEquals(Shape.of(3, 2), g.permute(matrix, List.of(1, 0)).shape());
        assertSame(matrix, g.broadcast(matrix, Shape.of(2, 3)));
        assertSame(g.add(matrix, a), g.add(matrix, g.broadcast(a, Shape.of(2, 3))));
        assertSame(x, g.sum(g.view(x, 0, Shape.of(1, 6)), 0));
    }

    @Test
    void sourcesOfArrangements() {
        Node matrix = g.view(x, 0, Shape.of(2, 3));
        assertEquals(List.of(0, 3, 1, 4, 2, 5),
                list(Arrangement.permuted(matrix.shape(), List.of(1, 0), Shape.of(3, 2))));
        Node column = g.view(x, 0, Shape.of(2, 1));
        assertEquals(List.of(0, 0, 0, 1, 1, 1), list(Arrangement.repeated(column.shape(), Shape.of(2, 3))));
        Node row = g.view(x, 0, Shape.of(3));
        assertEquals(List.of(0, 1, 2, 0, 1, 2), list(Arrangement.repeated(row.shape(), Shape.of(2, 3))));
    }

    private static List<Integer> list(int[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
