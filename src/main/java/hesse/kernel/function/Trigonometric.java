package hesse.kernel.function;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

/**
 * sin, cos and tan, within 1 ulp. x = k pi/2 + r + low with |r| up to pi/4: for |x| up to 2^20 by pi/2 in three parts,
 * of which the second has 33 bits, so that what k times the first two take from x is exact (Cody and Waite, Software
 * Manual for the Elementary Functions, 1980), beyond by the bits of 2/pi that matter (Payne and Hanek, ACM SIGNUM
 * Newsletter 18, 1983). The coefficients are minimax (minimax.py, "sin" and "cos").
 */
public final class Trigonometric {
    static final double USUAL = 0x1p20;
    static final double TWO_OVER_PI = 0x1.45f306dc9c883p-1;
    static final double PIO2_1 = 0x1.921fb54442d18p+0;
    static final double PIO2_2 = 0x1.1a62633100000p-54;
    static final double PIO2_3 = 0x1.1701b839a2520p-88;
    static final double ROUND = Exponential.ROUND;
    static final double S0 = -0.16666666666666632;
    static final double S1 = 0.008333333333322432;
    static final double S2 = -0.00019841269829820994;
    static final double S3 = 2.7557313696117203e-06;
    static final double S4 = -2.5050758734294764e-08;
    static final double S5 = 1.589683005987839e-10;
    static final double C0 = 0.0416666666666666;
    static final double C1 = -0.0013888888888874146;
    static final double C2 = 2.4801587289495872e-05;
    static final double C3 = -2.755731435629926e-07;
    static final double C4 = 2.0875723817334255e-09;
    static final double C5 = -1.1359676312484035e-11;
    /** The bits of 2/pi, 64 zeros before its point and what stands behind it. */
    private static final long[] BITS = {
        0, 0xa2f9836e4e441529L, 0xfc2757d1f534ddc0L, 0xdb6295993c439041L, 0xfe5163abdebbc561L,
        0xb7246e3a424dd2e0L, 0x06492eea09d1921cL, 0xfe1deb1cb129a73eL, 0xe88235f52ebb4484L,
        0xe99c7026b45f7e41L, 0x3991d639835339f4L, 0x9c845f8bbdf9283bL, 0x1ff897ffde05980fL,
        0xef2f118b5a0a6d1fL, 0x6d367ecf27cb09b7L, 0x4f463f669e5fea2dL, 0x7527bac7ebe5f17bL,
        0x3d0739f78a5292eaL, 0x6bfb5fb11f8d5d08L, 0x56033046fc7b6babL, 0xf0cfbc209af4361dL
    };
    private static final int SIN = 0;
    private static final int COS = 1;
    private static final int TAN = 2;

    private Trigonometric() {}

    public static double sin(double x) {
        double result = evaluate(x, SIN);
        return x == 0 ? x : result;
    }

    public static double cos(double x) {
        return evaluate(x, COS);
    }

    public static double tan(double x) {
        double result = evaluate(x, TAN);
        return x == 0 ? x : result;
    }

    private static double evaluate(double x, int function) {
        if (!(Math.abs(x) <= USUAL)) {
            return huge(x, function);
        }
        double t = fma(x, TWO_OVER_PI, ROUND);
        double k = t - ROUND;
        double first = fma(-k, PIO2_1, x);
        double r = fma(-k, PIO2_2, first);
        double low = fma(-k, PIO2_3, fma(-k, PIO2_2, first - r));
        return quadrant(Double.doubleToRawLongBits(t), r, low, function);
    }

    /** The function of k pi/2 + r + low; the last two bits of k count. */
    private static double quadrant(long k, double r, double low, int function) {
        double z = r * r;
        double half = 0.5 * z;
        double w = 1 - half;
        double s = fma(S5, z, S4);
        s = fma(s, z, S3);
        s = fma(s, z, S2);
        s = fma(s, z, S1);
        s = fma(s, z, S0);
        double sinTail = fma(r * z, s, low * w);
        double c = fma(C5, z, C4);
        c = fma(c, z, C3);
        c = fma(c, z, C2);
        c = fma(c, z, C1);
        c = fma(c, z, C0);
        double cosTail = ((1 - w) - half) + fma(z * z, c, -r * low);
        boolean odd = (k & 1) != 0;
        if (function == TAN) {
            return odd ? quotient(-w, -cosTail, r, sinTail) : quotient(r, sinTail, w, cosTail);
        }
        double value = odd == (function == SIN) ? w + cosTail : r + sinTail;
        long sign = (k + function & 2) << 62;
        return Double.longBitsToDouble(Double.doubleToRawLongBits(value) ^ sign);
    }

    /** (a + aTail)/(b + bTail). */
    private static double quotient(double a, double aTail, double b, double bTail) {
        double n = a + aTail;
        double nLow = (a - n) + aTail;
        double d = b + bTail;
        double dLow = (b - d) + bTail;
        double inverse = 1 / d;
        double q = n * inverse;
        return fma(fma(-q, d, n) + fma(-q, dLow, nLow), inverse, q);
    }

    /**
     * x = m 2^e: of m times the bits of 2/pi that stand for multiples of 4 nothing is needed, of the others 192 are
     * enough.
     */
    private static double huge(double x, int function) {
        if (!(Math.abs(x) <= Double.MAX_VALUE)) {
            return Double.NaN;
        }
        int e = Math.getExponent(x) - 52;
        long m = Double.doubleToRawLongBits(x) & 0xfffffffffffffL | 0x10000000000000L;
        long w0 = word(e + 62);
        long w1 = word(e + 126);
        long w2 = word(e + 190);
        long low = m * w2;
        long carry = Math.unsignedMultiplyHigh(m, w2);
        long middle = m * w1 + carry;
        long high = m * w0 + Math.unsignedMultiplyHigh(m, w1) + (Long.compareUnsigned(middle, carry) < 0 ? 1 : 0);
        long k = high >>> 62;
        long f0 = high << 2 | middle >>> 62;
        long f1 = middle << 2 | low >>> 62;
        k += f0 < 0 ? 1 : 0;
        return huge(x, k, f0, f1, function);
    }

    /** r = pi/2 times a signed fraction of 128 bits, summed up from its four quarters. */
    private static double huge(double x, long k, long f0, long f1, int function) {
        double a = (f0 >> 32) * 0x1p-32;
        double b = (f0 & 0xffffffffL) * 0x1p-64;
        double c = (f1 >>> 32) * 0x1p-96;
        double d = (f1 & 0xffffffffL) * 0x1p-128;
        double high = a + b;
        double rest = ((a - high) + b) + (c + d);
        double f = high + rest;
        double fLow = (high - f) + rest;
        double product = f * PIO2_1;
        double lost = fma(f, PIO2_1, -product) + fma(f, InverseTrigonometric.PIO2_LOW, fLow * PIO2_1);
        double r = product + lost;
        double result = quadrant(k, r, (product - r) + lost, function);
        return x < 0 && function != COS ? -result : result;
    }

    /** 64 bits from a position on. */
    private static long word(int from) {
        int shift = from & 63;
        int at = from >>> 6;
        return shift == 0 ? BITS[at] : BITS[at] << shift | BITS[at + 1] >>> 64 - shift;
    }
}
