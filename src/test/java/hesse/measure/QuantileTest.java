package hesse.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Order statistics of one value, of even and of odd numbers of values. */
class QuantileTest {
    @Test
    void medians() {
        assertEquals(7, Quantile.median(new double[] {7}));
        assertEquals(2.5, Quantile.median(new double[] {4, 1, 3, 2}));
        assertEquals(3, Quantile.median(new double[] {5, 1, 3}));
    }

    @Test
    void lowerQuartilesLieBetweenTwoValues() {
        assertEquals(7, Quantile.lowerQuartile(new double[] {7}));
        assertEquals(1.75, Quantile.lowerQuartile(new double[] {4, 1, 3, 2}));
        assertEquals(2, Quantile.lowerQuartile(new double[] {5, 4, 3, 2, 1}));
    }

    @Test
    void theValuesStayAsTheyAre() {
        double[] values = {3, 1, 2};
        Quantile.median(values);
        Quantile.lowerQuartile(values);
        assertArrayEquals(new double[] {3, 1, 2}, values);
    }
}
