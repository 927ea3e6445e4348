package hesse.jmh.problem;

import hesse.Expr;
import hesse.Functions;
import hesse.kernel.function.Trigonometric;
import java.util.Arrays;
import org.hipparchus.analysis.differentiation.DerivativeStructure;
import org.hipparchus.special.Erf;

/** Small models in Hesse and in Hipparchus. */
public final class Models {
    private static final double INVERSE_SQRT_2 = 0.7071067811865476;

    private Models() {}

    /** NIST's Thurber model: a quotient of two cubic polynomials of 7 parameters. */
    static Expr thurber(Expr b, Expr t) {
        Expr t2 = t.times(t);
        Expr t3 = t2.times(t);
        Expr above = b.get(0).plus(b.get(1).times(t)).plus(b.get(2).times(t2)).plus(b.get(3).times(t3));
        Expr below = b.get(4).times(t).plus(b.get(5).times(t2)).plus(b.get(6).times(t3)).plus(1);
        return above.dividedBy(below);
    }

    static DerivativeStructure thurber(DerivativeStructure[] b, double t) {
        DerivativeStructure above = b[0].add(b[1].multiply(t)).add(b[2].multiply(t * t)).add(b[3].multiply(t * t * t));
        DerivativeStructure below = b[4].multiply(t).add(b[5].multiply(t * t)).add(b[6].multiply(t * t * t)).add(1);
        return above.divide(below);
    }

    /** NIST's Gauss1 model: an exponential and two bells, 8 parameters. */
    static Expr gauss(Expr b, Expr t) {
        Expr first = Functions.exp(Functions.square(t.minus(b.get(3)).dividedBy(b.get(4))).negate());
        Expr second = Functions.exp(Functions.square(t.minus(b.get(6)).dividedBy(b.get(7))).negate());
        return b.get(0).times(Functions.exp(b.get(1).times(t).negate())).plus(b.get(2).times(first))
                .plus(b.get(5).times(second));
    }

    static DerivativeStructure gauss(DerivativeStructure[] b, double t) {
        return b[0].multiply(b[1].multiply(-t).exp()).add(b[2].multiply(bell(b[3], b[4], t)))
                .add(b[5].multiply(bell(b[6], b[7], t)));
    }

    private static DerivativeStructure bell(DerivativeStructure centre, DerivativeStructure width, double t) {
        return centre.subtract(t).divide(width).square().negate().exp();
    }

    /** The Black-Scholes price of a call: spot, strike, time, rate, volatility. */
    public static Expr blackScholes(Expr p) {
        Expr spot = p.get(0);
        Expr strike = p.get(1);
        Expr time = p.get(2);
        Expr rate = p.get(3);
        Expr volatility = p.get(4);
        Expr spread = volatility.times(Functions.sqrt(time));
        Expr d1 = Functions.log(spot.dividedBy(strike))
                .plus(rate.plus(Functions.square(volatility).times(0.5)).times(time)).dividedBy(spread);
        Expr discount = Functions.exp(rate.times(time).negate());
        return spot.times(Functions.normalCdf(d1))
                .minus(strike.times(discount).times(Functions.normalCdf(d1.minus(spread))));
    }

    public static DerivativeStructure blackScholes(DerivativeStructure[] p) {
        DerivativeStructure spread = p[4].multiply(p[2].sqrt());
        DerivativeStructure d1 = p[0].divide(p[1]).log().add(p[3].add(p[4].square().multiply(0.5)).multiply(p[2]))
                .divide(spread);
        DerivativeStructure discount = p[3].multiply(p[2]).negate().exp();
        return p[0].multiply(normalCdf(d1)).subtract(p[1].multiply(discount).multiply(normalCdf(d1.subtract(spread))));
    }

    private static DerivativeStructure normalCdf(DerivativeStructure x) {
        return Erf.erfc(x.multiply(-INVERSE_SQRT_2)).multiply(0.5);
    }

    /**
     * The reprojection error of bundle adjustment (Srajer, Kukelova and Fitzgibbon, ADBench, 2018): camera (rotation 3,
     * centre 3, focal length, principal point 2, radial distortion 2), point 3 and weight, to 2 residuals.
     */
    static Expr reprojection(Expr p) {
        Expr rotation = p.slice(0, 3);
        Expr point = p.slice(11, 14).minus(p.slice(3, 6));
        Expr angle = Functions.sqrt(Functions.dot(rotation, rotation));
        Expr axis = rotation.dividedBy(angle);
        Expr cosine = Functions.cos(angle);
        Expr along = Functions.dot(axis, point).times(cosine.negate().plus(1));
        Expr turned = point.times(cosine).plus(cross(axis, point).times(Functions.sin(angle))).plus(axis.times(along));
        Expr image = turned.slice(0, 2).dividedBy(turned.get(2));
        Expr square = Functions.dot(image, image);
        Expr distortion = p.get(9).times(square).plus(p.get(10).times(Functions.square(square))).plus(1);
        Expr projected = image.times(distortion).times(p.get(6)).plus(p.slice(7, 9));
        return projected.minus(Expr.constant(new double[] {271.760969, 834.209256})).times(p.get(14));
    }

    private static Expr cross(Expr a, Expr b) {
        return Expr.stack(a.get(1).times(b.get(2)).minus(a.get(2).times(b.get(1))),
                a.get(2).times(b.get(0)).minus(a.get(0).times(b.get(2))),
                a.get(0).times(b.get(1)).minus(a.get(1).times(b.get(0))));
    }

    /** The sum of squares of Rosenbrock's function over neighbours. */
    public static Expr rosenbrock(Expr x) {
        Expr sum = Expr.constant(0);
        for (int i = 0; i + 1 < x.size(); i++) {
            Expr valley = x.get(i + 1).minus(Functions.square(x.get(i)));
            sum = sum.plus(Functions.square(valley).times(100).plus(Functions.square(x.get(i).negate().plus(1))));
        }
        return sum;
    }

    public static double rosenbrock(double[] x, double[] g) {
        double sum = 0;
        Arrays.fill(g, 0);
        for (int i = 0; i + 1 < x.length; i++) {
            double valley = x[i + 1] - x[i] * x[i];
            double rest = 1 - x[i];
            sum += 100 * valley * valley + rest * rest;
            g[i] -= 400 * x[i] * valley + 2 * rest;
            g[i + 1] += 200 * valley;
        }
        return sum;
    }

    /** Wood's function of 4 parameters (More, Garbow and Hillstrom, ACM TOMS 7(1), 1981, problem 14). */
    static Expr wood(Expr x) {
        Expr a = x.get(0);
        Expr b = x.get(1);
        Expr c = x.get(2);
        Expr d = x.get(3);
        return Functions.square(b.minus(Functions.square(a))).times(100).plus(Functions.square(a.negate().plus(1)))
                .plus(Functions.square(d.minus(Functions.square(c))).times(90))
                .plus(Functions.square(c.negate().plus(1)))
                .plus(Functions.square(b.plus(d).minus(2)).times(10)).plus(Functions.square(b.minus(d)).times(0.1));
    }

    static double wood(double[] x, double[] g) {
        double u = x[1] - x[0] * x[0];
        double v = x[3] - x[2] * x[2];
        double s = x[1] + x[3] - 2;
        double t = x[1] - x[3];
        g[0] = -400 * u * x[0] - 2 * (1 - x[0]);
        g[1] = 200 * u + 20 * s + 0.2 * t;
        g[2] = -360 * v * x[2] - 2 * (1 - x[2]);
        g[3] = 180 * v + 20 * s - 0.2 * t;
        return 100 * u * u + (1 - x[0]) * (1 - x[0]) + 90 * v * v + (1 - x[2]) * (1 - x[2]) + 10 * s * s + 0.1 * t * t;
    }

    /** Half the square of how far the hand of a plane arm is from (1, 1): three angles, three lengths. */
    static Expr arm(Expr p) {
        Expr x = Expr.constant(-1);
        Expr y = Expr.constant(-1);
        Expr angle = Expr.constant(0);
        for (int i = 0; i < 3; i++) {
            angle = angle.plus(p.get(i));
            x = x.plus(p.get(3 + i).times(Functions.cos(angle)));
            y = y.plus(p.get(3 + i).times(Functions.sin(angle)));
        }
        return Functions.square(x).plus(Functions.square(y)).times(0.5);
    }

    static double arm(double[] p, double[] g) {
        double a = p[0];
        double b = a + p[1];
        double c = b + p[2];
        double ca = Trigonometric.cos(a);
        double cb = Trigonometric.cos(b);
        double cc = Trigonometric.cos(c);
        double sa = Trigonometric.sin(a);
        double sb = Trigonometric.sin(b);
        double sc = Trigonometric.sin(c);
        double x = p[3] * ca + p[4] * cb + p[5] * cc - 1;
        double y = p[3] * sa + p[4] * sb + p[5] * sc - 1;
        g[2] = p[5] * (y * cc - x * sc);
        g[1] = g[2] + p[4] * (y * cb - x * sb);
        g[0] = g[1] + p[3] * (y * ca - x * sa);
        g[3] = x * ca + y * sa;
        g[4] = x * cb + y * sb;
        g[5] = x * cc + y * sc;
        return 0.5 * (x * x + y * y);
    }

    /** Fails the benchmark where two results differ by more than rounding. */
    public static void agree(String what, double ours, double theirs) {
        if (!(Math.abs(ours - theirs) <= 1e-8 * Math.max(1, Math.abs(theirs)))) {
            throw new IllegalStateException(what + ": " + ours + " and " + theirs);
        }
    }
}
