package hesse.kernel.function;

import static hesse.kernel.function.ErrorFunction.CENTRE;
import static hesse.kernel.function.ErrorFunction.FAR;
import static hesse.kernel.function.ErrorFunction.INVERSE_SQRT_2;
import static hesse.kernel.function.ErrorFunction.MIDDLE;
import static hesse.kernel.function.ErrorFunction.SMALL;

import hesse.kernel.machine.Lanes;
import hesse.kernel.machine.PackBuffers;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ErrorFunction} over arrays, bit for bit; contract and style of {@link ExponentialLanes}. Tail and series are
 * computed for all arguments; each function takes the one that keeps the digits.
 */
final class ErrorFunctionLanes {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;

    private ErrorFunctionLanes() {}

    static void erf(double[] x, int xOff, double[] e, int eOff, double[] y, int yOff, int n) {
        double[] p = PackBuffers.own().third(n);
        tails(1, 1, x, xOff, e, eOff, y, yOff, n);
        series(1, x, xOff, p, n);
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + i);
            DoubleVector far = DoubleVector.broadcast(S, 1).sub(DoubleVector.fromArray(S, y, yOff + i));
            far.blend(far.neg(), v.compare(VectorOperators.LT, 0))
                    .blend(v.fma(DoubleVector.fromArray(S, p, i), v), v.abs().compare(VectorOperators.LT, SMALL))
                    .intoArray(y, yOff + i);
        }
    }

    static void erfc(double[] x, int xOff, double[] e, int eOff, double[] y, int yOff, int n) {
        double[] p = PackBuffers.own().third(n);
        tails(1, 1, x, xOff, e, eOff, y, yOff, n);
        series(1, x, xOff, p, n);
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + i);
            DoubleVector tail = DoubleVector.fromArray(S, y, yOff + i);
            DoubleVector series = DoubleVector.fromArray(S, p, i);
            DoubleVector erf = v.fma(series, v);
            DoubleVector near = DoubleVector.broadcast(S, 1).sub(erf).sub(v.fma(series, v.sub(erf)));
            tail.blend(DoubleVector.broadcast(S, 2).sub(tail), v.compare(VectorOperators.LT, 0))
                    .blend(near, v.abs().compare(VectorOperators.LT, SMALL)).intoArray(y, yOff + i);
        }
    }

    static void normalCdf(double[] x, int xOff, double[] e, int eOff, double[] y, int yOff, int n) {
        double[] p = PackBuffers.own().third(n);
        tails(INVERSE_SQRT_2, 0.5, x, xOff, e, eOff, y, yOff, n);
        series(INVERSE_SQRT_2, x, xOff, p, n);
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + i).mul(INVERSE_SQRT_2);
            DoubleVector tail = DoubleVector.fromArray(S, y, yOff + i);
            DoubleVector half = DoubleVector.broadcast(S, 0.5);
            DoubleVector series = DoubleVector.fromArray(S, p, i);
            DoubleVector erf = v.fma(series, v);
            DoubleVector near = v.fma(series, v.sub(erf)).fma(half, erf.fma(half, half));
            DoubleVector.broadcast(S, 1).sub(tail).blend(tail, v.compare(VectorOperators.LT, 0))
                    .blend(near, v.abs().compare(VectorOperators.LT, SMALL)).intoArray(y, yOff + i);
        }
    }

    /** y = weight e exp(t^2) erfc(t), t = |factor x|. */
    private static void tails(double factor, double weight, double[] x, int xOff, double[] e, int eOff, double[] y,
            int yOff, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector size = DoubleVector.fromArray(S, x, xOff + i).mul(factor).abs();
            DoubleVector near = size.min(FAR);
            DoubleVector t = near.sub(CENTRE).div(near.add(CENTRE));
            DoubleVector p = t.fma(DoubleVector.broadcast(S, ErrorFunction.ERFC_23),
                    DoubleVector.broadcast(S, ErrorFunction.ERFC_22))
                    .fma(t, DoubleVector.broadcast(S, ErrorFunction.ERFC_21))
                    .fma(t, DoubleVector.broadcast(S, ErrorFunction.ERFC_20))
                    .fma(t, DoubleVector.broadcast(S, ErrorFunction.ERFC_19))
                    .fma(t, DoubleVector.broadcast(S, ErrorFunction.ERFC_18))
                    .fma(t, DoubleVector.broadcast(S, ErrorFunction.ERFC_17))
                    .fma(t, DoubleVector.broadcast(S, ErrorFunction.ERFC_16))
                    .fma(t, DoubleVector.broadcast(S, ErrorFunction.ERFC_15))
                    .fma(t, DoubleVector.broadcast(S, ErrorFunction.ERFC_14))
                    .fma(t, DoubleVector.broadcast(S, ErrorFunction.ERFC_13))
                    .fma(t, DoubleVector.broadcast(S, ErrorFunction.ERFC_12))
                    .fma(t, DoubleVector.broadcast(S, ErrorFunction.ERFC_11))
                    .fma(t, DoubleVector.broadcast(S, ErrorFunction.ERFC_10))
                    .fma(t, DoubleVector.broadcast(S, ErrorFunction.ERFC_9))
                    .fma(t, DoubleVector.broadcast(S, ErrorFunction.ERFC_8))
                    .fma(t, DoubleVector.broadcast(S, ErrorFunction.ERFC_7))
                    .fma(t, DoubleVector.broadcast(S, ErrorFunction.ERFC_6))
                    .fma(t, DoubleVector.broadcast(S, ErrorFunction.ERFC_5))
                    .fma(t, DoubleVector.broadcast(S, ErrorFunction.ERFC_4))
                    .fma(t, DoubleVector.broadcast(S, ErrorFunction.ERFC_3))
                    .fma(t, DoubleVector.broadcast(S, ErrorFunction.ERFC_2))
                    .fma(t, DoubleVector.broadcast(S, ErrorFunction.ERFC_1))
                    .fma(t, DoubleVector.broadcast(S, ErrorFunction.ERFC_0));
            DoubleVector.fromArray(S, e, eOff + i).mul(weight)
                    .mul(p.div(near.fma(DoubleVector.broadcast(S, 2), DoubleVector.broadcast(S, 1))))
                    .intoArray(y, yOff + i);
        }
    }

    /** erf(v)/v - 1, v = factor x, where that is small. */
    private static void series(double factor, double[] x, int xOff, double[] series, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + i).mul(factor);
            DoubleVector w = v.fma(v, DoubleVector.broadcast(S, -MIDDLE));
            DoubleVector p = w.fma(DoubleVector.broadcast(S, ErrorFunction.ERF_16),
                    DoubleVector.broadcast(S, ErrorFunction.ERF_15))
                    .fma(w, DoubleVector.broadcast(S, ErrorFunction.ERF_14))
                    .fma(w, DoubleVector.broadcast(S, ErrorFunction.ERF_13))
                    .fma(w, DoubleVector.broadcast(S, ErrorFunction.ERF_12))
                    .fma(w, DoubleVector.broadcast(S, ErrorFunction.ERF_11))
                    .fma(w, DoubleVector.broadcast(S, ErrorFunction.ERF_10))
                    .fma(w, DoubleVector.broadcast(S, ErrorFunction.ERF_9))
                    .fma(w, DoubleVector.broadcast(S, ErrorFunction.ERF_8))
                    .fma(w, DoubleVector.broadcast(S, ErrorFunction.ERF_7))
                    .fma(w, DoubleVector.broadcast(S, ErrorFunction.ERF_6))
                    .fma(w, DoubleVector.broadcast(S, ErrorFunction.ERF_5))
                    .fma(w, DoubleVector.broadcast(S, ErrorFunction.ERF_4))
                    .fma(w, DoubleVector.broadcast(S, ErrorFunction.ERF_3))
                    .fma(w, DoubleVector.broadcast(S, ErrorFunction.ERF_2))
                    .fma(w, DoubleVector.broadcast(S, ErrorFunction.ERF_1))
                    .fma(w, DoubleVector.broadcast(S, ErrorFunction.ERF_0));
            p.intoArray(series, i);
        }
    }
}
