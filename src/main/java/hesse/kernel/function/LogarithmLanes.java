package hesse.kernel.function;

import static hesse.kernel.function.Logarithm.BIAS;
import static hesse.kernel.function.Logarithm.INTEGER;
import static hesse.kernel.function.Logarithm.INTEGER_BIAS;
import static hesse.kernel.function.Logarithm.LN2_HIGH;
import static hesse.kernel.function.Logarithm.LN2_LOW;
import static hesse.kernel.function.Logarithm.ROOT_HALF;

import hesse.kernel.machine.Lanes;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Logarithm} over arrays, as {@link ExponentialLanes}. */
final class LogarithmLanes {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;
    /** As bits, the usual numbers lie between; those below are subnormal or zero, negative numbers are negative. */
    static final long LEAST = Double.doubleToRawLongBits(Double.MIN_NORMAL);
    static final long MOST = Double.doubleToRawLongBits(Double.MAX_VALUE);

    /** The largest 1 + x that is usual. */
    private static final long MOST_PLUS_ONE = Double.doubleToRawLongBits(0x1p1000);

    private LogarithmLanes() {}

    static void log(double[] x, int xOff, double[] y, int yOff, int n) {
        LongVector unusual = LongVector.zero(Lanes.LONGS);
        for (int i = 0; i < n; i += L) {
            LongVector bits = DoubleVector.fromArray(S, x, xOff + i).reinterpretAsLongs();
            unusual = unusual.or(bits.sub(LEAST)).or(LongVector.broadcast(Lanes.LONGS, MOST).sub(bits));
            LongVector exponent = bits.sub(ROOT_HALF - BIAS).lanewise(VectorOperators.LSHR, 52);
            DoubleVector k = exponent.or(INTEGER).reinterpretAsDoubles().sub(INTEGER_BIAS);
            DoubleVector m = bits.sub(exponent.lanewise(VectorOperators.LSHL, 52)).add(BIAS).reinterpretAsDoubles();
            DoubleVector f = m.sub(1);
            DoubleVector s = f.div(f.add(2));
            DoubleVector z = s.mul(s);
            DoubleVector series = z.fma(DoubleVector.broadcast(S, Logarithm.L6),
                    DoubleVector.broadcast(S, Logarithm.L5))
                    .fma(z, DoubleVector.broadcast(S, Logarithm.L4)).fma(z, DoubleVector.broadcast(S, Logarithm.L3))
                    .fma(z, DoubleVector.broadcast(S, Logarithm.L2)).fma(z, DoubleVector.broadcast(S, Logarithm.L1))
                    .fma(z, DoubleVector.broadcast(S, Logarithm.L0))
                    .mul(z);
            DoubleVector half = f.mul(0.5).mul(f);
            k.fma(DoubleVector.broadcast(S, LN2_HIGH), f.sub(half.sub(s.fma(half.add(series), k.mul(LN2_LOW)))))
                    .intoArray(y, yOff + i);
        }
        if (unusual.reduceLanes(VectorOperators.OR) < 0) {
            for (int i = 0; i < n; i++) {
                if (!Logarithm.usual(x[xOff + i])) {
                    y[yOff + i] = Logarithm.log(x[xOff + i]);
                }
            }
        }
    }

    static void log2(double[] x, int xOff, double[] y, int yOff, int n) {
        LongVector unusual = LongVector.zero(Lanes.LONGS);
        for (int i = 0; i < n; i += L) {
            LongVector bits = DoubleVector.fromArray(S, x, xOff + i).reinterpretAsLongs();
            unusual = unusual.or(bits.sub(LEAST)).or(LongVector.broadcast(Lanes.LONGS, MOST).sub(bits));
            LongVector exponent = bits.sub(ROOT_HALF - BIAS).lanewise(VectorOperators.LSHR, 52);
            DoubleVector k = exponent.or(INTEGER).reinterpretAsDoubles().sub(INTEGER_BIAS);
            DoubleVector m = bits.sub(exponent.lanewise(VectorOperators.LSHL, 52)).add(BIAS).reinterpretAsDoubles();
            DoubleVector f = m.sub(1);
            DoubleVector s = f.div(f.add(2));
            DoubleVector z = s.mul(s);
            DoubleVector series = z.fma(DoubleVector.broadcast(S, Logarithm.L6),
                    DoubleVector.broadcast(S, Logarithm.L5))
                    .fma(z, DoubleVector.broadcast(S, Logarithm.L4)).fma(z, DoubleVector.broadcast(S, Logarithm.L3))
                    .fma(z, DoubleVector.broadcast(S, Logarithm.L2)).fma(z, DoubleVector.broadcast(S, Logarithm.L1))
                    .fma(z, DoubleVector.broadcast(S, Logarithm.L0))
                    .mul(z);
            DoubleVector half = f.mul(0.5).mul(f);
            DoubleVector log = f.sub(half.sub(s.mul(half.add(series))));
            k.add(log.fma(DoubleVector.broadcast(S, Logarithm.LOG2_E), log.mul(Logarithm.LOG2_E_LOW)))
                    .intoArray(y, yOff + i);
        }
        if (unusual.reduceLanes(VectorOperators.OR) < 0) {
            for (int i = 0; i < n; i++) {
                if (!Logarithm.usual(x[xOff + i])) {
                    y[yOff + i] = Logarithm.log2(x[xOff + i]);
                }
            }
        }
    }

    static void log10(double[] x, int xOff, double[] y, int yOff, int n) {
        LongVector unusual = LongVector.zero(Lanes.LONGS);
        for (int i = 0; i < n; i += L) {
            LongVector bits = DoubleVector.fromArray(S, x, xOff + i).reinterpretAsLongs();
            unusual = unusual.or(bits.sub(LEAST)).or(LongVector.broadcast(Lanes.LONGS, MOST).sub(bits));
            LongVector exponent = bits.sub(ROOT_HALF - BIAS).lanewise(VectorOperators.LSHR, 52);
            DoubleVector k = exponent.or(INTEGER).reinterpretAsDoubles().sub(INTEGER_BIAS);
            DoubleVector m = bits.sub(exponent.lanewise(VectorOperators.LSHL, 52)).add(BIAS).reinterpretAsDoubles();
            DoubleVector f = m.sub(1);
            DoubleVector s = f.div(f.add(2));
            DoubleVector z = s.mul(s);
            DoubleVector series = z.fma(DoubleVector.broadcast(S, Logarithm.L6),
                    DoubleVector.broadcast(S, Logarithm.L5))
                    .fma(z, DoubleVector.broadcast(S, Logarithm.L4)).fma(z, DoubleVector.broadcast(S, Logarithm.L3))
                    .fma(z, DoubleVector.broadcast(S, Logarithm.L2)).fma(z, DoubleVector.broadcast(S, Logarithm.L1))
                    .fma(z, DoubleVector.broadcast(S, Logarithm.L0))
                    .mul(z);
            DoubleVector half = f.mul(0.5).mul(f);
            DoubleVector log = f.sub(half.sub(s.mul(half.add(series))));
            DoubleVector low = k.fma(DoubleVector.broadcast(S, Logarithm.LOG10_2_LOW), log.mul(Logarithm.LOG10_E_LOW));
            k.fma(DoubleVector.broadcast(S, Logarithm.LOG10_2),
                    log.fma(DoubleVector.broadcast(S, Logarithm.LOG10_E), low)).intoArray(y, yOff + i);
        }
        if (unusual.reduceLanes(VectorOperators.OR) < 0) {
            for (int i = 0; i < n; i++) {
                if (!Logarithm.usual(x[xOff + i])) {
                    y[yOff + i] = Logarithm.log10(x[xOff + i]);
                }
            }
        }
    }

    static void log1p(double[] x, int xOff, double[] y, int yOff, int n) {
        LongVector unusual = LongVector.zero(Lanes.LONGS);
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + i);
            DoubleVector u = v.add(1);
            LongVector bits = u.reinterpretAsLongs();
            unusual = unusual.or(bits.sub(LEAST)).or(LongVector.broadcast(Lanes.LONGS, MOST_PLUS_ONE).sub(bits));
            DoubleVector lost = v.sub(u.sub(1));
            LongVector exponent = bits.sub(ROOT_HALF - BIAS).lanewise(VectorOperators.LSHR, 52);
            DoubleVector k = exponent.or(INTEGER).reinterpretAsDoubles().sub(INTEGER_BIAS);
            LongVector shifted = exponent.lanewise(VectorOperators.LSHL, 52);
            DoubleVector f = bits.sub(shifted).add(BIAS).reinterpretAsDoubles().sub(1);
            DoubleVector unscale = LongVector.broadcast(Lanes.LONGS, 2 * BIAS).sub(shifted).reinterpretAsDoubles();
            DoubleVector s = f.div(f.add(2));
            DoubleVector z = s.mul(s);
            DoubleVector low = k.fma(DoubleVector.broadcast(S, LN2_LOW),
                    lost.mul(unscale).mul(s.sub(z).fma(DoubleVector.broadcast(S, -2), DoubleVector.broadcast(S, 1))));
            DoubleVector series = z.fma(DoubleVector.broadcast(S, Logarithm.L6),
                    DoubleVector.broadcast(S, Logarithm.L5))
                    .fma(z, DoubleVector.broadcast(S, Logarithm.L4)).fma(z, DoubleVector.broadcast(S, Logarithm.L3))
                    .fma(z, DoubleVector.broadcast(S, Logarithm.L2)).fma(z, DoubleVector.broadcast(S, Logarithm.L1))
                    .fma(z, DoubleVector.broadcast(S, Logarithm.L0))
                    .mul(z);
            DoubleVector half = f.mul(0.5).mul(f);
            DoubleVector result = k.fma(DoubleVector.broadcast(S, LN2_HIGH),
                    f.sub(half.sub(s.fma(half.add(series), low))));
            result.blend(v, v.compare(VectorOperators.EQ, 0)).intoArray(y, yOff + i);
        }
        if (unusual.reduceLanes(VectorOperators.OR) < 0) {
            for (int i = 0; i < n; i++) {
                if (!(x[xOff + i] > -1 && x[xOff + i] < 0x1p1000)) {
                    y[yOff + i] = Logarithm.log1p(x[xOff + i]);
                }
            }
        }
    }

    /**
     * {@link Elementary#softplus} of x by e = exp(-|x|): log1p of numbers from 0 to sqrt(e) = 1.65, whose exponent is 0
     * or 1.
     */
    static void softplus(double[] x, int xOff, double[] e, int eOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector x0 = DoubleVector.fromArray(S, x, xOff + i);
            DoubleVector e0 = DoubleVector.fromArray(S, e, eOff + i);
            VectorMask<Double> near = x0.compare(VectorOperators.LT, Elementary.SOFTPLUS_BY_PARTS);
            DoubleVector v = e0.blend(DoubleVector.broadcast(S, 1).div(e0),
                    near.and(x0.compare(VectorOperators.GT, 0)));
            DoubleVector u = v.add(1);
            VectorMask<Double> above = u.compare(VectorOperators.GE, 2 * Double.longBitsToDouble(ROOT_HALF));
            DoubleVector unscale = DoubleVector.broadcast(S, 1).blend(0.5, above);
            DoubleVector f = u.mul(unscale).sub(1);
            DoubleVector s = f.div(f.add(2));
            DoubleVector z = s.mul(s);
            DoubleVector low = v.sub(u.sub(1)).mul(unscale)
                    .mul(s.sub(z).fma(DoubleVector.broadcast(S, -2), DoubleVector.broadcast(S, 1)))
                    .add(DoubleVector.zero(S).blend(LN2_LOW, above));
            DoubleVector series = z.fma(DoubleVector.broadcast(S, Logarithm.L6),
                    DoubleVector.broadcast(S, Logarithm.L5))
                    .fma(z, DoubleVector.broadcast(S, Logarithm.L4)).fma(z, DoubleVector.broadcast(S, Logarithm.L3))
                    .fma(z, DoubleVector.broadcast(S, Logarithm.L2)).fma(z, DoubleVector.broadcast(S, Logarithm.L1))
                    .fma(z, DoubleVector.broadcast(S, Logarithm.L0))
                    .mul(z);
            DoubleVector half = f.mul(0.5).mul(f);
            f.sub(half.sub(s.fma(half.add(series), low))).add(DoubleVector.zero(S).blend(LN2_HIGH, above))
                    .add(x0.blend(0, near))
                    .intoArray(y, yOff + i);
        }
    }
}
