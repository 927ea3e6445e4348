package hesse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExprTest {
    private static final double[] X = {1, 2, 3, 4, 5, 6};

    /** The value of a body at 1, 2, ..., 6. */
    private static double[] of(Function<Expr, Expr> body) {
        return VectorFunction.of(6, body).value(X);
    }

    private static String message(Function<Expr, Expr> body) {
        return assertThrows(IllegalArgumentException.class, () -> of(body)).getMessage();
    }

    @Test
    void partsAndShapes() {
        assertArrayEquals(new double[] {3}, of(x -> x.get(2)));
        assertArrayEquals(new double[] {4, 5, 6}, of(x -> x.reshape(2, 3).get(1)));
        assertArrayEquals(new double[] {6}, of(x -> x.reshape(2, 3).get(1, 2)));
        assertArrayEquals(new double[] {3, 4}, of(x -> x.slice(2, 4)));
        assertArrayEquals(new double[] {3, 4, 5, 6}, of(x -> x.reshape(3, 2).slice(1, 3)));
        assertArrayEquals(new double[] {1, 4, 2, 5, 3, 6}, of(x -> x.reshape(2, 3).transpose()));
        assertArrayEquals(new double[] {1, 3, 5, 2, 4, 6}, of(x -> x.reshape(3, 2, 1).transpose()));
        assertArrayEquals(new double[] {1, 4}, of(x -> Expr.stack(x.get(0), x.get(3))));
        assertArrayEquals(new double[] {1, 2, 5, 6, 4},
                of(x -> Expr.concat(x.slice(0, 2), x.slice(4, 6), x.slice(3, 4))));
        assertArrayEquals(new double[] {5, 7, 9}, of(x -> x.reshape(2, 3).sum(0)));
        assertArrayEquals(new double[] {6, 15}, of(x -> x.reshape(2, 3).sum(1)));
        assertArrayEquals(new double[] {21}, of(Expr::sum));
        assertArrayEquals(new double[] {3.5}, of(Functions::mean));
        assertArrayEquals(new double[] {2, 5}, of(x -> Functions.mean(x.reshape(2, 3), 1)));
        assertArrayEquals(new int[] {2, 3}, Expr.constant(new double[][] {{1, 2, 3}, {4, 5, 6}}).shape());
        assertEquals("Expr[2, 3]", Expr.constant(new double[][] {{1, 2, 3}, {4, 5, 6}}).toString());
    }

    @Test
    void products() {
        assertArrayEquals(new double[] {91}, of(x -> x.dot(x)));
        assertArrayEquals(new double[] {14, 32, 32, 77}, of(x -> x.reshape(2, 3).matmul(x.reshape(2, 3).transpose())));
        assertArrayEquals(new double[] {14, 32}, of(x -> x.reshape(2, 3).matmul(x.slice(0, 3))));
        assertArrayEquals(new double[] {9, 12, 15}, of(x -> x.slice(0, 2).matmul(x.reshape(2, 3))));
        assertArrayEquals(new double[] {1, 2, 2, 4},
                of(x -> x.slice(0, 2).reshape(2, 1).matmul(x.slice(0, 2).reshape(1, 2))));
    }

    @Test
    void broadcasting() {
        assertArrayEquals(new double[] {2, 4, 6, 5, 7, 9}, of(x -> x.reshape(2, 3).plus(x.slice(0, 3))));
        assertArrayEquals(new double[] {1, 2, 3, 8, 10, 12},
                of(x -> x.reshape(2, 3).times(x.slice(0, 2).reshape(2, 1))));
        assertArrayEquals(new double[] {2, 3, 4, 3, 4, 5}, of(x -> x.slice(0, 2).reshape(2, 1).plus(x.slice(0, 3))));
        assertArrayEquals(new double[] {3, 4, 5, 6, 7, 8}, of(x -> x.plus(2)));
        assertArrayEquals(new double[] {1, 1, 0, 0, 0, 0}, of(x -> Functions.lessThan(x, 3)));
        assertArrayEquals(new double[] {5, 2, 5, 4, 5, 6},
                of(x -> Functions.select(Expr.constant(new double[] {1, 0, 1, 0, 0, 0}), 5, x)));
    }

    @Test
    void errorsNameBothShapes() {
        assertEquals("add: shapes do not match: [6] [4]", message(x -> x.plus(x.slice(0, 4))));
        assertEquals("multiply: shapes do not match: [2, 3] [2]", message(x -> x.reshape(2, 3).times(x.slice(0, 2))));
        assertEquals("matmul: shapes [2, 3] and [2] do not match: 3 columns, 2 rows",
                message(x -> x.reshape(2, 3).matmul(x.slice(0, 2))));
        assertEquals("matmul: shapes [] and [6], each must have rank 1 or 2", message(x -> x.get(0).dot(x)));
        assertEquals("stack: shapes [] and [6] differ", message(x -> Expr.stack(x.get(0), x)));
        assertEquals("concat: shapes [6] and [] do not join along the first axis (use stack for scalars)",
                message(x -> Expr.concat(x, x.get(0))));
        assertEquals("reshape: [6] has 6 entries, [2, 2] has 4", message(x -> x.reshape(2, 2)));
        assertEquals("index 6 outside 0..5 of axis 0, shape [6]", message(x -> x.get(6)));
        assertEquals("get(0, 1) needs rank 2, the shape is [6]", message(x -> x.get(0, 1)));
        assertEquals("slice 4 to 7 of an axis of 6 entries, shape [6]", message(x -> x.slice(4, 7)));
        assertEquals("axis 1 of shape [6]", message(x -> x.sum(1)));
        assertEquals("stack of no expressions", message(x -> Expr.stack()));
        assertEquals("negative extent in shape [-2, -3]", message(x -> x.reshape(-2, -3)));
        assertEquals("row 1 has 1 entries, row 0 has 2", assertThrows(IllegalArgumentException.class,
                () -> Expr.constant(new double[][] {{1, 2}, {3}})).getMessage());
    }

    @Test
    void theErrorComesFromTheLineThatBuilds() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Objective.of(3, x -> {
            Expr good = x.slice(0, 2);
            return good.plus(x).sum();
        }));
        assertTrue(Arrays.stream(e.getStackTrace())
                .anyMatch(frame -> frame.getClassName().startsWith(ExprTest.class.getName())));
    }

    @Test
    void constantsMayBeMadeAnywhereAndSharedByFunctions() {
        Expr two = Expr.constant(2);
        Expr sum = two.plus(Expr.constant(new double[] {1, 2, 3}));
        assertArrayEquals(new double[] {3, 8, 15},
                VectorFunction.of(3, x -> sum.times(x)).value(new double[] {1, 2, 3}));
        assertArrayEquals(new double[] {6, 8, 10}, VectorFunction.of(3, x -> x.times(0).plus(sum.times(two)))
                .value(new double[3]));
        assertEquals(2, Objective.of(1, x -> two).value(new double[1]));
        assertArrayEquals(new double[] {0}, Objective.of(1, x -> two).gradient(new double[1]));
    }

    @Test
    void expressionsStayInTheirBody() {
        AtomicReference<Expr> leaked = new AtomicReference<>();
        Objective.of(1, x -> {
            leaked.set(x.get(0));
            return x.get(0);
        });
        String closed = assertThrows(IllegalStateException.class, () -> leaked.get().plus(1)).getMessage();
        assertTrue(closed.contains("already built"), closed);
        assertThrows(IllegalStateException.class, () -> Objective.of(1, x -> leaked.get()));
        String mixed = assertThrows(IllegalArgumentException.class, () -> Objective.of(1, x -> {
            Objective.of(1, y -> y.get(0).plus(x.get(0)));
            return x.get(0);
        })).getMessage();
        assertTrue(mixed.contains("two functions"), mixed);
    }

    @Test
    void aBodyRunsInOneThread() {
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> Objective.of(1, x -> {
            AtomicReference<RuntimeException> thrown = new AtomicReference<>();
            Thread other = new Thread(() -> {
                try {
                    x.plus(1);
                } catch (RuntimeException failure) {
                    thrown.set(failure);
                }
            });
            other.start();
            try {
                other.join();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
            throw thrown.get();
        }));
        assertTrue(e.getMessage().startsWith("a body runs in one thread"), e.getMessage());
    }

    /**
     * Chains of constants outside a body cost their length: at twice the length the graphs hold twice the nodes, not
     * four times.
     */
    @Test
    void chainsOfConstants() {
        for (int length : new int[] {1, 63, 64, 65, 66, 200, 20_000}) {
            Expr sum = Expr.constant(new double[] {0, 1});
            Expr other = Expr.constant(new double[] {1, 0});
            Expr step = Expr.constant(new double[] {1, 2});
            for (int i = 0; i < length; i++) {
                sum = sum.plus(step);
                other = other.times(step).plus(sum).minus(sum); // two chains that meet
            }
            Expr last = sum;
            int nodes = last.trace().graph().size();
            assertTrue(nodes <= 4 * length + 200, length + " steps: " + nodes + " nodes");
            assertEquals(3L * length + 1, (long) Objective.of(1, x -> Functions.sum(last)).value(new double[1]));
        }
    }

    /**
     * A constant of a long history that a body uses often is copied once, and one that is used for ever keeps nothing
     * alive.
     */
    @Test
    void constantsThatAreUsedOften() {
        Expr chain = Expr.constant(new double[] {1, 1});
        for (int i = 0; i < 10_000; i++) {
            chain = chain.plus(Expr.constant(new double[] {i, 1}));
        }
        Expr constant = chain;
        Objective f = Objective.of(1, x -> {
            Expr sum = Expr.constant(0);
            for (int i = 0; i < 10_000; i++) {
                sum = sum.plus(Functions.sum(constant.times(x.get(0)).plus(i)));
            }
            return sum;
        });
        assertTrue(f.programs().getFirst().body().graph().size() < 100_000);
        Expr one = Expr.constant(new double[] {1, 2});
        for (int i = 0; i < 10_000; i++) {
            Expr used = one.times(i);
            assertTrue(used.trace().graph().size() < 400 && one.trace().graph().size() < 400, i + " uses");
        }
    }

    /** Constants are shared by threads, which extend the same graph. */
    @Test
    void threadsShareConstants() {
        Expr shared = Expr.constant(new double[] {1, 2, 3});
        double[] sums = IntStream.range(0, 64).parallel().mapToDouble(k -> {
            Expr sum = shared;
            for (int i = 0; i < 50; i++) {
                sum = sum.plus(shared.times(k));
            }
            Expr last = sum;
            return Objective.of(1, x -> Functions.sum(last)).value(new double[1]);
        }).toArray();
        for (int k = 0; k < 64; k++) {
            assertEquals(6 + 300.0 * k, sums[k], "thread " + k);
        }
    }
}
