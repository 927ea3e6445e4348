package hesse.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hesse.graph.Graph;
import hesse.graph.Input;
import hesse.graph.Node;
import hesse.graph.Shape;
import hesse.plan.Body;
import hesse.plan.Derivative;
import java.util.Arrays;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of additions, written out once more: later tiers must repeat it to the last bit. */
class SumOrderTest {
    private static double[] numbers(int n) {
        Random random = new Random(n);
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextGaussian() * Math.pow(2, random.nextInt(60) - 30);
        }
        return x;
    }

    private static double evaluate(double[] x, BiFunction<Graph, Node, Node> body) {
        Graph g = new Graph();
        Node point = g.input(new Input(Input.Role.POINT, 0), Shape.of(x.length));
        Engine engine = new Engine(Derivative.VALUE, new Body(g, point, body.apply(g, point), Body.Over.NOTHING));
        Workspace w = engine.borrow();
        engine.point(w, x, null, Mode.SCALAR);
        return w.result()[0];
    }

    /**
     * Up to 7 terms one chain, up to 16 eight accumulators, else 32: term i to i mod their number, folded by halves.
     */
    private static double fold(int n, IntFunction<DoubleUnaryOperator> add) {
        int width = n <= 7 ? 1 : n <= 16 ? 8 : 32;
        double[] accumulators = new double[width];
        Arrays.fill(accumulators, -0.0);
        for (int i = 0; i < n; i++) {
            accumulators[i % width] = add.apply(i).applyAsDouble(accumulators[i % width]);
        }
        for (int half = width / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                accumulators[i] += accumulators[i + half];
            }
        }
        return n == 0 ? 0 : accumulators[0];
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 103, 1021})
    void sumsAndInnerProducts(int n) {
        double[] x = numbers(n);
        assertEquals(fold(n, i -> sum -> sum + x[i]), evaluate(x, Graph::sum));
        assertEquals(fold(n, i -> sum -> Math.fma(x[i], x[i], sum)), evaluate(x, (g, p) -> g.dot(p, p)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 16, 17, 40})
    void matrixProducts(int inner) {
        double[] x = numbers(3 * inner);
        double chain = -0.0;
        for (int k = 0; k < inner; k++) {
            chain = Math.fma(x[inner + k], x[2 * inner + k], chain);
        }
        double expected = chain;
        assertEquals(expected, evaluate(x, (g, p) -> {
            Node m = g.reshape(p, Shape.of(3, inner));
            return g.view(g.product(m, m, false, true), 1 * 3 + 2, Shape.SCALAR);
        }), "several columns: index order");
        double[] v = numbers(3 * inner);
        assertEquals(fold(inner, k -> sum -> Math.fma(v[inner + k], v[k], sum)), evaluate(v, (g, p) -> {
            Node m = g.reshape(p, Shape.of(3, inner));
            return g.view(g.product(m, g.view(p, 0, Shape.of(inner, 1)), false, false), 1, Shape.SCALAR);
        }), "one column: as an inner product");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 9, 383, 384, 385, 1152, 6143, 6144, 6145, 12_289, 28_673, 200_000})
    void rows(int count) {
        double[] data = numbers(count);
        Graph g = new Graph();
        Node point = g.input(new Input(Input.Role.POINT, 0), Shape.of(1));
        Node column = g.input(new Input(Input.Role.COLUMN, 0), Shape.SCALAR);
        Engine engine = new Engine(Derivative.VALUE,
                new Body(g, point, g.multiply(column, g.view(point, 0, Shape.SCALAR)), Body.Over.ROWS));
        int length = Math.min(12_288, 384 * (1 + count / 6144));
        int chunks = (count + length - 1) / length;
        double[] partial = new double[chunks];
        for (int c = 0; c < chunks; c++) {
            double[] lanes = new double[8];
            for (int i = c * length; i < Math.min(count, (c + 1) * length); i++) {
                lanes[(i - c * length) % 8] += 3 * data[i];
            }
            partial[c] = ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6]))
                    + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
        }
        for (Mode mode : Mode.values()) {
            Workspace w = engine.borrow();
            engine.sum(w, new RowData.Arrays(count, 0, new double[][] {data}, new int[] {1}), new double[] {3},
                    null, null, mode, 2);
            assertEquals(tree(partial, 0, chunks), w.result()[0]);
            engine.giveBack(w);
        }
    }

    /** The left part is the largest power of two of chunks below the whole. */
    private static double tree(double[] partial, int from, int to) {
        if (to - from == 1) {
            return partial[from];
        }
        int left = Integer.highestOneBit(to - from - 1);
        return tree(partial, from, from + left) + tree(partial, from + left, to);
    }
}
