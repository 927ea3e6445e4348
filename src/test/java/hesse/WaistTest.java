package hesse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hesse.matrix.SymmetricMatrix;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Sums whose rows see the point through linear forms of data columns: the same derivatives as of the same function with
 * the forms written out entry by entry, which take the other path.
 */
class WaistTest {
    private static final int K = 9;
    private static final int COUNT = 1000;

    /** How a body takes inner products of a data column with parameters. */
    private interface Form {
        Expr of(Expr a, Expr b);

        /** With all rows of a matrix. */
        Expr all(Expr column, Expr matrix);

        /** With all columns of a matrix. */
        Expr allTransposed(Expr column, Expr matrix);
    }

    private static final Form BY_PRODUCTS = new Form() {
        @Override
        public Expr of(Expr a, Expr b) {
            return Functions.dot(a, b);
        }

        @Override
        public Expr all(Expr column, Expr matrix) {
            return matrix.matmul(column);
        }

        @Override
        public Expr allTransposed(Expr column, Expr matrix) {
            return column.reshape(1, column.size()).matmul(matrix).reshape(matrix.shape()[1]);
        }
    };

    private static final Form WRITTEN_OUT = new Form() {
        @Override
        public Expr of(Expr a, Expr b) {
            Expr sum = a.get(0).times(b.get(0));
            for (int i = 1; i < a.size(); i++) {
                sum = sum.plus(a.get(i).times(b.get(i)));
            }
            return sum;
        }

        @Override
        public Expr all(Expr column, Expr matrix) {
            Expr[] rows = new Expr[matrix.shape()[0]];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = of(column, matrix.get(i));
            }
            return Expr.stack(rows);
        }

        @Override
        public Expr allTransposed(Expr column, Expr matrix) {
            return all(column, matrix.transpose());
        }
    };

    enum Model {
        LOGISTIC(K, (x, row, form) -> {
            Expr z = form.of(row.get("a"), x);
            return Functions.softplus(z).minus(row.get("y").times(z));
        }),
        WITH_INTERCEPT_AND_SCALE(K + 2, (x, row, form) -> {
            Expr z = form.of(row.get("a"), x.slice(1, K + 1)).plus(x.get(0));
            Expr scale = Functions.exp(x.get(K + 1));
            return Functions.log1p(Functions.square(z.minus(row.get("y")).dividedBy(scale))).plus(x.get(K + 1));
        }),
        TWO_COLUMNS(K + 7, (x, row, form) -> Functions.sin(form.of(row.get("a"), x.slice(0, K)))
                .times(Functions.exp(form.of(x.slice(K, K + 7), row.get("b")).times(0.1)))),
        OVERLAPPING(K, (x, row, form) -> Functions.tanh(form.of(row.get("a"), x))
        .times(Functions.sin(form.of(row.get("b"), x.slice(1, 8))))
                .plus(x.get(3).times(form.of(row.get("b"), x.slice(2, 9))).times(row.get("y")))),
        SAME_COLUMN_TWICE(2 * K, (x, row, form) -> Functions.sin(form.of(row.get("a"), x.slice(0, K)))
        .times(Functions.cos(form.of(row.get("a"), x.slice(K, 2 * K))))),
        SAME_FORM_TWICE(K,
        (x, row, form) -> form.of(row.get("a"), x).times(Functions.sin(form.all(row.get("a"), x.reshape(1, K)).sum()))),
        SOFTMAX(3 * K, (x, row, form) -> {
            Expr z = Expr.stack(form.of(row.get("a"), x.slice(0, K)), form.of(row.get("a"), x.slice(K, 2 * K)),
                    form.of(row.get("a"), x.slice(2 * K, 3 * K)));
            return Functions.logSumExp(z).minus(z.get(1));
        }),
        SOFTMAX_BY_ROWS(3 * K, (x, row, form) -> {
            Expr z = form.all(row.get("a"), x.reshape(3, K));
            return Functions.logSumExp(z).minus(z.get(1));
        }),
        SOFTMAX_BY_COLUMNS(3 * K, (x, row, form) -> {
            Expr z = form.allTransposed(row.get("a"), x.reshape(K, 3));
            return Functions.logSumExp(z).minus(z.get(1).times(row.get("y")));
        }),
        FIVE_CLASSES_BY_ROWS(5 * K, (x, row, form) -> {
            Expr z = form.all(row.get("a"), x.reshape(5, K));
            return Functions.logSumExp(z).minus(z.get(4).times(row.get("y")));
        }),
        FIVE_CLASSES_BY_COLUMNS(5 * K + 1, (x, row, form) -> {
            Expr z = form.allTransposed(row.get("a"), x.slice(1, 5 * K + 1).reshape(K, 5));
            return Functions.logSumExp(z).minus(z.get(1).times(row.get("y")).times(x.get(0)));
        }),
        NET(6 * K + 6 + 6 * 5, (x, row, form) -> {
            Expr hidden = Functions.tanh(form.allTransposed(row.get("a"), x.slice(0, 6 * K).reshape(K, 6))
                    .plus(x.slice(6 * K, 6 * K + 6)));
            Expr z = form.allTransposed(hidden, x.slice(6 * K + 6, 6 * K + 36).reshape(6, 5));
            return Functions.logSumExp(z).minus(z.get(2).times(row.get("y")));
        }),
        DEEP_NET_BY_ROWS(6 * K + 6 * 6 + 18 * 6 + 18, (x, row, form) -> {
            Expr first = Functions.tanh(form.all(row.get("a"), x.slice(0, 6 * K).reshape(6, K)));
            Expr second = Functions.sin(form.all(first, x.slice(6 * K, 6 * K + 36).reshape(6, 6)).plus(first));
            Expr third = Functions.tanh(form.all(second, x.slice(6 * K + 36, 6 * K + 144).reshape(18, 6)));
            return Functions.square(Functions.dot(third, x.slice(6 * K + 144, 6 * K + 162)).minus(row.get("y")));
        }),
        LINEAR(K, (x, row, form) -> form.of(row.get("a"), x).times(3).minus(x.get(2))),
        RIDGE_IN_THE_BODY(K, (x, row, form) -> Functions.square(form.of(row.get("a"), x).minus(row.get("y")))
        .plus(Functions.square(x).sum().times(1e-3)));

        private interface Body {
            Expr at(Expr x, Row row, Form form);
        }

        private final int n;
        private final Body body;

        Model(int n, Body body) {
            this.n = n;
            this.body = body;
        }

        BiFunction<Expr, Row, Expr> with(Form form) {
            return (x, row) -> body.at(x, row, form);
        }
    }

    private static Rows rows() {
        Random random = new Random(1);
        return Rows.of(COUNT).column("a", K, random.doubles(COUNT * K, -1, 1).toArray())
                .column("b", 7, random.doubles(COUNT * 7, -1, 1).toArray())
                .column("y", random.doubles(COUNT, -1, 1).toArray());
    }

    @ParameterizedTest
    @EnumSource
    void sameDerivativesAsWrittenOut(Model model) {
        Rows rows = rows();
        double[] x = new Random(2).doubles(model.n, -1, 1).toArray();
        double[] v = new Random(3).doubles(model.n, -1, 1).toArray();
        Objective f = Objective.sum(model.n, rows, model.with(BY_PRODUCTS));
        Objective plain = Objective.sum(model.n, rows, model.with(WRITTEN_OUT));
        double[] g = new double[model.n];
        SymmetricMatrix h = SymmetricMatrix.of(model.n);
        double value = f.hessian(x, g, h);
        double[] expectedG = new double[model.n];
        SymmetricMatrix expectedH = SymmetricMatrix.of(model.n);
        double expected = plain.hessian(x, expectedG, expectedH);
        double[] expectedHv = plain.hessianVector(x, v);
        assertEquals(expected, value, 1e-11 * Math.abs(expected));
        assertArrayEquals(expectedG, g, 1e-10);
        assertArrayEquals(expectedH.toPacked(), h.toPacked(), 1e-10);
        assertArrayEquals(expectedHv, f.hessianVector(x, v), 1e-10);
        assertEquals(value, f.gradient(x, expectedG), 1e-11 * Math.abs(expected));
        assertArrayEquals(expectedG, g, 1e-10);
        double[] u = new Random(4).doubles(COUNT, -1, 1).toArray();
        assertArrayEquals(VectorFunction.perRow(model.n, rows, model.with(WRITTEN_OUT)).transposedJacobianVector(x, u),
                VectorFunction.perRow(model.n, rows, model.with(BY_PRODUCTS)).transposedJacobianVector(x, u), 1e-10);
        TiersTest.same(model.n, rows, model.with(BY_PRODUCTS), 7);
    }
}
