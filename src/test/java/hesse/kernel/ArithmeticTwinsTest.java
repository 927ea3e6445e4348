package hesse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hesse.Allocation;
import hesse.kernel.function.Elementary;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Arithmetic of blocks gives the bits of the operations' scalar values, see {@link Twins}, cold and hot. */
class ArithmeticTwinsTest {
    private static final int SIZE = 4096;
    /** Where blocks lie in d: two operands, a result, and a third operand. */
    private static final int A = 0;
    private static final int B = SIZE;
    private static final int TO = 2 * SIZE;
    private static final int C = 3 * SIZE;

    private final double[] d = new double[4 * SIZE];

    private interface OfBlocks {
        void fill(double[] d, int to, int a, int b, int n);
    }

    @BeforeAll
    static void vectors() {
        Twins.requireTheWidthThatWasAskedFor();
    }

    @Test
    void operationsOfTwo() {
        Random random = new Random(5);
        double[] x = random.doubles(1000).map(v -> v * Math.pow(2, random.nextInt(40) - 20)).toArray();
        double[] y = random.doubles(1000, -20, 20).toArray();
        for (int round = 0; round < 2; round++) {
            check(Arithmetic::strongProduct, Elementary::strongProduct, x, y);
            for (double t : new double[] {0, -0.0, 1, Double.NaN, Double.POSITIVE_INFINITY}) {
                Arrays.fill(d, C, C + SIZE, t);
                check((blocks, to, a, b, n) -> Arithmetic.unlessInfinite(blocks, to, a, C, b, n),
                        (a, b) -> Elementary.unlessInfinite(a, t, b), x, y);
            }
            check(Arithmetic::within, Elementary::within, x, y);
            for (int power : new int[] {-40, -3, -2, 3, 17}) {
                check((blocks, to, a, b, n) -> Arithmetic.power(blocks, to, a, power, n),
                        (a, b) -> Elementary.power(a, power), x, y);
            }
            Twins.special(x, y);
        }
    }

    @Test
    void sigmoid() {
        double[] x = Twins.arguments();
        double[] e = Arrays.stream(x).map(Elementary::expMinusAbs).toArray();
        check(Arithmetic::sigmoid, Elementary::sigmoid, x, e);
        assertEquals(0, Allocation.least(500, () -> Arithmetic.sigmoid(d, TO, A, B, 512)));
        check(Arithmetic::sigmoid, Elementary::sigmoid, x, e);
    }

    private void check(OfBlocks vectors, DoubleBinaryOperator scalar, double[] x, double[] y) {
        int n = x.length / 8 * 8;
        System.arraycopy(x, 0, d, A, n);
        System.arraycopy(y, 0, d, B, n);
        vectors.fill(d, TO, A, B, n);
        for (int i = 0; i < n; i++) {
            assertEquals(scalar.applyAsDouble(x[i], y[i]), d[TO + i], x[i] + ", " + y[i]);
        }
    }
}
