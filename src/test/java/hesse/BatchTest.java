package hesse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BatchTest {
    private static final double[] POINTS = {-1.2, 1, 0.5, 2, 3, -4};

    private static void check(Objective f) {
        double[] values = new double[3];
        double[] gradients = new double[6];
        double[] hessians = new double[9];
        f.batch().values(POINTS, values);
        f.batch().gradients(POINTS, gradients);
        f.batch().hessians(POINTS, hessians);
        double[] values2 = new double[3];
        double[] gradients2 = new double[6];
        double[] hessians2 = new double[9];
        f.batch().hessians(POINTS, values2, gradients2, hessians2);
        for (int k = 0; k < 3; k++) {
            double[] x = Arrays.copyOfRange(POINTS, 2 * k, 2 * k + 2);
            assertEquals(f.value(x), values[k]);
            assertArrayEquals(f.gradient(x), Arrays.copyOfRange(gradients, 2 * k, 2 * k + 2));
            assertArrayEquals(f.hessian(x).toPacked(), Arrays.copyOfRange(hessians, 3 * k, 3 * k + 3));
        }
        assertArrayEquals(values, values2);
        assertArrayEquals(hessians, hessians2);
        double[] values3 = new double[3];
        f.batch().gradients(POINTS, values3, gradients2);
        assertArrayEquals(values, values3);
        assertArrayEquals(gradients, gradients2);
    }

    @Test
    void equalsPointByPoint() {
        check(ObjectiveTest.ROSENBROCK);
        check(ObjectiveTest.logistic(ObjectiveTest.rows(30, 2), 2).plus(ObjectiveTest.ROSENBROCK.times(3)));
    }

    @Test
    void noPoints() {
        ObjectiveTest.ROSENBROCK.batch().hessians(new double[0], new double[0], new double[0], new double[0]);
    }

    @Test
    void badInput() {
        Batch batch = ObjectiveTest.ROSENBROCK.batch();
        assertEquals("the points have 5 entries, not a multiple of n = 2",
                assertThrows(IllegalArgumentException.class, () -> batch.values(new double[5], new double[2])).getMessage());
        assertEquals("the array of values has 2 entries, 3 points need 3",
                assertThrows(IllegalArgumentException.class, () -> batch.values(POINTS, new double[2])).getMessage());
        assertEquals("the array of gradients has 3 entries, 3 points need 6",
                assertThrows(IllegalArgumentException.class, () -> batch.gradients(POINTS, new double[3])).getMessage());
        assertEquals("the array of Hessians has 12 entries, 3 points need 9",
                assertThrows(IllegalArgumentException.class, () -> batch.hessians(POINTS, new double[12])).getMessage());
        assertThrows(IllegalArgumentException.class, () -> batch.gradients(POINTS, POINTS));
    }
}
