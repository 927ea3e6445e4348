package hesse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hesse.matrix.Matrix;
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
        assertArrayEquals(f.jacobian(b).transposedMultiply(f.value(b)), f.transposedJacobianVector(b, f.value(b)), 1e-12);
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
        assertEquals("the Jacobian is 2 x 2, must be 3 x 2", message(() -> f.jacobian(x, new double[3], Matrix.of(2, 2))));
        assertEquals("the vector has 3 entries, must have 2", message(() -> f.jacobianVector(x, new double[3])));
        assertEquals("the weight vector has 2 entries, must have 3", message(() -> f.transposedJacobianVector(x, new double[2])));
        assertEquals("this function reads no rows", message(() -> f.on(Rows.of(1))));
        assertEquals("rows is null; a function without rows is VectorFunction.of", message(() -> VectorFunction.perRow(1, null, (b, row) -> b)));
    }
}
