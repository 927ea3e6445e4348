package hesse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hesse.matrix.Matrix;
import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorFunctionTest {
    private static String message(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }

    /** Few and many of either: reverse and forward mode, written out and by directions. */
    @ParameterizedTest
    @CsvSource({"1,1", "1,5", "5,1", "3,4", "4,3", "40,50", "50,40", "2,100", "100,2"})
    void jacobians(int m, int n) {
        VectorFunction f = VectorFunction.of(n, x -> {
            Expr[] rows = new Expr[m];
            for (int i = 0; i < m; i++) {
                rows[i] = Functions.sin(x.times(i + 1)).sum().plus(x.get(i % n).times(x.get(0)));
            }
            return Expr.stack(rows);
        });
        double[] x = new double[n];
        double[] v = new double[n];
        for (int j = 0; j < n; j++) {
            x[j] = Math.cos(j);
            v[j] = j - 3;
        }
        double[][] expected = new double[m][n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                expected[i][j] = (i + 1) * Math.cos((i + 1) * x[j]);
            }
            expected[i][i % n] += x[0];
            expected[i][0] += x[i % n];
        }
        Matrix j = f.jacobian(x);
        double[] values = new double[m];
        Matrix again = Matrix.of(m, n);
        f.jacobian(x, values, again);
        assertArrayEquals(f.value(x), values);
        assertArrayEquals(j.data(), again.data());
        for (int i = 0; i < m; i++) {
            assertArrayEquals(expected[i], j.toArray()[i], 1e-12);
        }
        assertArrayEquals(j.multiply(v), f.jacobianVector(x, v), 1e-9);
        double[] u = f.value(x);
        assertArrayEquals(j.transposedMultiply(u), f.transposedJacobianVector(x, u), 1e-9);
        gaussNewton(f, x);
    }

    private static void gaussNewton(VectorFunction f, double[] x) {
        Matrix j = f.jacobian(x);
        double[] values = f.value(x);
        double squares = 0;
        for (double value : values) {
            squares += value * value;
        }
        double[] g = new double[f.n()];
        SymmetricMatrix h = SymmetricMatrix.of(f.n());
        SymmetricMatrix expected = SymmetricMatrix.of(f.n());
        expected.addGram(j, null);
        for (Tier tier : new Tier[] {Tier.SCALAR, Tier.LANES, Tier.FUSED}) {
            assertEquals(squares, f.with(Settings.defaults().tier(tier)).gaussNewton(x, g, h), 1e-12 * squares);
            assertClose(j.transposedMultiply(values), g);
            assertClose(expected.toPacked(), h.toPacked());
        }
    }

    private static void assertClose(double[] expected, double[] actual) {
        double size = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        assertArrayEquals(expected, actual, 1e-13 * size);
    }

    /**
     * J'J and J'F of stacked rows, by single parameters, by linear forms of a wide column, by both, and of a body too
     * large to be written out.
     */
    @Test
    void gaussNewtonOfRows() {
        Random random = new Random(1);
        int count = 1000;
        Rows rows = Rows.of(count).column("a", 9, random.doubles(9 * count, -1, 1).toArray())
                .column("y", random.doubles(count).toArray());
        double[] x = random.doubles(11, -1, 1).toArray();
        gaussNewton(VectorFunction.perRow(11, rows, (b, row) -> Functions.exp(b.get(0).times(row.get("y")))
                .times(b.get(10)).minus(row.get("a").get(3))), x);
        gaussNewton(VectorFunction.perRow(11, rows, (b, row) -> {
            Expr z = Functions.dot(row.get("a"), b.slice(1, 10));
            return Expr.stack(Functions.tanh(z.plus(b.get(0))).minus(row.get("y")), z.times(b.get(10)), b.get(4));
        }), x);
        gaussNewton(VectorFunction.perRow(11, rows, (b, row) -> {
            Expr wide = Expr.stack(row.get("a"), row.get("a").square()).transpose()
                    .matmul(Expr.stack(b, Functions.sin(b)).reshape(2, 11));
            return Functions.concat(Functions.tanh(wide).sum(0), Functions.cos(wide.transpose().matmul(wide)).sum(1));
        }), x);
        VectorFunction large = VectorFunction.perRow(11, rows.slice(0, 40), (b, row) -> {
            Expr grid = b.reshape(11, 1).matmul(Expr.constant(random.doubles(500).toArray()).reshape(1, 500));
            return Functions.sin(grid.plus(row.get("y"))).sum(1);
        });
        gaussNewton(large, x);
    }

    @Test
    void gaussNewtonRefusesOtherSizes() {
        VectorFunction f = VectorFunction.of(2, x -> x);
        assertEquals("the Hessian has 3 rows, must have 2",
                message(() -> f.gaussNewton(new double[2], new double[2], SymmetricMatrix.of(3))));
        assertEquals("the gradient array has 3 entries, must have 2",
                message(() -> f.gaussNewton(new double[2], new double[3], SymmetricMatrix.of(2))));
    }

    @Test
    void perRowStacksRows() {
        Rows rows = Rows.of(3).column("t", new double[] {1, 2, 3});
        VectorFunction f = VectorFunction.perRow(2, rows, (b, row) -> Expr.stack(
                b.get(0).times(row.get("t")), Functions.exp(b.get(1).times(row.get("t")))));
        double[] b = {2, 0.5};
        assertEquals(6, f.m());
        assertArrayEquals(new double[] {2, Math.exp(0.5), 4, Math.exp(1), 6, Math.exp(1.5)}, f.value(b), 1e-15);
        double[] expected = {1, 0, 0, Math.exp(0.5), 2, 0, 0, 2 * Math.exp(1), 3, 0, 0, 3 * Math.exp(1.5)};
        assertArrayEquals(expected, f.jacobian(b).data(), 1e-14);
        assertArrayEquals(f.jacobian(b).transposedMultiply(f.value(b)),
                f.transposedJacobianVector(b, f.value(b)), 1e-12);
        assertArrayEquals(f.jacobian(b).multiply(b), f.jacobianVector(b, b.clone()), 1e-13);
        VectorFunction last = f.on(rows.slice(2, 3));
        assertArrayEquals(new double[] {6, Math.exp(1.5)}, last.value(b), 1e-15);
        double[] weight = {1, 10};
        assertArrayEquals(last.jacobian(b).transposedMultiply(weight), last.transposedJacobianVector(b, weight), 1e-12);
    }

    @Test
    void badInput() {
        VectorFunction f = VectorFunction.of(2, x -> Expr.stack(x.get(0), x.get(1), x.get(0)));
        double[] x = new double[2];
        assertEquals("the point has 1 entries, must have 2", message(() -> f.value(new double[1])));
        assertEquals("the array of values has 2 entries, must have 3", message(() -> f.value(x, new double[2])));
        assertEquals("the Jacobian is 2 x 2, must be 3 x 2",
                message(() -> f.jacobian(x, new double[3], Matrix.of(2, 2))));
        assertEquals("the vector has 3 entries, must have 2", message(() -> f.jacobianVector(x, new double[3])));
        assertEquals("the weight vector has 2 entries, must have 3",
                message(() -> f.transposedJacobianVector(x, new double[2])));
        assertEquals("this function reads no rows", message(() -> f.on(Rows.of(1))));
        assertEquals("rows is null; a function without rows is VectorFunction.of",
                message(() -> VectorFunction.perRow(1, null, (b, row) -> b)));
    }

    /** Against the Hessian of the weighted sum written as an objective, alone and per row, on every tier. */
    @Test
    void weightedHessians() {
        double[] x = {0.7, -1.3, 0.4};
        double[] u = {2, -0.5, 3, 0.25};
        double[] t = {0.1, 0.9, -0.4, 1.7};
        Rows rows = Rows.of(4).column("t", t).column("u", u);
        Objective sum = Objective.sum(3, rows, (b, row) -> row.get("u").times(model(b, row.get("t"))));
        double[] expected = new double[3];
        SymmetricMatrix expectedHessian = SymmetricMatrix.of(3);
        double value = sum.hessian(x, expected, expectedHessian);
        for (Tier tier : Tier.values()) {
            Settings settings = Settings.defaults().tier(tier);
            VectorFunction perRow = VectorFunction.perRow(3, rows, (b, row) -> model(b, row.get("t"))).with(settings);
            VectorFunction alone = VectorFunction.of(3,
                    b -> Expr.stack(model(b, Expr.constant(t[0])), model(b, Expr.constant(t[1])),
                    model(b, Expr.constant(t[2])), model(b, Expr.constant(t[3])))).with(settings);
            for (VectorFunction f : List.of(perRow, alone)) {
                double[] g = new double[3];
                SymmetricMatrix h = SymmetricMatrix.of(3);
                assertEquals(value, f.weightedHessian(x, u, g, h), 1e-13);
                assertArrayEquals(expected, g, 1e-13);
                assertArrayEquals(expectedHessian.toPacked(), h.toPacked(), 1e-13);
            }
        }
        VectorFunction f = VectorFunction.of(3, b -> b.square());
        assertThrows(IllegalArgumentException.class,
                () -> f.weightedHessian(x, new double[2], new double[3], SymmetricMatrix.of(3)));
        assertThrows(IllegalArgumentException.class,
                () -> f.weightedHessian(x, u, new double[3], SymmetricMatrix.of(2)));
    }

    private static Expr model(Expr b, Expr t) {
        return b.get(0).times(Functions.exp(b.get(1).times(t))).plus(Functions.sin(b.get(2).times(t)))
                .plus(b.get(0).times(b.get(2)));
    }

    @Test
    void moreValuesThanAnInt() {
        Rows rows = Rows.of(Integer.MAX_VALUE);
        assertEquals(Integer.MAX_VALUE, VectorFunction.perRow(1, rows, (x, row) -> x).m());
        assertEquals("2147483647 rows of 2 values each are 4294967294 values, a function has at most 2147483647",
                assertThrows(
                IllegalArgumentException.class, () -> VectorFunction.perRow(1, rows, (x, row) -> Expr.concat(x, x)))
                .getMessage());
        VectorFunction pair = VectorFunction.perRow(1, Rows.of(1), (x, row) -> Expr.concat(x, x));
        assertThrows(IllegalArgumentException.class, () -> pair.on(rows.slice(0, 1 << 30)));
        assertEquals(Integer.MAX_VALUE - 1, pair.on(rows.slice(7, 7 + (1 << 30) - 1)).m());
    }

    /** A function of no values, as constraints are where there are none: empty arrays, and sums over nothing. */
    @Test
    void noValues() {
        double[] x = {1, 2};
        for (Tier tier : Tier.values()) {
            Settings settings = Settings.defaults().tier(tier);
            for (VectorFunction f : new VectorFunction[] {VectorFunction.of(2, y -> y.slice(1, 1)),
                    VectorFunction.of(2, y -> Expr.constant(new double[0])),
                VectorFunction.perRow(2, Rows.of(70).column("d", new double[70]), (y, row) -> y.slice(0, 0))}) {
                VectorFunction g = f.with(settings).prepare();
                assertEquals(0, g.m());
                assertEquals(0, g.value(x).length);
                assertEquals(0, g.jacobian(x).rows());
                assertEquals(2, g.jacobian(x).columns());
                assertEquals(0, g.jacobianVector(x, x).length);
                assertArrayEquals(new double[2], g.transposedJacobianVector(x, new double[0]));
                SymmetricMatrix h = SymmetricMatrix.of(2);
                h.set(1, 1, 7);
                double[] gradient = {3, 4};
                assertEquals(0, g.gaussNewton(x, gradient, h));
                assertArrayEquals(new double[2], gradient);
                assertArrayEquals(new double[3], h.toPacked());
                h.set(1, 1, 7);
                assertEquals(0, g.weightedHessian(x, new double[0], gradient, h));
                assertArrayEquals(new double[3], h.toPacked());
            }
            VectorBatch batch = VectorFunction.of(2, y -> y.slice(2, 2)).with(settings).batch().prepare();
            batch.values(new double[200], new double[0]);
            batch.jacobians(new double[200], null, new double[0]);
            batch.byComponent().jacobians(new double[200], new double[0], new double[0]);
        }
        assertThrows(IllegalArgumentException.class, () -> Objective.of(2, y -> y.slice(0, 0)));
    }

    @Test
    void arraysThatAreFilledAreTwo() {
        VectorFunction square = VectorFunction.of(2, y -> y.times(y));
        Matrix j = Matrix.of(2, 2);
        double[] x = {1, 2};
        VectorFunction one = VectorFunction.of(1, y -> y);
        Matrix small = Matrix.of(1, 1);
        assertEquals("the arrays of values and of the Jacobian are one; they must be two",
                assertThrows(IllegalArgumentException.class, () -> one.jacobian(new double[1], small.data(), small))
                .getMessage());
        assertThrows(IllegalArgumentException.class, () -> one.jacobian(small.data(), new double[1], small));
        double[] shared = new double[40];
        assertThrows(IllegalArgumentException.class, () -> one.batch().jacobians(new double[40], shared, shared));
        assertThrows(IllegalArgumentException.class, () -> one.batch().jacobians(shared, shared, new double[40]));
        square.jacobian(x, new double[2], j);
        assertArrayEquals(new double[] {2, 0, 0, 4}, j.data());
    }
}
