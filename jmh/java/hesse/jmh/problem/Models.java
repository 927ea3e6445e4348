package hesse.jmh.problem;

import hesse.Expr;
import hesse.Functions;
import org.hipparchus.analysis.differentiation.DerivativeStructure;
import org.hipparchus.special.Erf;

/** Small models in Hesse and in Hipparchus. */
final class Models {
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
        return b.get(0).times(Functions.exp(b.get(1).times(t).negate())).plus(b.get(2).times(first)).plus(b.get(5).times(second));
    }

    static DerivativeStructure gauss(DerivativeStructure[] b, double t) {
        return b[0].multiply(b[1].multiply(-t).exp()).add(b[2].multiply(bell(b[3], b[4], t))).add(b[5].multiply(bell(b[6], b[7], t)));
    }

    private static DerivativeStructure bell(DerivativeStructure centre, DerivativeStructure width, double t) {
        return centre.subtract(t).divide(width).square().negate().exp();
    }

    /** The Black-Scholes price of a call: spot, strike, time, rate, volatility. */
    static Expr blackScholes(Expr p) {
        Expr spot = p.get(0);
        Expr strike = p.get(1);
        Expr time = p.get(2);
        Expr rate = p.get(3);
        Expr volatility = p.get(4);
        Expr spread = volatility.times(Functions.sqrt(time));
        Expr d1 = Functions.log(spot.dividedBy(strike)).plus(rate.plus(Functions.square(volatility).times(0.5)).times(time)).dividedBy(spread);
        Expr discount = Functions.exp(rate.times(time).negate());
        return spot.times(Functions.normalCdf(d1)).minus(strike.times(discount).times(Functions.normalCdf(d1.minus(spread))));
    }

    static DerivativeStructure blackScholes(DerivativeStructure[] p) {
        DerivativeStructure spread = p[4].multiply(p[2].sqrt());
        DerivativeStructure d1 = p[0].divide(p[1]).log().add(p[3].add(p[4].square().multiply(0.5)).multiply(p[2])).divide(spread);
        DerivativeStructure discount = p[3].multiply(p[2]).negate().exp();
        return p[0].multiply(normalCdf(d1)).subtract(p[1].multiply(discount).multiply(normalCdf(d1.subtract(spread))));
    }

    private static DerivativeStructure normalCdf(DerivativeStructure x) {
        return Erf.erfc(x.multiply(-INVERSE_SQRT_2)).multiply(0.5);
    }

    /** Fails the benchmark where two results differ by more than rounding. */
    static void agree(String what, double ours, double theirs) {
        if (!(Math.abs(ours - theirs) <= 1e-8 * Math.max(1, Math.abs(theirs)))) {
            throw new IllegalStateException(what + ": " + ours + " and " + theirs);
        }
    }
}
