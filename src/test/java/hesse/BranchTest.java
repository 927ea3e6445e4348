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

import java.util.Arrays;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Branches: their edges, signed zeros, and that nothing leaks from the one not taken, in any derivative. */
class BranchTest {
    /** Checks value, gradient, symbolic Hessian and Hessian-vector products at once. */
    private static void check(Function<Expr, Expr> body, double[] x, double value, double[] gradient, double... hessian) {
        Objective f = Objective.of(x.length, body);
        String where = Arrays.toString(x);
        assertEquals(value, f.value(x), where);
        assertArrayEquals(gradient, f.gradient(x), where);
        assertArrayEquals(hessian, f.hessian(x).toPacked(), where);
        for (int j = 0; j < x.length; j++) {
            double[] unit = new double[x.length];
            unit[j] = 1;
            assertArrayEquals(f.hessian(x).multiply(unit), f.hessianVector(x, unit), 0.0, where + " column " + j);
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

    @Test
    void minAndMaxTakeNothingFromTheLoser() {
        check(x -> max(sqrt(x.get(0)), 1), new double[] {0}, 1, new double[] {0}, 0);
        check(x -> min(log(x.get(0)).negate(), 7), new double[] {0}, 7, new double[] {0}, 0);
        check(x -> max(x.get(0), x.get(0).negate()).plus(min(x.get(1), 2)), new double[] {-3, 1}, 4, new double[] {-1, 1}, 0, 0, 0);
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
                p[0] < p[1] ? 1 : 0, p[0] <= p[1] ? 1 : 0, p[0] > p[1] ? 1 : 0, p[0] >= p[1] ? 1 : 0, p[0] == p[1] ? 1 : 0, p[0] != p[1] ? 1 : 0
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
        assertEquals(1000, f.value(new double[] {1000, -1000}));
        assertArrayEquals(new double[] {1, 0}, f.gradient(new double[] {1000, -1000}));
        assertEquals(Double.NaN, f.value(new double[] {Double.NaN, 1}));
    }
}
