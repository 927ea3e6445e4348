package hesse.kernel;

/**
 * The logarithm of the gamma function and its derivatives, in plain doubles.
 *
 * <p>The gamma family goes up by its
 * recurrence and then by Stirling's series (Abramowitz and Stegun 6.1.40, 6.4.11), near 1 and 2 by the zeta series (6.1.33).
 * The coefficients come from {@code src/test/scripts/special_coefficients.py}, 60-digit arithmetic.
 */
public final class Special {
    private static final double HALF_LOG_2_PI = 0.9189385332046728;
    private static final double ONE_MINUS_EULER = 0.42278433509846713;
    /** From here on Stirling's series with twelve terms is exact to rounding. */
    private static final double STIRLING_FROM = 10;

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
}
