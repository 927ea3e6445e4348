package hesse.kernel;

/**
 * The logarithm of the gamma function and its derivatives, in plain doubles.
 *
 * <p>Polynomials between 1 and 2, the recurrence from there to 10, Stirling's series beyond (Abramowitz and Stegun 6.1.40, 6.4.11;
 * the higher derivatives by recurrence and that series alone), reflection for negative arguments.
 */
public final class Special {
    static final double HALF_LOG_2_PI = 0.9189385332046728;
    /** The positive root of digamma, less 1. */
    static final double DIGAMMA_ROOT = 0.46163214496836236;
    static final double DIGAMMA_ROOT_LOW = -1.5522348162858677e-17;
    /** From here on Stirling's series with twelve terms is exact to rounding. */
    static final double STIRLING_FROM = 10;
    /** Where lgamma's polynomial ends. */
    static final double LGAMMA_TO = 2.5;

    /** log Gamma(x)/((x - 1)(x - 2)) in powers of x - 7/4, x from 1 to 5/2 (minimax.py, "lgamma"). */
    static final double[] LGAMMA = {
        0.4501393121092563, -0.11948158662524275, 0.0445204471985097, -0.01905395783024766,
        0.008776370425248122, -0.004226194125906577, 0.0020955338804065147, -0.0010605660757466771,
        0.0005448969786711659, -0.00028319061384307257, 0.00014851693094555978, -7.846186169556521e-05,
        4.170399133735449e-05, -2.228047099811007e-05, 1.19577394642039e-05, -6.442244959851307e-06,
        3.4744997282044337e-06, -1.8804624733725312e-06, 1.0450856138167991e-06, -5.764832804879122e-07,
        2.652787432069286e-07, -1.3415706461112008e-07, 1.4686737695956882e-07, -9.175866874062015e-08,
        -2.0543505923193772e-08, 1.7904348142029232e-08, 3.0598322136540385e-08, -1.8629382986803767e-08,
    };
    /** digamma(x)/(x - root) in powers of x - 3/2, x from 1 to 2 (minimax.py, "digamma"). */
    static final double[] DIGAMMA = {
        0.9510558760318328, -0.4236274212814606, 0.24054248424078778, -0.14840492305388006,
        0.09498872445276275, -0.061922133275561814, 0.040760833948821795, -0.026975796656850615,
        0.017907248061762568, -0.01190822017030515, 0.007927026572704323, -0.005279936409254603,
        0.0035180509316061087, -0.002345501708483986, 0.0015637857444063404, -0.0010364222755289692,
        0.0006889264874869942, -0.0004860656584829911, 0.00032992225792830037, -0.00014460113971846508,
        8.648657792889763e-05, -0.00017837550928816048, 0.00012612616062218442,
    };
    /** The Bernoulli numbers B_2, B_4, ... */
    private static final double[] BERNOULLI = {
        0.16666666666666666, -0.03333333333333333, 0.023809523809523808, -0.03333333333333333,
        0.07575757575757576, -0.2531135531135531, 1.1666666666666667, -7.092156862745098,
        54.971177944862156, -529.1242424242424, 6192.123188405797, -86580.25311355312,
    };

    /** Stirling's series in powers of 1/x^2: of lgamma, behind 1/x; of digamma and its slope. */
    static final double[] STIRLING = new double[BERNOULLI.length];
    static final double[] DIGAMMA_STIRLING = new double[BERNOULLI.length];
    static final double[] TRIGAMMA_STIRLING = new double[BERNOULLI.length];

    static {
        for (int k = 0; k < BERNOULLI.length; k++) {
            STIRLING[k] = BERNOULLI[k] / ((2.0 * k + 2) * (2.0 * k + 1));
            DIGAMMA_STIRLING[k] = BERNOULLI[k] * risingRatio(2 * k + 2, 0);
            TRIGAMMA_STIRLING[k] = BERNOULLI[k] * risingRatio(2 * k + 2, 1);
        }
    }

    private Special() {}

    /** log |Gamma(x)|; below 3 ulp for positive x, for negative ones an error below 1e-15 max(1, |result|). */
    public static double lgamma(double x) {
        if (x <= 0) {
            return x == Math.floor(x)
                    ? Double.POSITIVE_INFINITY
                    : Logarithm.log(Math.PI / Math.abs(sinPi(x))) - lgamma(1 - x);
        }
        if (x < 1) {
            return lgammaOfOneAnd(x) - Logarithm.log(x);
        }
        if (x < STIRLING_FROM) {
            double product = 1;
            double z = x;
            while (z >= LGAMMA_TO) {
                z--;
                product *= z;
            }
            return lgammaOfOneAnd(z - 1) + Logarithm.log(product);
        }
        if (x == Double.POSITIVE_INFINITY) {
            return x;
        }
        double series = 0;
        double inverse = 1 / x;
        double inverseSquare = inverse * inverse;
        for (int k = STIRLING.length - 1; k >= 0; k--) {
            series = Math.fma(series, inverseSquare, STIRLING[k]);
        }
        return (x - 0.5) * (Logarithm.log(x) - 1) + (HALF_LOG_2_PI - 0.5 + series * inverse);
    }

    /** log Gamma(1 + w) for w from 0 to 3/2. */
    private static double lgammaOfOneAnd(double w) {
        return w * (w - 1) * horner(LGAMMA, w - 0.75);
    }

    /** digamma(1 + w) for w from 0 to 1. */
    private static double digammaOfOneAnd(double w) {
        return (w - DIGAMMA_ROOT - DIGAMMA_ROOT_LOW) * horner(DIGAMMA, w - 0.5);
    }

    /** digamma(x) for x from 0 to 10. */
    private static double digamma(double x) {
        if (x < 1) {
            return digammaOfOneAnd(x) - 1 / x;
        }
        double sum = 0;
        double z = x;
        while (z >= 2) {
            z--;
            sum += 1 / z;
        }
        return digammaOfOneAnd(z - 1) + sum;
    }

    private static double horner(double[] coefficients, double x) {
        double sum = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            sum = Math.fma(sum, x, coefficients[i]);
        }
        return sum;
    }

    /**
     * The polygamma function: order 0 is digamma, the slope of {@link #lgamma}, order m its m-th derivative. Digamma of
     * positive x is below 3 ulp, also near its root; else the error is below 4e-15 max(1, |result|); NaN at the poles 0, -1, -2, ...
     */
    public static double polygamma(int order, double x) {
        if (x <= 0) {
            return x == Math.floor(x) ? Double.NaN : polygammaNegative(order, x);
        }
        if (x == Double.POSITIVE_INFINITY) {
            return order == 0 ? x : 0;
        }
        if (order == 0 && x < STIRLING_FROM) {
            return digamma(x);
        }
        double sign = (order & 1) == 0 ? -1 : 1;
        double factorial = factorial(order);
        double correction = 0;
        double z = x;
        for (; z < STIRLING_FROM + order; z++) {
            correction += sign * factorial / Elementary.power(z, order + 1);
        }
        double inverse = 1 / z;
        double inverseSquare = inverse * inverse;
        double series = 0;
        for (int k = BERNOULLI.length; k > 0; k--) {
            series = Math.fma(series, inverseSquare, BERNOULLI[k - 1] * risingRatio(2 * k, order));
        }
        double head = order == 0
                ? Logarithm.log(z) - 0.5 * inverse
                : sign * (factorial(order - 1) * Elementary.power(inverse, order)
                        + 0.5 * factorial * Elementary.power(inverse, order + 1));
        return head + sign * series * Elementary.power(inverse, order + 2) + correction;
    }

    /** Reflection for the orders that gradients and Hessians need, the recurrence beyond them. */
    private static double polygammaNegative(int order, double x) {
        if (order <= 2) {
            double sine = sinPi(x);
            double cotangent = sinPi(x + 0.5) / sine;
            double reflected = polygamma(order, 1 - x);
            return switch (order) {
                case 0 -> reflected - Math.PI * cotangent;
                case 1 -> Math.PI * Math.PI / (sine * sine) - reflected;
                default -> reflected - 2 * Math.PI * Math.PI * Math.PI * cotangent / (sine * sine);
            };
        }
        double sign = (order & 1) == 0 ? -1 : 1;
        double sum = 0;
        double z = x;
        for (; z < 0; z++) {
            sum += sign * factorial(order) / Elementary.power(z, order + 1);
        }
        return sum + polygamma(order, z);
    }

    /** (k + order - 1)! / k!, which is 1/k at order 0. */
    private static double risingRatio(int k, int order) {
        double ratio = 1.0 / k;
        for (int i = 0; i < order; i++) {
            ratio *= k + i;
        }
        return ratio;
    }

    private static double factorial(int n) {
        double product = 1;
        for (int i = 2; i <= n; i++) {
            product *= i;
        }
        return product;
    }

    /** sin(pi x) with the whole periods taken off exactly. */
    private static double sinPi(double x) {
        double r = x - 2 * Math.rint(x / 2);
        double folded = Math.abs(r) > 0.5 ? Math.copySign(1, r) - r : r;
        return Trigonometric.sin(Math.PI * folded);
    }
}
