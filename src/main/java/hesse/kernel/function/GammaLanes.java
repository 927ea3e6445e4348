package hesse.kernel.function;

import static hesse.kernel.function.Gamma.DIGAMMA_FAR_FROM;
import static hesse.kernel.function.Gamma.DIGAMMA_ROOT;
import static hesse.kernel.function.Gamma.DIGAMMA_ROOT_LOW;
import static hesse.kernel.function.Gamma.LGAMMA_FAR_FROM;

import hesse.kernel.machine.Lanes;
import hesse.kernel.machine.PackBuffers;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Gamma} over arrays, bit for bit, where the argument is positive; n a multiple of 8, y not x. Each polynomial
 * is a loop of its own over all arguments, and each result takes the one that is for it.
 */
final class GammaLanes {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;
    /** Numbers at a time, so that what lies between the loops stays in the nearest cache. */
    private static final int PIECE = 256;
    /** Where it lies: the arguments of polynomials and of the logarithm, then polynomials. */
    private static final int INVERSE = PIECE;
    private static final int SQUARE = 2 * PIECE;
    private static final int LOG_OF = 3 * PIECE;
    private static final int FAR = 4 * PIECE;
    private static final int NEAR = 5 * PIECE;
    private static final int LEAST = 6 * PIECE;
    private static final int TWO = 7 * PIECE;
    private static final int SIZE = 8 * PIECE;

    private GammaLanes() {}

    static void lgamma(double[] x, int xOff, double[] y, int yOff, int n) {
        double[] work = PackBuffers.own().third(SIZE);
        for (int from = 0; from < n; from += PIECE) {
            int size = Math.min(PIECE, n - from);
            arguments(3, x, xOff + from, work, size);
            horner(Gamma.LGAMMA_ONE, 0.125, 0, work, 0, NEAR, size);
            horner(Gamma.LGAMMA_LEAST, DIGAMMA_ROOT, DIGAMMA_ROOT_LOW, work, 0, LEAST, size);
            horner(Gamma.LGAMMA_TWO, 1, 0, work, 0, TWO, size);
            horner(Gamma.LGAMMA_FAR, 0, 0, work, SQUARE, FAR, size);
            logarithms(x, xOff + from, work, size);
            LogarithmLanes.log(work, LOG_OF, y, yOff + from, size);
            lgamma(x, xOff + from, work, y, yOff + from, size);
        }
    }

    /** {@link Gamma#polygamma} of order 0 or 1. */
    static void polygamma(int order, double[] x, int xOff, double[] y, int yOff, int n) {
        double[] work = PackBuffers.own().third(SIZE);
        for (int from = 0; from < n; from += PIECE) {
            int size = Math.min(PIECE, n - from);
            arguments(Double.POSITIVE_INFINITY, x, xOff + from, work, size);
            horner(order == 0 ? Gamma.DIGAMMA : Gamma.TRIGAMMA, 0.5, 0, work, 0, NEAR, size);
            horner(order == 0 ? Gamma.DIGAMMA_FAR : Gamma.TRIGAMMA_FAR, 0, 0, work, SQUARE, FAR, size);
            if (order == 0) {
                LogarithmLanes.log(x, xOff + from, y, yOff + from, size);
                digamma(x, xOff + from, work, y, yOff + from, size);
            } else {
                trigamma(x, xOff + from, work, y, yOff + from, size);
            }
        }
    }

    /** w of "1 + w", where a polynomial serves: x below 1, x - 1 from there, x - 2 from twice; and 1/x and 1/x^2. */
    private static void arguments(double twice, double[] x, int xOff, double[] work, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + i);
            DoubleVector inverse = DoubleVector.broadcast(S, 1).div(v);
            v.sub(1).blend(v, v.compare(VectorOperators.LT, 1)).blend(v.sub(2), v.compare(VectorOperators.GE, twice))
                    .intoArray(work, i);
            inverse.intoArray(work, INVERSE + i);
            inverse.mul(inverse).intoArray(work, SQUARE + i);
        }
    }

    /** What {@link Gamma#lgamma} takes the logarithm of, 1 where of nothing. */
    private static void logarithms(double[] x, int xOff, double[] work, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + i);
            v.blend(v.sub(1), v.compare(VectorOperators.LT, LGAMMA_FAR_FROM)).blend(1, v.compare(VectorOperators.LT, 3))
                    .blend(v, v.compare(VectorOperators.LT, 1)).blend(v.add(v), v.compare(VectorOperators.LT, 0.5))
                    .intoArray(work, LOG_OF + i);
        }
    }

    /**
     * The polynomial with these coefficients at w - shift - low; four at a time, since each step of one waits for the
     * last.
     */
    private static void horner(double[] coefficients, double shift, double low, double[] work, int from, int to,
            int n) {
        int last = coefficients.length - 1;
        int i = 0;
        for (; i <= n - 4 * L; i += 4 * L) {
            DoubleVector t0 = DoubleVector.fromArray(S, work, from + i).sub(shift).sub(low);
            DoubleVector t1 = DoubleVector.fromArray(S, work, from + i + L).sub(shift).sub(low);
            DoubleVector t2 = DoubleVector.fromArray(S, work, from + i + 2 * L).sub(shift).sub(low);
            DoubleVector t3 = DoubleVector.fromArray(S, work, from + i + 3 * L).sub(shift).sub(low);
            DoubleVector p0 = DoubleVector.broadcast(S, coefficients[last]);
            DoubleVector p1 = p0;
            DoubleVector p2 = p0;
            DoubleVector p3 = p0;
            for (int k = last - 1; k >= 0; k--) {
                DoubleVector c = DoubleVector.broadcast(S, coefficients[k]);
                p0 = p0.fma(t0, c);
                p1 = p1.fma(t1, c);
                p2 = p2.fma(t2, c);
                p3 = p3.fma(t3, c);
            }
            p0.intoArray(work, to + i);
            p1.intoArray(work, to + i + L);
            p2.intoArray(work, to + i + 2 * L);
            p3.intoArray(work, to + i + 3 * L);
        }
        for (; i < n; i += L) {
            DoubleVector t = DoubleVector.fromArray(S, work, from + i).sub(shift).sub(low);
            DoubleVector p = DoubleVector.broadcast(S, coefficients[last]);
            for (int k = last - 1; k >= 0; k--) {
                p = p.fma(t, DoubleVector.broadcast(S, coefficients[k]));
            }
            p.intoArray(work, to + i);
        }
    }

    /** y from the logarithm to log Gamma(x). */
    private static void lgamma(double[] x, int xOff, double[] work, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + i);
            DoubleVector w = DoubleVector.fromArray(S, work, i);
            DoubleVector one = w.fma(DoubleVector.broadcast(S, Gamma.LGAMMA_ONE_0),
                    w.mul(w.sub(0.125).mul(DoubleVector.fromArray(S, work, NEAR + i))));
            DoubleVector d = w.sub(DIGAMMA_ROOT).sub(DIGAMMA_ROOT_LOW);
            DoubleVector least = d.mul(d)
                    .fma(DoubleVector.fromArray(S, work, LEAST + i), DoubleVector.broadcast(S, Gamma.LEAST_LOW))
                    .add(Gamma.LEAST);
            DoubleVector near = w.sub(1).mul(DoubleVector.fromArray(S, work, TWO + i))
                    .blend(least, w.compare(VectorOperators.LT, 0.75)).blend(one, w.compare(VectorOperators.LT, 0.25));
            DoubleVector log = DoubleVector.fromArray(S, y, yOff + i);
            DoubleVector rest = DoubleVector.fromArray(S, work, FAR + i)
                    .fma(DoubleVector.fromArray(S, work, INVERSE + i),
                    DoubleVector.broadcast(S, Gamma.HALF_LOG_2_PI - 0.5));
            v.sub(0.5).fma(log.sub(1), rest)
                    .blend(near.add(log), v.compare(VectorOperators.LT, LGAMMA_FAR_FROM))
                    .blend(near.sub(log), v.compare(VectorOperators.LT, 1))
                    .blend(near.add(Exponential.LN2_HIGH).sub(log), v.compare(VectorOperators.LT, 0.5))
                    .intoArray(y, yOff + i);
        }
    }

    /** y from the logarithm to digamma(x). */
    private static void digamma(double[] x, int xOff, double[] work, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + i);
            DoubleVector inverse = DoubleVector.fromArray(S, work, INVERSE + i);
            DoubleVector near = DoubleVector.fromArray(S, work, i).sub(DIGAMMA_ROOT).sub(DIGAMMA_ROOT_LOW)
                    .mul(DoubleVector.fromArray(S, work, NEAR + i));
            DoubleVector head = DoubleVector.fromArray(S, y, yOff + i).sub(inverse.mul(0.5));
            DoubleVector.fromArray(S, work, SQUARE + i).neg().fma(DoubleVector.fromArray(S, work, FAR + i), head)
                    .blend(near, v.compare(VectorOperators.LT, DIGAMMA_FAR_FROM))
                    .blend(near.sub(inverse), v.compare(VectorOperators.LT, 1))
                    .intoArray(y, yOff + i);
        }
    }

    private static void trigamma(double[] x, int xOff, double[] work, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + i);
            DoubleVector inverse = DoubleVector.fromArray(S, work, INVERSE + i);
            DoubleVector square = DoubleVector.fromArray(S, work, SQUARE + i);
            DoubleVector near = DoubleVector.fromArray(S, work, NEAR + i);
            inverse.add(square.mul(inverse).fma(DoubleVector.fromArray(S, work, FAR + i), square.mul(0.5)))
                    .blend(near, v.compare(VectorOperators.LT, DIGAMMA_FAR_FROM))
                    .blend(near.add(square), v.compare(VectorOperators.LT, 1))
                    .intoArray(y, yOff + i);
        }
    }
}
