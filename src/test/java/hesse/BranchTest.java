package hesse;

import static hesse.Functions.abs;
import static hesse.Functions.dot;
import static hesse.Functions.equalTo;
import static hesse.Functions.exp;
import static hesse.Functions.greaterOrEqual;
import static hesse.Functions.greaterThan;
import static hesse.Functions.lessOrEqual;
import static hesse.Functions.lessThan;
import static hesse.Functions.log;
import static hesse.Functions.logSumExp;
import static hesse.Functions.max;
import static hesse.Functions.min;
import static hesse.Functions.notEqualTo;
import static hesse.Functions.select;
import static hesse.Functions.sign;
import static hesse.Functions.sqrt;
import static hesse.Functions.sum;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.matrix.SymmetricMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Branches: their edges, signed zeros, and that nothing leaks from the one not taken, in any derivative. */
class BranchTest {
    /** Checks value, gradient, symbolic Hessian and Hessian-vector products at once, and the tiers at many points. */
    static void check(Function<Expr, Expr> body, double[] x, double value, double[] gradient, double... hessian) {
        check(body, x, 0, value, gradient, hessian);
    }

    /** The same up to a relative error. */
    static void check(Function<Expr, Expr> body, double[] x, double error, double value, double[] gradient,
            double... hessian) {
        Objective f = Objective.of(x.length, body);
        String where = Arrays.toString(x);
        close(where, error, new double[] {value}, f.value(x));
        close(where + " gradient", error, gradient, f.gradient(x));
        close(where + " Hessian", error, hessian, f.hessian(x).toPacked());
        double[] again = new double[x.length];
        f.hessian(x, again, SymmetricMatrix.of(x.length));
        assertArrayEquals(f.gradient(x), again, where + " gradient given with the Hessian");
        for (int j = 0; j < x.length; j++) {
            double[] unit = new double[x.length];
            unit[j] = 1;
            close(where + " column " + j, error, f.hessian(x).multiply(unit), f.hessianVector(x, unit));
        }
        int points = 40;
        double[] many = new double[points * x.length];
        Arrays.setAll(many, i -> x[i % x.length]);
        for (Tier tier : Tier.values()) {
            double[] hessians = new double[points * hessian.length];
            double[] gradients = new double[points * x.length];
            f.with(Settings.defaults().tier(tier)).batch().hessians(many, null, gradients, hessians);
            assertArrayEquals(again, Arrays.copyOfRange(gradients, gradients.length - x.length, gradients.length),
                    where + tier);
            assertArrayEquals(f.hessian(x).toPacked(),
                    Arrays.copyOfRange(hessians, hessians.length - hessian.length, hessians.length), where + tier);
        }
    }

    private static void close(String what, double error, double[] expected, double... actual) {
        assertEquals(expected.length, actual.length, what);
        for (int i = 0; i < expected.length; i++) {
            double allowed = error * Math.abs(expected[i]) + (error == 0 ? 0 : Double.MIN_NORMAL);
            boolean same = Double.compare(expected[i], actual[i]) == 0 || expected[i] == 0 && actual[i] == 0;
            assertTrue(same || Math.abs(expected[i] - actual[i]) <= allowed,
                    what + ": " + Arrays.toString(actual) + " expected " + Arrays.toString(expected));
        }
    }

    @Test
    void selectTakesNothingFromTheOtherBranch() {
        Function<Expr, Expr> root = x -> select(greaterThan(x.get(0), 0), sqrt(x.get(0)), x.get(0).times(3));
        check(root, new double[] {4}, 2, new double[] {0.25}, -0.03125);
        check(root, new double[] {0}, 0, new double[] {3}, 0);
        check(root, new double[] {-1}, -3, new double[] {3}, 0);
        Function<Expr, Expr> log = x -> select(lessOrEqual(x.get(0), 0), 0, x.get(0).times(log(x.get(0))));
        check(log, new double[] {0}, 0, new double[] {0}, 0);
        check(log, new double[] {-2}, 0, new double[] {0}, 0);
        check(log, new double[] {1}, 0, new double[] {1}, 1);
        Function<Expr, Expr> overflow = x -> select(lessThan(x.get(0), 700), x.get(0).square(), exp(exp(x.get(0))));
        check(overflow, new double[] {10}, 100, new double[] {20}, 2);
    }

    @Test
    void nestedBranchesSharingOneValue() {
        Function<Expr, Expr> f = x -> {
            Expr root = sqrt(x.get(0));
            Expr inner = select(greaterThan(x.get(1), 0), root, root.times(2));
            return select(greaterThan(x.get(0), 0), inner, x.get(1).square());
        };
        check(f, new double[] {-1, 3}, 9, new double[] {0, 6}, 0, 0, 2);
        check(f, new double[] {0, -3}, 9, new double[] {0, -6}, 0, 0, 2);
        check(f, new double[] {4, 3}, 2, new double[] {0.25, 0}, -0.03125, 0, 0);
        check(f, new double[] {4, -3}, 4, new double[] {0.5, 0}, -0.0625, 0, 0);
    }

    @Test
    void branchesOfArrays() {
        Function<Expr, Expr> f = x -> sum(select(greaterThan(x, 0), sqrt(x), x.square()));
        check(f, new double[] {4, -1, 0}, 3, new double[] {0.25, -2, 0}, -0.03125, 0, 2, 0, 0, 2);
        Function<Expr, Expr> parts = x -> select(greaterThan(x.get(0), 0), sqrt(x).get(0), x.get(1));
        check(parts, new double[] {-1, 5}, 5, new double[] {0, 1}, 0, 0, 0);
        Function<Expr, Expr> whole = x -> select(greaterThan(x.get(0), 0), dot(sqrt(x), sqrt(x)), x.get(1).square());
        check(whole, new double[] {-1, 5}, 25, new double[] {0, 10}, 0, 0, 2);
    }

    /**
     * Adjoints of pieces are assembled before they pass through a node: where it is steep, no zero of a branch not
     * taken becomes NaN.
     */
    @Test
    void piecesOfInteriorNodesKeepTheirMasks() {
        Function<Expr, Expr> slices = x -> select(greaterThan(x.get(0), 0), sum(sqrt(x).slice(1, 3)), x.get(0).square())
                .plus(sqrt(x).get(3));
        check(slices, new double[] {-1, 0, 4, 4}, 3, new double[] {-2, 0, 0, 0.25}, 2, 0, 0, 0, 0, 0, 0,
                0, 0, -0.03125);
        Function<Expr, Expr> layer = x -> {
            Expr weights = exp(x.slice(0, 4)).negate().reshape(2, 2);
            return sum(max(x.slice(4, 6).matmul(weights).plus(x.slice(6, 8)), 0)).plus(sum(x.slice(6, 8).square()));
        };
        double[] x = {800, 1, 0, 0, 1, -3, -1, 1};
        double e = Math.E;
        check(layer, x, 1e-15, 2 + 3 - e + 1, new double[] {0, -e, 0, 3, -e, -1, -2, 3},
                0,
                0, -e,
                0, 0, 0,
                0, 0, 0, 3,
                0, -e, 0, 0, 0,
                0, 0, 0, -1, 0, 0,
                0, 0, 0, 0, 0, 0, 2,
                0, 0, 0, 0, 0, 0, 0, 2);
    }

    /** A row of data that would make NaN in the branch not taken adds nothing to the matrix of parameters either. */
    @Test
    void productsWithParametersTakeNothingFromTheOtherBranch() {
        double[] data = new double[3 * 80];
        Arrays.setAll(data, i -> i % 3 == 0 ? -1 : i / 3 % 2 == 0 ? 0 : 4);
        Rows rows = Rows.of(80).column("w", 3, data);
        Objective f = Objective.sum(9, rows, (x, row) -> {
            Expr roots = row.get("w").slice(1, 3).reciprocal();
            Expr hidden = roots.matmul(x.slice(0, 8).reshape(2, 4));
            Expr taken = select(greaterThan(row.get("w").get(1), 0), sum(max(hidden, 0)), x.get(8));
            return taken.plus(x.get(8));
        });
        double[] x = {1, 1, -1, 2, 1, 1, -1, 2, 7};
        for (Tier tier : Tier.values()) {
            Objective g = f.with(Settings.defaults().tier(tier));
            assertEquals(40 * 2 + 120 * 7, g.value(x), tier.toString());
            assertArrayEquals(new double[] {10, 10, 0, 10, 10, 10, 0, 10, 120}, g.gradient(x), tier.toString());
            assertArrayEquals(new double[45], g.hessian(x).toPacked(), tier.toString());
        }
    }

    @Test
    void valuesThatAreNaNHaveSlopesThatAre() {
        double nan = Double.NaN;
        check(x -> max(x.get(0), x.get(1)), new double[] {nan, 1}, nan, new double[] {nan, nan}, 0, 0, 0);
        check(x -> min(x.get(0), x.get(1)), new double[] {1, nan}, nan, new double[] {nan, nan}, 0, 0, 0);
        check(x -> max(log(x.get(0)), 0), new double[] {-1}, nan, new double[] {nan}, nan);
        for (Function<Expr, Expr> outside
                : List.<Function<Expr, Expr>>of(Functions::log, Functions::log2, Functions::log10,
                x -> Functions.log1p(x.minus(1)), x -> sqrt(x), x -> Functions.asin(x.minus(4)),
                x -> Functions.acos(x.times(2)),
                x -> Functions.atanh(x.times(3)), x -> Functions.acosh(x), x -> x.pow(0.5), x -> x.pow(-1.5))) {
            check(x -> outside.apply(x.get(0)), new double[] {-1}, nan, new double[] {nan}, nan);
            check(x -> outside.apply(x.get(0)).plus(x.get(1).square()), new double[] {-1, 3}, nan,
                    new double[] {nan, 6}, nan, 0, 2);
        }
    }

    @Test
    void minAndMaxTakeNothingFromTheLoser() {
        check(x -> max(sqrt(x.get(0)), 1), new double[] {0}, 1, new double[] {0}, 0);
        check(x -> min(log(x.get(0)).negate(), 7), new double[] {0}, 7, new double[] {0}, 0);
        check(x -> max(x.get(0), x.get(0).negate()).plus(min(x.get(1), 2)), new double[] {-3, 1}, 4,
                new double[] {-1, 1}, 0, 0, 0);
    }

    @Test
    void tiesAndZerosFollowTheStatedConvention() {
        check(x -> max(x.get(0), x.get(1)), new double[] {2, 2}, 2, new double[] {1, 0}, 0, 0, 0);
        check(x -> min(x.get(0), x.get(1)), new double[] {2, 2}, 2, new double[] {1, 0}, 0, 0, 0);
        check(x -> abs(x.get(0)), new double[] {0}, 0, new double[] {0}, 0);
        check(x -> abs(x.get(0)), new double[] {-0.0}, 0, new double[] {-0.0}, 0);
        check(x -> abs(x.get(0)), new double[] {-2}, 2, new double[] {-1}, 0);
        check(x -> sign(x.get(0)).times(x.get(0)), new double[] {-2}, 2, new double[] {-1}, 0);
    }

    @Test
    void signedZerosSurvive() {
        Objective same = Objective.of(1, x -> x.get(0).times(1).minus(0).dividedBy(1).negate().negate());
        assertEquals(-0.0, same.value(new double[] {-0.0}));
        Objective cleared = Objective.of(1, x -> x.get(0).plus(0));
        assertEquals(0.0, cleared.value(new double[] {-0.0}));
        Objective product = Objective.of(1, x -> x.get(0).times(0));
        assertEquals(-0.0, product.value(new double[] {-3}));
        assertEquals(Double.NaN, product.value(new double[] {Double.POSITIVE_INFINITY}));
        assertEquals(Double.NEGATIVE_INFINITY, Objective.of(1, x -> x.get(0).reciprocal()).value(new double[] {-0.0}));
    }

    @Test
    void comparisons() {
        double nan = Double.NaN;
        double[][] pairs = {{1, 2}, {2, 1}, {2, 2}, {nan, 1}, {1, nan}, {-0.0, 0.0}};
        for (double[] p : pairs) {
            VectorFunction all = VectorFunction.of(2, x -> Expr.stack(
                    lessThan(x.get(0), x.get(1)), lessOrEqual(x.get(0), x.get(1)), greaterThan(x.get(0), x.get(1)),
                    greaterOrEqual(x.get(0), x.get(1)), equalTo(x.get(0), x.get(1)), notEqualTo(x.get(0), x.get(1))));
            double[] expected = {
                p[0] < p[1] ? 1 : 0, p[0] <= p[1] ? 1 : 0, p[0] > p[1] ? 1 : 0, p[0] >= p[1] ? 1 : 0, p[0] == p[1] ? 1
                        : 0, p[0] != p[1] ? 1 : 0
            };
            assertArrayEquals(expected, all.value(p));
            assertArrayEquals(new double[12], all.jacobian(p).data());
        }
    }

    @Test
    void powerOfZero() {
        check(x -> x.get(0).pow(x.get(1)), new double[] {0, 2}, 0, new double[] {0, 0}, 2, 0, 0);
        check(x -> x.get(0).pow(2), new double[] {0}, 0, new double[] {0}, 2);
        check(x -> x.get(0).pow(0), new double[] {0}, 1, new double[] {0}, 0);
        check(x -> x.get(0).pow(3), new double[] {0}, 0, new double[] {0}, 0);
    }

    @Test
    void logSumExpOfInfinities() {
        double infinity = Double.POSITIVE_INFINITY;
        Objective f = Objective.of(2, x -> logSumExp(x));
        assertEquals(-infinity, f.value(new double[] {-infinity, -infinity}));
        assertEquals(infinity, f.value(new double[] {infinity, 1}));
        assertArrayEquals(new double[] {0, 0}, f.gradient(new double[] {-infinity, -infinity}));
        assertArrayEquals(new double[] {0, 1}, f.gradient(new double[] {-infinity, 0}));
        assertEquals(1000, f.value(new double[] {1000, -1000}));
        assertArrayEquals(new double[] {1, 0}, f.gradient(new double[] {1000, -1000}));
        assertEquals(Double.NaN, f.value(new double[] {Double.NaN, 1}));
    }
}
