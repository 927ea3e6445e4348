package hesse.kernel.function;

import static hesse.kernel.function.Exponential.LN2_HIGH;
import static hesse.kernel.function.Exponential.LN2_LOW;
import static hesse.kernel.function.Exponential.LOG2_E;
import static hesse.kernel.function.Exponential.ROUND;
import static hesse.kernel.function.Exponential.TANH_ONE;
import static hesse.kernel.function.Exponential.USUAL;

import hesse.kernel.machine.Lanes;
import hesse.kernel.machine.PackBuffers;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Exponential} over arrays, bit for bit. Each method fills y from x, n a multiple of 8, y not x; what lies
 * outside the usual range is noted and done again, by the scalar function.
 *
 * <p>Loops are flat on purpose: in a method of more than about 45 vector operations C2 inlines the Vector API still,
 * but no helpers of ours, and a vector that passes through a call is boxed.
 */
final class ExponentialLanes {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;

    private ExponentialLanes() {}

    static void exp(double[] x, int xOff, double[] y, int yOff, int n) {
        LongVector unusual = LongVector.zero(Lanes.LONGS);
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + i);
            unusual = unusual.or(LongVector.broadcast(Lanes.LONGS, Double.doubleToRawLongBits(USUAL))
                    .sub(v.reinterpretAsLongs().and(Long.MAX_VALUE)));
            DoubleVector t = v.fma(DoubleVector.broadcast(S, LOG2_E), DoubleVector.broadcast(S, ROUND));
            DoubleVector minusK = DoubleVector.broadcast(S, ROUND).sub(t);
            DoubleVector first = minusK.fma(DoubleVector.broadcast(S, LN2_HIGH), v);
            DoubleVector rest = minusK.mul(LN2_LOW);
            DoubleVector r = first.add(rest);
            DoubleVector lost = first.sub(r).add(rest);
            DoubleVector tail = r.fma(DoubleVector.broadcast(S, Exponential.P10),
                    DoubleVector.broadcast(S, Exponential.P9))
                    .fma(r, DoubleVector.broadcast(S, Exponential.P8)).fma(r, DoubleVector.broadcast(S, Exponential.P7))
                    .fma(r, DoubleVector.broadcast(S, Exponential.P6)).fma(r, DoubleVector.broadcast(S, Exponential.P5))
                    .fma(r, DoubleVector.broadcast(S, Exponential.P4)).fma(r, DoubleVector.broadcast(S, Exponential.P3))
                    .fma(r, DoubleVector.broadcast(S, Exponential.P2)).fma(r, DoubleVector.broadcast(S, Exponential.P1))
                    .fma(r, DoubleVector.broadcast(S, Exponential.P0));
            DoubleVector e = r.mul(r).fma(tail, lost).add(r).add(1);
            LongVector bits = e.reinterpretAsLongs().add(t.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52));
            bits.reinterpretAsDoubles().intoArray(y, yOff + i);
        }
        if (unusual.reduceLanes(VectorOperators.OR) < 0) {
            for (int i = 0; i < n; i++) {
                if (!(Math.abs(x[xOff + i]) <= USUAL)) {
                    y[yOff + i] = Exponential.exp(x[xOff + i]);
                }
            }
        }
    }

    static void exp2(double[] x, int xOff, double[] y, int yOff, int n) {
        LongVector unusual = LongVector.zero(Lanes.LONGS);
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + i);
            unusual = unusual.or(LongVector.broadcast(Lanes.LONGS, Double.doubleToRawLongBits(USUAL))
                    .sub(v.reinterpretAsLongs().and(Long.MAX_VALUE)));
            DoubleVector t = v.add(ROUND);
            DoubleVector f = v.sub(t.sub(ROUND));
            DoubleVector r = f.mul(LN2_HIGH);
            DoubleVector lost = f.fma(DoubleVector.broadcast(S, LN2_HIGH), r.neg()).add(f.mul(LN2_LOW));
            DoubleVector tail = r.fma(DoubleVector.broadcast(S, Exponential.P10),
                    DoubleVector.broadcast(S, Exponential.P9))
                    .fma(r, DoubleVector.broadcast(S, Exponential.P8)).fma(r, DoubleVector.broadcast(S, Exponential.P7))
                    .fma(r, DoubleVector.broadcast(S, Exponential.P6)).fma(r, DoubleVector.broadcast(S, Exponential.P5))
                    .fma(r, DoubleVector.broadcast(S, Exponential.P4)).fma(r, DoubleVector.broadcast(S, Exponential.P3))
                    .fma(r, DoubleVector.broadcast(S, Exponential.P2)).fma(r, DoubleVector.broadcast(S, Exponential.P1))
                    .fma(r, DoubleVector.broadcast(S, Exponential.P0));
            DoubleVector e = r.mul(r).fma(tail, lost).add(r).add(1);
            LongVector bits = e.reinterpretAsLongs().add(t.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52));
            bits.reinterpretAsDoubles().intoArray(y, yOff + i);
        }
        if (unusual.reduceLanes(VectorOperators.OR) < 0) {
            for (int i = 0; i < n; i++) {
                if (!(Math.abs(x[xOff + i]) <= USUAL)) {
                    y[yOff + i] = Exponential.exp2(x[xOff + i]);
                }
            }
        }
    }

    /** From y = exp |x|. */
    static void cosh(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector e = DoubleVector.fromArray(S, y, yOff + i);
            e.add(DoubleVector.broadcast(S, 1).div(e)).mul(0.5).intoArray(y, yOff + i);
        }
        for (int i = 0; i < n; i++) {
            if (Math.abs(x[xOff + i]) > USUAL) {
                y[yOff + i] = Exponential.cosh(x[xOff + i]);
            }
        }
    }

    /** From y = exp |x| - 1. */
    static void sinh(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector e = DoubleVector.fromArray(S, y, yOff + i);
            e.add(e.div(e.add(1))).mul(0.5).reinterpretAsLongs().and(Long.MAX_VALUE)
                    .or(DoubleVector.fromArray(S, x, xOff + i).reinterpretAsLongs().and(Long.MIN_VALUE))
                    .reinterpretAsDoubles()
                    .intoArray(y, yOff + i);
        }
        for (int i = 0; i < n; i++) {
            if (Math.abs(x[xOff + i]) > USUAL) {
                y[yOff + i] = Exponential.sinh(x[xOff + i]);
            }
        }
    }

    /** exp(-x^2), or of half the square; see {@link Elementary#gaussian}. */
    static void gaussian(boolean half, double[] x, int xOff, double[] y, int yOff, int n) {
        double factor = half ? -0.5 : -1;
        LongVector unusual = LongVector.zero(Lanes.LONGS);
        for (int i = 0; i < n; i += L) {
            DoubleVector root = DoubleVector.fromArray(S, x, xOff + i);
            DoubleVector square = root.mul(root);
            DoubleVector low = root.fma(root, square.neg()).mul(factor);
            DoubleVector v = square.mul(factor);
            unusual = unusual.or(LongVector.broadcast(Lanes.LONGS, Double.doubleToRawLongBits(USUAL))
                    .sub(v.reinterpretAsLongs().and(Long.MAX_VALUE)));
            DoubleVector t = v.fma(DoubleVector.broadcast(S, LOG2_E), DoubleVector.broadcast(S, ROUND));
            DoubleVector minusK = DoubleVector.broadcast(S, ROUND).sub(t);
            DoubleVector first = minusK.fma(DoubleVector.broadcast(S, LN2_HIGH), v);
            DoubleVector rest = minusK.fma(DoubleVector.broadcast(S, LN2_LOW), low);
            DoubleVector r = first.add(rest);
            DoubleVector lost = first.sub(r).add(rest);
            DoubleVector tail = r.fma(DoubleVector.broadcast(S, Exponential.P10),
                    DoubleVector.broadcast(S, Exponential.P9))
                    .fma(r, DoubleVector.broadcast(S, Exponential.P8)).fma(r, DoubleVector.broadcast(S, Exponential.P7))
                    .fma(r, DoubleVector.broadcast(S, Exponential.P6)).fma(r, DoubleVector.broadcast(S, Exponential.P5))
                    .fma(r, DoubleVector.broadcast(S, Exponential.P4)).fma(r, DoubleVector.broadcast(S, Exponential.P3))
                    .fma(r, DoubleVector.broadcast(S, Exponential.P2)).fma(r, DoubleVector.broadcast(S, Exponential.P1))
                    .fma(r, DoubleVector.broadcast(S, Exponential.P0));
            DoubleVector e = r.mul(r).fma(tail, lost).add(r).add(1);
            LongVector bits = e.reinterpretAsLongs().add(t.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52));
            bits.reinterpretAsDoubles().intoArray(y, yOff + i);
        }
        if (unusual.reduceLanes(VectorOperators.OR) < 0) {
            for (int i = 0; i < n; i++) {
                double root = x[xOff + i];
                if (!(Math.abs(factor * (root * root)) <= USUAL)) {
                    y[yOff + i] = half ? Elementary.halfGaussian(root) : Elementary.gaussian(root);
                }
            }
        }
    }

    static void expm1(double[] x, int xOff, double[] y, int yOff, int n) {
        LongVector unusual = LongVector.zero(Lanes.LONGS);
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + i);
            unusual = unusual.or(LongVector.broadcast(Lanes.LONGS, Double.doubleToRawLongBits(USUAL))
                    .sub(v.reinterpretAsLongs().and(Long.MAX_VALUE)));
            DoubleVector t = v.fma(DoubleVector.broadcast(S, LOG2_E), DoubleVector.broadcast(S, ROUND));
            DoubleVector minusK = DoubleVector.broadcast(S, ROUND).sub(t);
            DoubleVector scale = t.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52).add(Logarithm.BIAS)
                    .reinterpretAsDoubles();
            DoubleVector first = minusK.fma(DoubleVector.broadcast(S, LN2_HIGH), v);
            DoubleVector r = minusK.fma(DoubleVector.broadcast(S, LN2_LOW), first);
            DoubleVector tail = r.fma(DoubleVector.broadcast(S, Exponential.P10),
                    DoubleVector.broadcast(S, Exponential.P9))
                    .fma(r, DoubleVector.broadcast(S, Exponential.P8)).fma(r, DoubleVector.broadcast(S, Exponential.P7))
                    .fma(r, DoubleVector.broadcast(S, Exponential.P6)).fma(r, DoubleVector.broadcast(S, Exponential.P5))
                    .fma(r, DoubleVector.broadcast(S, Exponential.P4)).fma(r, DoubleVector.broadcast(S, Exponential.P3))
                    .fma(r, DoubleVector.broadcast(S, Exponential.P2)).fma(r, DoubleVector.broadcast(S, Exponential.P1))
                    .fma(r, DoubleVector.broadcast(S, Exponential.P0));
            DoubleVector low = r.mul(r).fma(tail, minusK.fma(DoubleVector.broadcast(S, LN2_LOW), first.sub(r)));
            DoubleVector minus = DoubleVector.broadcast(S, 1).sub(scale);
            DoubleVector high = scale.mul(r);
            DoubleVector sum = high.sub(minus);
            DoubleVector other = sum.sub(high);
            DoubleVector lost = high.sub(sum.sub(other)).sub(minus.add(other));
            DoubleVector result = sum.add(scale.fma(low, lost));
            result.blend(v, v.compare(VectorOperators.EQ, 0)).intoArray(y, yOff + i);
        }
        if (unusual.reduceLanes(VectorOperators.OR) < 0) {
            for (int i = 0; i < n; i++) {
                if (!(Math.abs(x[xOff + i]) <= USUAL)) {
                    y[yOff + i] = Exponential.expm1(x[xOff + i]);
                }
            }
        }
    }

    /** In two loops, each short enough for the registers: e = e^2|x| - 1 and what it lost, then the quotient. */
    static void tanh(double[] x, int xOff, double[] y, int yOff, int n) {
        double[] lost = PackBuffers.own().scratch(n);
        for (int i = 0; i < n; i += L) {
            DoubleVector size = DoubleVector.fromArray(S, x, xOff + i).abs();
            DoubleVector twice = size.blend(TANH_ONE, size.compare(VectorOperators.GT, TANH_ONE)).mul(2);
            DoubleVector t = twice.fma(DoubleVector.broadcast(S, LOG2_E), DoubleVector.broadcast(S, ROUND));
            DoubleVector minusK = DoubleVector.broadcast(S, ROUND).sub(t);
            DoubleVector scale = t.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52).add(Logarithm.BIAS)
                    .reinterpretAsDoubles();
            DoubleVector first = minusK.fma(DoubleVector.broadcast(S, LN2_HIGH), twice);
            DoubleVector r = minusK.fma(DoubleVector.broadcast(S, LN2_LOW), first);
            DoubleVector tail = r.fma(DoubleVector.broadcast(S, Exponential.P10),
                    DoubleVector.broadcast(S, Exponential.P9))
                    .fma(r, DoubleVector.broadcast(S, Exponential.P8)).fma(r, DoubleVector.broadcast(S, Exponential.P7))
                    .fma(r, DoubleVector.broadcast(S, Exponential.P6)).fma(r, DoubleVector.broadcast(S, Exponential.P5))
                    .fma(r, DoubleVector.broadcast(S, Exponential.P4)).fma(r, DoubleVector.broadcast(S, Exponential.P3))
                    .fma(r, DoubleVector.broadcast(S, Exponential.P2)).fma(r, DoubleVector.broadcast(S, Exponential.P1))
                    .fma(r, DoubleVector.broadcast(S, Exponential.P0));
            DoubleVector low = r.mul(r).fma(tail, minusK.fma(DoubleVector.broadcast(S, LN2_LOW), first.sub(r)));
            DoubleVector minus = DoubleVector.broadcast(S, 1).sub(scale);
            DoubleVector high = scale.mul(r);
            DoubleVector sum = high.sub(minus);
            DoubleVector other = sum.sub(high);
            DoubleVector rest = scale.fma(low, high.sub(sum.sub(other)).sub(minus.add(other)));
            DoubleVector e = sum.add(rest);
            e.intoArray(y, yOff + i);
            rest.sub(e.sub(sum)).intoArray(lost, i);
        }
        quotients(x, xOff, y, yOff, n, lost);
    }

    /** (y + lost)/(y + lost + 2) with the signs of x. */
    private static void quotients(double[] x, int xOff, double[] y, int yOff, int n, double[] lost) {
        for (int i = 0; i < n; i += L) {
            DoubleVector e = DoubleVector.fromArray(S, y, yOff + i);
            DoubleVector eLow = DoubleVector.fromArray(S, lost, i);
            DoubleVector d = e.add(2);
            DoubleVector dOther = d.sub(e);
            DoubleVector dLow = e.sub(d.sub(dOther)).add(DoubleVector.broadcast(S, 2).sub(dOther)).add(eLow);
            DoubleVector inverse = DoubleVector.broadcast(S, 1).div(d);
            DoubleVector q = e.mul(inverse);
            DoubleVector minusQ = q.neg();
            DoubleVector remainder = minusQ.fma(d, e).add(minusQ.fma(dLow, eLow));
            remainder.fma(inverse, q).reinterpretAsLongs().and(Long.MAX_VALUE)
                    .or(DoubleVector.fromArray(S, x, xOff + i).reinterpretAsLongs().and(Long.MIN_VALUE))
                    .reinterpretAsDoubles()
                    .intoArray(y, yOff + i);
        }
    }
}
