package hesse.kernel.machine;

/**
 * a b + c rounded once, everywhere by the same bits. Where the processor has the instruction, {@link Math#fma} is it,
 * and C2 folds the choice away; elsewhere {@link Math#fma} is decimal arithmetic of microseconds, and the sum is made
 * of some 50 operations of doubles: exact product and sums as pairs, the small parts added by rounding to odd, so that
 * the last addition alone rounds (Boldo and Melquiond, Emulation of FMA and correctly rounded sums: proved algorithms
 * using rounding to odd, IEEE Transactions on Computers 57(4), 2008). At the ends of the range, where a pair would lose
 * bits or overflow, integers take over.
 */
public final class FusedMultiplyAdd {
    /** Whether {@link Math#fma} is one instruction. */
    public static final boolean IN_HARDWARE = isFast();

    /** Products from this size on have an error that is a double: no bit of it lies below the least double. */
    private static final double LEAST_PRODUCT = 0x1p-968;
    /** Products and summands below this size do not overflow on the way. */
    private static final double LARGEST_TERM = 0x1p1021;
    /** Factors below this size can be split. */
    private static final double LARGEST_FACTOR = 0x1p995;
    /** Splits a double into two of 26 bits (Dekker 1971). */
    private static final double SPLITTER = 0x1p27 + 1;

    /** The exponent of the least double, which is that of the last bit of all subnormal numbers. */
    private static final int LEAST_EXPONENT = -1074;

    /** The shortest of so many attempts of so many calls is told from so many nanoseconds a call. */
    private static final int ATTEMPTS = 10;
    private static final int CALLS = 20;
    private static final long SLOW = 500;

    private FusedMultiplyAdd() {}

    /** a b + c, rounded once: the bits of {@link Math#fma}. */
    public static double fma(double a, double b, double c) {
        return IN_HARDWARE ? Math.fma(a, b, c) : emulated(a, b, c);
    }

    /** The same without the instruction. */
    static double emulated(double a, double b, double c) {
        double product = a * b;
        double size = Math.abs(product);
        if (!(size >= LEAST_PRODUCT && size < LARGEST_TERM && Math.abs(c) < LARGEST_TERM && Math.abs(a) < LARGEST_FACTOR
                && Math.abs(b) < LARGEST_FACTOR)) {
            return anywhere(a, b, c);
        }
        // product + low = a b
        double scaled = SPLITTER * a;
        double aHigh = scaled - (scaled - a);
        double aLow = a - aHigh;
        scaled = SPLITTER * b;
        double bHigh = scaled - (scaled - b);
        double bLow = b - bHigh;
        double low = aLow * bLow - (((product - aHigh * bHigh) - aLow * bHigh) - aHigh * bLow);
        // sum + sumLow = c + low
        double sum = c + low;
        double part = sum - c;
        double sumLow = (c - (sum - part)) + (low - part);
        // high + highLow = product + sum
        double high = product + sum;
        part = high - product;
        double highLow = (product - (high - part)) + (sum - part);
        // tail + lost = sumLow + highLow
        double tail = sumLow + highLow;
        part = tail - sumLow;
        double lost = (sumLow - (tail - part)) + (highLow - part);
        if (lost != 0) {
            long bits = Double.doubleToRawLongBits(tail);
            if ((bits & 1) == 0) { // to the odd neighbour towards what was lost
                tail = Double.longBitsToDouble(lost > 0 == tail > 0 ? bits + 1 : bits - 1);
            }
        }
        return high + tail;
    }

    /**
     * Any numbers: zeros, infinities and NaN by IEEE, the others as integers. A product of mantissas and the mantissa
     * of c are shifted to a common exponent in 128 bits; what falls out of them below sets their last bit, as in
     * Szabolcs Nagy's fma of musl.
     */
    private static double anywhere(double a, double b, double c) {
        if (a == 0 || b == 0 || !Double.isFinite(a) || !Double.isFinite(b)) {
            return a * b + c;
        }
        if (!Double.isFinite(c)) {
            return c;
        }
        boolean negative = a < 0 != b < 0;
        int exponent = exponent(a) + exponent(b);
        long high = Math.multiplyHigh(mantissa(a), mantissa(b));
        long low = mantissa(a) * mantissa(b);
        if (c == 0) {
            return rounded(negative, high, low, exponent);
        }
        long addendHigh = 0;
        long addendLow;
        int up = exponent(c) - exponent;
        if (up <= 0) {
            addendLow = shifted(0, mantissa(c), -up);
        } else if (up < 64) {
            addendHigh = mantissa(c) >>> 64 - up;
            addendLow = mantissa(c) << up;
        } else {
            addendHigh = mantissa(c);
            addendLow = 0;
            low = shifted(high, low, up - 64);
            high = up < 128 ? high >>> up - 64 : 0;
            exponent += up - 64;
        }
        if (c < 0 == negative) {
            low += addendLow;
            high += addendHigh + carry(low, addendLow);
        } else {
            long borrow = carry(low, addendLow);
            low -= addendLow;
            high -= addendHigh + borrow;
            if (high < 0) {
                negative = !negative;
                low = -low;
                high = -high - (low == 0 ? 0 : 1);
            }
        }
        return (high | low) == 0 ? 0 : rounded(negative, high, low, exponent);
    }

    /** 1 where an unsigned number is less than another. */
    private static int carry(long number, long other) {
        return Long.compareUnsigned(number, other) < 0 ? 1 : 0;
    }

    /** The lower half of an integer that is shifted to the right, its last bit set where a bit is lost. */
    private static long shifted(long high, long low, int shift) {
        if (shift == 0) {
            return low;
        }
        if (shift >= 128) {
            return 1;
        }
        long kept = shift < 64 ? high << 64 - shift | low >>> shift : high >>> shift - 64;
        long lost = shift < 64 ? low << 64 - shift : low | (shift == 64 ? 0 : high << 128 - shift);
        return lost == 0 ? kept : kept | 1;
    }

    /**
     * Of a finite number but 0 its significant bits, the first at bit 53, and below them a bit of room for what shifts
     * lose.
     */
    private static long mantissa(double x) {
        long bits = Double.doubleToRawLongBits(x) << 1 >>> 1;
        boolean isSubnormal = bits < 1L << 52;
        return isSubnormal ? bits << Long.numberOfLeadingZeros(bits) - 10 : (bits & (1L << 52) - 1 | 1L << 52) << 1;
    }

    /** What 2 is raised to before these. */
    private static int exponent(double x) {
        long bits = Double.doubleToRawLongBits(x) << 1 >>> 1;
        boolean isSubnormal = bits < 1L << 52;
        return isSubnormal ? LEAST_EXPONENT + 10 - Long.numberOfLeadingZeros(bits)
                : (int) (bits >>> 52) + LEAST_EXPONENT - 2;
    }

    /** An integer of 128 bits, less than 2^127, times a power of two, to the nearest double, ties to even. */
    private static double rounded(boolean negative, long high, long low, int exponent) {
        // 63 bits, of which the last one tells whether more follow
        int up = Long.numberOfLeadingZeros(high == 0 ? low : high) - 1;
        long bits = high == 0 && up >= 0 ? low << up : shifted(high, low, high == 0 ? 1 : 64 - up);
        int last = exponent + (high == 0 ? -up : 64 - up);
        int drop = Math.max(10, LEAST_EXPONENT - last);
        double size = 0;
        if (drop < 64) {
            long kept = bits >>> drop;
            long rest = bits & (1L << drop) - 1;
            long half = 1L << drop - 1;
            kept += rest > half || rest == half && (kept & 1) == 1 ? 1 : 0;
            size = Math.scalb((double) kept, last + drop);
        }
        return negative ? -size : size;
    }

    /**
     * Calls of decimal arithmetic take a microsecond at least, those of an instruction some ten nanoseconds even where
     * they are interpreted.
     */
    private static boolean isFast() {
        double sum = 0;
        long shortest = Long.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long start = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                sum = Math.fma(sum, 0.3, 1.1);
            }
            shortest = Math.min(shortest, System.nanoTime() - start);
        }
        return sum > 0 && shortest < CALLS * SLOW;
    }
}
