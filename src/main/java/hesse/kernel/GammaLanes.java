package hesse.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Special} over arrays, bit for bit, where the argument is positive; n a multiple of 8. The logarithm is taken between two loops. */
final class GammaLanes {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;
    /** Steps from anywhere below {@link Special#STIRLING_FROM} to where a polynomial serves. */
    private static final int STEPS = 8;
    /** From anywhere to where the series of the slope of digamma serves. */
    private static final int TRIGAMMA_STEPS = (int) Special.STIRLING_FROM + 1;

    private GammaLanes() {}

    /**
     * What {@link #lgamma} takes the logarithm of: x, or from 1 to 10 the product of x - 1, x - 2, ... down to the polynomial's range.
     *
     * @param work filled with that, and from n on with where in that range the steps end
     */
    static void reduce(double[] x, int xOff, double[] work, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + i);
            DoubleVector z = v;
            DoubleVector product = DoubleVector.broadcast(S, 1);
            for (int step = 0; step < STEPS; step++) {
                VectorMask<Double> above = z.compare(VectorOperators.GE, Special.LGAMMA_TO);
                z = z.blend(z.sub(1), above);
                product = product.blend(product.mul(z), above);
            }
            product.blend(v, v.compare(VectorOperators.LT, 1).or(v.compare(VectorOperators.GE, Special.STIRLING_FROM))).intoArray(work, i);
            z.intoArray(work, n + i);
        }
    }

    /** y, the logarithm of what {@link #reduce} gave, to log Gamma(x). */
    static void lgamma(double[] x, int xOff, double[] work, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + i);
            DoubleVector log = DoubleVector.fromArray(S, y, yOff + i);
            DoubleVector z = DoubleVector.fromArray(S, work, n + i);
            VectorMask<Double> below = v.compare(VectorOperators.LT, 1);
            DoubleVector w = z.sub(1).blend(v, below);
            DoubleVector t = w.sub(0.75);
            DoubleVector p = DoubleVector.zero(S);
            for (int k = Special.LGAMMA.length - 1; k >= 0; k--) {
                p = p.fma(t, DoubleVector.broadcast(S, Special.LGAMMA[k]));
            }
            DoubleVector near = w.mul(w.sub(1)).mul(p);
            DoubleVector inverse = DoubleVector.broadcast(S, 1).div(v);
            DoubleVector square = inverse.mul(inverse);
            DoubleVector series = DoubleVector.zero(S);
            for (int k = Special.STIRLING.length - 1; k >= 0; k--) {
                series = series.fma(square, DoubleVector.broadcast(S, Special.STIRLING[k]));
            }
            DoubleVector far = v.sub(0.5).mul(log.sub(1)).add(series.mul(inverse).add(Special.HALF_LOG_2_PI - 0.5));
            far.blend(near.add(log), v.compare(VectorOperators.LT, Special.STIRLING_FROM)).blend(near.sub(log), below).intoArray(y, yOff + i);
        }
    }

    /** y, the logarithm of x, to digamma(x). */
    static void digamma(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + i);
            DoubleVector inverse = DoubleVector.broadcast(S, 1).div(v);
            VectorMask<Double> below = v.compare(VectorOperators.LT, 1);
            DoubleVector z = v;
            DoubleVector sum = DoubleVector.zero(S).blend(inverse.neg(), below);
            for (int step = 0; step < STEPS; step++) {
                VectorMask<Double> above = z.compare(VectorOperators.GE, 2);
                z = z.blend(z.sub(1), above);
                sum = sum.blend(sum.add(DoubleVector.broadcast(S, 1).div(z)), above);
            }
            DoubleVector w = z.sub(1).blend(v, below);
            DoubleVector t = w.sub(0.5);
            DoubleVector p = DoubleVector.zero(S);
            for (int k = Special.DIGAMMA.length - 1; k >= 0; k--) {
                p = p.fma(t, DoubleVector.broadcast(S, Special.DIGAMMA[k]));
            }
            DoubleVector near = w.sub(Special.DIGAMMA_ROOT).sub(Special.DIGAMMA_ROOT_LOW).mul(p).add(sum);
            DoubleVector square = inverse.mul(inverse);
            DoubleVector series = DoubleVector.zero(S);
            for (int k = Special.DIGAMMA_STIRLING.length - 1; k >= 0; k--) {
                series = series.fma(square, DoubleVector.broadcast(S, Special.DIGAMMA_STIRLING[k]));
            }
            DoubleVector far = DoubleVector.fromArray(S, y, yOff + i).sub(inverse.mul(0.5)).sub(series.mul(square));
            far.blend(near, v.compare(VectorOperators.LT, Special.STIRLING_FROM)).intoArray(y, yOff + i);
        }
    }

    /** The slope of digamma: 1/z^2 summed up to 11, and the series from there. */
    static void trigamma(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector z = DoubleVector.fromArray(S, x, xOff + i);
            DoubleVector sum = DoubleVector.zero(S);
            for (int step = 0; step < TRIGAMMA_STEPS; step++) {
                VectorMask<Double> below = z.compare(VectorOperators.LT, TRIGAMMA_STEPS);
                sum = sum.blend(sum.add(DoubleVector.broadcast(S, 1).div(z.mul(z))), below);
                z = z.blend(z.add(1), below);
            }
            DoubleVector inverse = DoubleVector.broadcast(S, 1).div(z);
            DoubleVector square = inverse.mul(inverse);
            DoubleVector series = DoubleVector.zero(S);
            for (int k = Special.TRIGAMMA_STIRLING.length - 1; k >= 0; k--) {
                series = series.fma(square, DoubleVector.broadcast(S, Special.TRIGAMMA_STIRLING[k]));
            }
            inverse.add(square.mul(0.5)).add(series.mul(inverse.mul(square))).add(sum).intoArray(y, yOff + i);
        }
    }
}
