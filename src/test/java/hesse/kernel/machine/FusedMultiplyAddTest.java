package hesse.kernel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The emulated multiply-add against {@link Math#fma}, which is right by specification, by bits; NaN equals NaN. */
class FusedMultiplyAddTest {
    private static final long SEED = Long.getLong("hesse.test.seed", 19);
    /** Per kind of numbers; decimal arithmetic takes a microsecond or two each. */
    private static final int COUNT = FusedMultiplyAdd.IN_HARDWARE ? 2_000_000 : 20_000;

    private static void check(double a, double b, double c) {
        double expected = Math.fma(a, b, c);
        double actual = FusedMultiplyAdd.emulated(a, b, c);
        if (Double.doubleToLongBits(expected) != Double.doubleToLongBits(actual)) {
            assertEquals(expected, actual,
                    "fma(" + Double.toHexString(a) + ", " + Double.toHexString(b) + ", " + Double.toHexString(c)
                    + "), seed " + SEED);
        }
    }

    /** With the neighbours of c, where ties and roundings turn. */
    private static void around(double a, double b, double c) {
        check(a, b, c);
        check(a, b, -c);
        check(a, b, Math.nextUp(c));
        check(a, b, Math.nextDown(c));
    }

    /** A number of a random exponent in a range and up to so many significant bits. */
    private static double number(Random random, int from, int to, int bits) {
        long mantissa = 1L << 52 | random.nextLong() >>> 12;
        mantissa = mantissa >>> 53 - bits << 53 - bits;
        double size = Math.scalb((double) mantissa, random.nextInt(from, to + 1) - 52);
        return random.nextBoolean() ? size : -size;
    }

    @Test
    void anyBits() {
        Random random = new Random(SEED);
        for (int i = 0; i < COUNT; i++) {
            check(Double.longBitsToDouble(random.nextLong()), Double.longBitsToDouble(random.nextLong()),
                    Double.longBitsToDouble(random.nextLong()));
        }
    }

    /** Exponents around 0, at both ends and beyond them, the product's and c's as far apart as their bits can meet. */
    @Test
    void exponents() {
        Random random = new Random(SEED + 1);
        int[] products = IntStream.of(0, 100, -100, 995, 1020, 1021, 1022, 1023, 1024, 1025, -960, -966, -967, -968,
                -969, -970, -971, -1000, -1020,
                -1021, -1022, -1023, -1024, -1030, -1060, -1072, -1073, -1074, -1075, -1076, -1077, -1080, -1130, -1200)
                .toArray();
        for (int i = 0; i < COUNT; i++) {
            int product = products[random.nextInt(products.length)];
            int left = random.nextInt(Math.max(-1074, product - 1023), Math.min(1023, product + 1074) + 1);
            int third = Math.clamp(product + random.nextInt(-115, 116), -1074, 1023);
            int bits = random.nextInt(4) == 0 ? random.nextInt(1, 54) : 53;
            check(number(random, left, left, bits), number(random, product - left, product - left, bits),
                    number(random, third, third, bits));
        }
    }

    /** Products of few bits, and a summand whose last bit is half of the sum's last, or beside it. */
    @Test
    void ties() {
        Random random = new Random(SEED + 2);
        for (int i = 0; i < COUNT / 4; i++) {
            int scale = random.nextInt(3) == 0 ? random.nextInt(-560, -480) : random.nextInt(-20, 20);
            double a = number(random, scale, scale, random.nextInt(1, 54));
            double b = number(random, scale, scale, random.nextInt(1, 30));
            double product = a * b;
            around(a, b, Math.ulp(product) / 2);
            around(a, b, Math.scalb(product, random.nextInt(50, 57)));
            around(a, b, product * 0x1p53 + product);
            // (1 + u)(1 + v) + w with a tie in the product's own rounding
            around(1 + random.nextInt(8) * 0x1p-27, 1 + random.nextInt(8) * 0x1p-27,
                    random.nextInt(4) * 0x1p-54 + random.nextInt(3) * 0x1p-106);
        }
    }

    /** c near -a b: what is left is the product's error, or a few of its last bits. */
    @Test
    void cancellations() {
        Random random = new Random(SEED + 3);
        for (int i = 0; i < COUNT / 4; i++) {
            int scale = random.nextInt(3) == 0 ? random.nextInt(-545, -470) : random.nextInt(-480, 500);
            double a = number(random, scale - 20, scale + 20, random.nextInt(20, 54));
            double b = number(random, scale - 20, scale + 20, random.nextInt(20, 54));
            double c = -(a * b);
            around(a, b, c);
            check(a, b, c + random.nextInt(-9, 10) * Math.ulp(c));
            check(a, b, c * (1 + number(random, -60, -1, 53)));
        }
    }

    /** All triples of what is special, and of the bounds between the ways to compute. */
    @Test
    void specialValues() {
        double[] sizes = {0, Double.MIN_VALUE, 3 * Double.MIN_VALUE, 0x1p-1023, 0x0.fffffffffffffp-1022,
                Double.MIN_NORMAL, 0x1.8p-1022, 0x1p-968, 0x1p-538, 0x1p-537,
                0x1p-511, 0x1p-53, 0x1p-27, 0.1, 0.5, 1 - 0x1p-53, 1, 1 + 0x1p-52, 3, 0x1p27 + 1, 0x1p511, 0x1p512,
                0x1.fffffffffffffp994, 0x1p995, 0x1p1021, 0x1p1023,
                Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NaN};
        double[] all = IntStream.range(0, 2 * sizes.length).mapToDouble(i -> i % 2 == 0 ? sizes[i / 2] : -sizes[i / 2])
                .toArray();
        for (double a : all) {
            for (double b : all) {
                for (double c : all) {
                    check(a, b, c);
                }
                if (Double.isFinite(a * b)) {
                    around(a, b, a * b);
                }
            }
        }
    }

    @Test
    void theChoiceHasTheSameBits() {
        assertEquals(Math.fma(0.1, 10, -1), FusedMultiplyAdd.fma(0.1, 10, -1));
        assertEquals(0x1p-54, FusedMultiplyAdd.emulated(0.1, 10, -1));
    }
}
