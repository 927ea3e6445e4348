package hesse.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import hesse.graph.Graph;
import hesse.graph.Input;
import hesse.graph.Node;
import hesse.graph.Op;
import hesse.graph.Operation;
import hesse.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReverseTest {
    private final SmallGraph s = new SmallGraph();
    private final Graph g = s.g;

    private Node[] adjoints(Node root) {
        return Reverse.adjoints(g, root, s.t, s.a, s.b, s.c);
    }

    private Node[] gradient(Node root) {
        return Reverse.adjoints(g, root, g.constant(1), s.a, s.b, s.c);
    }

    @Test
    void rules() {
        Node[] adjoints = adjoints(g.multiply(s.a, s.apply(Op.SIN, s.b)));
        assertEquals("multiply(sin(b), t)", s.text(adjoints[0]));
        assertEquals("multiply(cos(b), multiply(a, t))", s.text(adjoints[1]));
        assertNull(adjoints[2]);
    }

    @Test
    void whatDoesNotDependHasNone() {
        assertNull(adjoints(s.number(3))[0]);
        assertNull(adjoints(s.apply(Op.LESS, s.a, s.b))[0], "a comparison is flat");
        assertSame(s.t, adjoints(s.a)[0]);
        assertSame(s.t, adjoints(g.add(s.a, s.b))[1], "no zero is added");
    }

    /** What arrives by several ways is added by multiply-adds. */
    @Test
    void contributionsAdd() {
        Node[] gradient = gradient(g.add(g.multiply(s.a, s.b), g.multiply(s.a, s.c)));
        assertEquals("add(b, c)", s.text(gradient[0]));
        Node both = adjoints(g.add(g.multiply(s.a, s.b), s.apply(Op.SIN, s.a)))[0];
        assertEquals("fma(b, t, multiply(cos(a), t))", s.text(both));
    }

    /** The gradient of a product of n factors costs a few products a factor, not n. */
    @Test
    void aGradientCostsAFewValues() {
        int n = 200;
        Node x = g.input(new Input(Input.Role.POINT, 0), Shape.of(n));
        Node product = g.constant(1);
        for (int i = 0; i < n; i++) {
            product = g.multiply(product, s.apply(Op.SIN, g.view(x, i, Shape.SCALAR)));
        }
        int before = g.size();
        Node gradient = Reverse.adjoints(g, product, g.constant(1), x)[0];
        assertEquals(4.0 * n, g.size() - before, n);
        assertEquals(1, SmallGraph.count(Operation.Assemble.class, gradient), "n reads of a vector are laid out once");
        assertEquals(Shape.of(n), gradient.shape());
    }

    @Test
    void theBranchThatIsTakenAlone() {
        Node y = g.select(s.apply(Op.LESS, s.number(0), s.a), g.multiply(s.b, s.apply(Op.LOG, s.a)), s.a);
        Node[] gradient = gradient(y);
        assertEquals(1.5, s.value(gradient[0], 2, 3, 0));
        assertEquals(1, s.value(gradient[0], -2, 3, 0), "the slope of the logarithm is NaN there");
        assertEquals(0, s.value(gradient[1], -2, 3, 0), "and so is its value");
        Node[] least = gradient(s.apply(Op.MIN, s.a, s.b));
        assertEquals(1, s.value(least[0], 2, 2, 0), "the first where both are equal");
        assertEquals(0, s.value(least[1], 2, 2, 0), "the first where both are equal");
        assertEquals(Double.NaN, s.value(least[1], Double.NaN, 2, 0));
    }

    @Test
    void sizesThatAreDifferentiatedAgain() {
        Node size = s.apply(Op.ABS, s.a);
        assertEquals("sign(a)", s.text(gradient(size)[0]));
        Node[] again = Reverse.adjointsToDifferentiate(g, size, g.constant(1), s.a);
        assertEquals("select(less(a, 0), -1, 1)", s.text(again[0]));
        Node[] known = gradient(g.square(s.a));
        assertSame(known, Reverse.adjointsToDifferentiate(g, known, g.square(s.a), g.constant(1), s.a, s.b, s.c),
                "no |u|");
    }

    @Test
    void transposes() {
        Node x = g.input(new Input(Input.Role.POINT, 0), Shape.of(2, 3));
        Node m = g.input(new Input(Input.Role.COLUMN, 0), Shape.of(3, 4));
        Node u = g.input(new Input(Input.Role.SEED, 0), Shape.of(2, 4));
        assertSame(g.product(u, m, false, true), Reverse.adjoints(g, g.product(x, m, false, false), u, x)[0]);
        Node xt = g.permute(x, List.of(1, 0));
        Node ut = g.input(new Input(Input.Role.SEED, 1), Shape.of(3, 2));
        assertSame(g.permute(ut, List.of(1, 0)), Reverse.adjoints(g, xt, ut, x)[0]);
        Node u3 = g.input(new Input(Input.Role.SEED, 2), Shape.of(3));
        assertSame(g.broadcast(g.reshape(u3, Shape.of(1, 3)), x.shape()), Reverse.adjoints(g, g.sum(x, 0), u3, x)[0]);
        Node row = g.input(new Input(Input.Role.POINT, 1), Shape.of(3));
        Node u53 = g.input(new Input(Input.Role.SEED, 3), Shape.of(5, 3));
        assertSame(g.sum(u53, 0), Reverse.adjoints(g, g.broadcast(row, Shape.of(5, 3)), u53, row)[0]);
        assertNull(Reverse.adjoints(g, g.largest(x, 0), u3, x)[0], "a shift, treated as a constant");
    }

    /** u (J v) by the forward sweep is (J'u) v by the reverse one. */
    @Test
    void agreesWithForward() {
        Random random = new Random(7);
        List<Op> ops = List.of(
                Op.ADD, Op.MULTIPLY, Op.SUBTRACT, Op.SIN, Op.TANH, Op.FMA, Op.ATAN, Op.SQUARE, Op.HYPOT, Op.MAX);
        for (int trial = 0; trial < 50; trial++) {
            List<Node> pool = new ArrayList<>(List.of(s.a, s.b, s.c));
            for (int i = 0; i < 12; i++) {
                Op op = ops.get(random.nextInt(ops.size()));
                Node[] args = random.ints(op.arity(), 0, pool.size()).mapToObj(pool::get).toArray(Node[]::new);
                pool.add(s.apply(op, args));
            }
            Node root = pool.getLast();
            double[] x = random.doubles(3, -1, 1).toArray();
            Node[] gradient = gradient(root);
            Node[] leaves = {s.a, s.b, s.c};
            for (int i = 0; i < 3; i++) {
                Node tangent = Forward.tangents(g, new Node[] {root}, leaves[i], g.constant(1))[0];
                double expected = s.value(tangent, x);
                assertEquals(expected, s.value(gradient[i], x), 1e-10 * Math.max(1, Math.abs(expected)), s.text(root));
            }
        }
    }
}
