package hesse.kernel;

/**
 * Error functions, the logarithm of the gamma function and its derivatives, in plain doubles.
 *
 * <p>erfc is exp(-x^2) times a Chebyshev series of (1 + 2x) exp(x^2) erfc(x) in (x - 3.75)/(x + 3.75) (the mapping of
 * Shepherd and Laframboise, Math. Comp. 36, 1981); erf below 1 is a power series in x^2. The gamma family goes up by its
 * recurrence and then by Stirling's series (Abramowitz and Stegun 6.1.40, 6.4.11), near 1 and 2 by the zeta series (6.1.33).
 * The coefficients come from {@code src/test/scripts/special_coefficients.py}, 60-digit arithmetic.
 */
public final class Special {
    private static final double INVERSE_SQRT_2 = 0.7071067811865476;
    private static final double HALF_LOG_2_PI = 0.9189385332046728;
    private static final double ONE_MINUS_EULER = 0.42278433509846713;
    private static final double ERFC_CENTRE = 3.75;
    /** From here on Stirling's series with twelve terms is exact to rounding. */
    private static final double STIRLING_FROM = 10;

    private static final double[] ERFC = {
        1.1775789345674017, -0.004590054580646478, -0.08424913336651792, 0.05920993999819189,
        -0.026658668435305753, 0.009074997670705265, -0.002413163540417608, 0.0004907758365258086,
        -6.916973302501207e-05, 4.13902798607301e-06, 7.74038306619849e-07, -2.1886401049234397e-07,
        1.076499946567091e-08, 4.521959811218287e-09, -7.754400208831351e-10, -6.318088340886684e-11,
        2.86879501093067e-11, 1.9455868545777347e-13, -9.65469674843344e-13, 3.25254814814874e-14,
        3.3478119482868056e-14, -1.864562880419313e-15, -1.2507950530688648e-15, 7.418235256624044e-17,
        5.068148904796111e-17, -2.2370566594359995e-18, -2.187342944303018e-18,
    };
    /** erf(x)/x as a polynomial in x^2 on [0, 1]. */
    private static final double[] ERF = {
        1.1283791670955126, -0.37612638903183754, 0.11283791670955126, -0.026866170645131218,
        0.005223977625441674, -0.0008548327023403001, 0.00012055332978879483, -1.4925650236967501e-05,
        1.6462110782018636e-06, -1.636576864883207e-07, 1.4806027146128752e-08, -1.2277734486795524e-09,
        9.323723518153027e-11, -6.1967364287877e-12, 2.8067128195611264e-13,
    };
    /** zeta(k) - 1 from k = 2. */
    private static final double[] ZETA = {
        0.6449340668482264, 0.2020569031595943, 0.08232323371113819, 0.03692775514336993,
        0.01734306198444914, 0.008349277381922827, 0.00407735619794434, 0.0020083928260822143,
        0.0009945751278180853, 0.0004941886041194645, 0.0002460865533080483, 0.00012271334757848915,
        6.124813505870483e-05, 3.058823630702049e-05, 1.528225940865187e-05, 7.637197637899763e-06,
        3.81729326499984e-06, 1.908212716553939e-06, 9.539620338727962e-07, 4.769329867878064e-07,
        2.38450502727733e-07, 1.1921992596531106e-07, 5.960818905125948e-08, 2.980350351465228e-08,
        1.4901554828365043e-08, 7.45071178983543e-09, 3.725334024788457e-09, 1.862659723513049e-09,
    };
    /** The Bernoulli numbers B_2, B_4, ... */
    private static final double[] BERNOULLI = {
        0.16666666666666666, -0.03333333333333333, 0.023809523809523808, -0.03333333333333333,
        0.07575757575757576, -0.2531135531135531, 1.1666666666666667, -7.092156862745098,
        54.971177944862156, -529.1242424242424, 6192.123188405797, -86580.25311355312,
    };
    private Special() {}

    /** (2/sqrt pi) int_0^x exp(-t^2) dt; below 3 ulp. */
    public static double erf(double x) {
        double size = Math.abs(x);
        return size < 1 ? x * horner(ERF, x * x) : Math.copySign(1 - erfcPositive(size), x);
    }

    /** 1 - erf(x) without cancellation; below 5 ulp where the result is normal. */
    public static double erfc(double x) {
        return x < 0 ? 2 - erfcPositive(-x) : erfcPositive(x);
    }

    /** The standard normal distribution function erfc(-x/sqrt 2)/2; below 5 ulp where the result is normal. */
    public static double normalCdf(double x) {
        double size = Math.abs(x);
        if (size == Double.POSITIVE_INFINITY) {
            return x < 0 ? 0 : 1;
        }
        double tail = 0.5 * Elementary.halfGaussian(size) * scaledErfc(size * INVERSE_SQRT_2);
        return x < 0 ? tail : 1 - tail;
    }

    private static double erfcPositive(double x) {
        return x == Double.POSITIVE_INFINITY ? 0 : Elementary.gaussian(x) * scaledErfc(x);
    }

    /** exp(x^2) erfc(x) for x >= 0, by Clenshaw's recurrence. */
    private static double scaledErfc(double x) {
        double t = (x - ERFC_CENTRE) / (x + ERFC_CENTRE);
        double b1 = 0;
        double b2 = 0;
        for (int k = ERFC.length - 1; k > 0; k--) {
            double b = Math.fma(2 * t, b1, ERFC[k] - b2);
            b2 = b1;
            b1 = b;
        }
        return (Math.fma(t, b1, ERFC[0]) - b2) / Math.fma(2, x, 1);
    }

    /** log |Gamma(x)|; error below 1e-15 max(1, |result|), relative near the zeros at 1 and 2. */
    public static double lgamma(double x) {
        if (x <= 0) {
            return x == Math.floor(x)
                    ? Double.POSITIVE_INFINITY
                    : Logarithm.log(Math.PI / Math.abs(sinPi(x))) - lgamma(1 - x);
        }
        if (x < 0.5) {
            return lgammaNearTwo(x) - Logarithm.log1p(x) - Logarithm.log(x);
        }
        if (x < 1.5) {
            return lgammaNearTwo(x - 1) - Logarithm.log1p(x - 1);
        }
        if (x < STIRLING_FROM) {
            double product = 1;
            double z = x;
            while (z >= 2.5) {
                z--;
                product *= z;
            }
            return lgammaNearTwo(z - 2) + Logarithm.log(product);
        }
        if (x == Double.POSITIVE_INFINITY) {
            return x;
        }
        double series = 0;
        double inverse = 1 / x;
        double inverseSquare = inverse * inverse;
        for (int k = BERNOULLI.length; k > 0; k--) {
            series = Math.fma(series, inverseSquare, BERNOULLI[k - 1] / (2.0 * k * (2.0 * k - 1)));
        }
        return (x - 0.5) * (Logarithm.log(x) - 1) + (HALF_LOG_2_PI - 0.5 + series * inverse);
    }

    /** log Gamma(2 + w) for |w| <= 1/2. */
    private static double lgammaNearTwo(double w) {
        double sum = 0;
        for (int k = ZETA.length + 1; k >= 2; k--) {
            sum = Math.fma(sum, -w, ZETA[k - 2] / k);
        }
        return w * Math.fma(sum, w, ONE_MINUS_EULER);
    }

    /**
     * The polygamma function: order 0 is digamma, the slope of {@link #lgamma}, order m its m-th derivative. Error below
     * 4e-15 max(1, |result|); NaN at the poles 0, -1, -2, ...
     */
    public static double polygamma(int order, double x) {
        if (x <= 0) {
            return x == Math.floor(x) ? Double.NaN : polygammaNegative(order, x);
        }
        if (x == Double.POSITIVE_INFINITY) {
            return order == 0 ? x : 0;
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

    private static double horner(double[] coefficients, double x) {
        double sum = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            sum = Math.fma(sum, x, coefficients[i]);
        }
        return sum;
    }
}
