package hesse.kernel.function;

import static hesse.kernel.function.Exponential.LN2_HIGH;
import static hesse.kernel.function.Exponential.LN2_LOW;
import static hesse.kernel.function.Exponential.LOG2_E;
import static hesse.kernel.function.Exponential.ROUND;
import static hesse.kernel.function.Logarithm.BIAS;
import static hesse.kernel.function.Logarithm.INTEGER;
import static hesse.kernel.function.Logarithm.INTEGER_BIAS;
import static hesse.kernel.function.Logarithm.ROOT_HALF;
import static hesse.kernel.function.LogarithmLanes.LEAST;
import static hesse.kernel.function.LogarithmLanes.MOST;

import hesse.kernel.machine.Lanes;
import hesse.kernel.machine.PackBuffers;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Power} over arrays, as {@link ExponentialLanes}. */
final class PowerLanes {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;

    /** Between these the root of a sum of squares needs no scaling. */
    private static final long LEAST_SQUARE = Double.doubleToRawLongBits(Math.nextUp(0x1p-960));
    private static final long MOST_SQUARE = Double.doubleToRawLongBits(Math.nextDown(0x1p1020));

    private static final long LEAST_CUBE = Double.doubleToRawLongBits(Power.LEAST_CUBE);

    private PowerLanes() {}

    /**
     * z = x^y. In four loops, as {@link ExponentialLanes#tanh}: s and what it lost, the series, y log x, the
     * exponential.
     */
    static void pow(double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        double[] work = PackBuffers.own().scratch(3 * n);
        long unusual = ratios(x, xOff, work, n);
        for (int i = 0; i < n; i += L) {
            DoubleVector s = DoubleVector.fromArray(S, work, i);
            DoubleVector square = s.mul(s);
            DoubleVector series = square.fma(DoubleVector.broadcast(S, Power.L8), DoubleVector.broadcast(S, Power.L7))
                    .fma(square, DoubleVector.broadcast(S, Power.L6)).fma(square, DoubleVector.broadcast(S, Power.L5))
                    .fma(square, DoubleVector.broadcast(S, Power.L4)).fma(square, DoubleVector.broadcast(S, Power.L3))
                    .fma(square, DoubleVector.broadcast(S, Power.L2)).fma(square, DoubleVector.broadcast(S, Power.L1))
                    .fma(square, DoubleVector.broadcast(S, Power.L0));
            series.intoArray(work, 2 * n + i);
        }
        unusual |= logarithms(x, xOff, y, yOff, work, n);
        for (int i = 0; i < n; i += L) {
            DoubleVector product = DoubleVector.fromArray(S, work, i);
            DoubleVector low = DoubleVector.fromArray(S, work, n + i);
            DoubleVector t = product.fma(DoubleVector.broadcast(S, LOG2_E), DoubleVector.broadcast(S, ROUND));
            DoubleVector minusK = DoubleVector.broadcast(S, ROUND).sub(t);
            DoubleVector first = minusK.fma(DoubleVector.broadcast(S, LN2_HIGH), product);
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
            e.reinterpretAsLongs().add(t.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52)).reinterpretAsDoubles()
                    .intoArray(z, zOff + i);
        }
        if (unusual < 0) {
            for (int i = 0; i < n; i++) {
                z[zOff + i] = Power.pow(x[xOff + i], y[yOff + i]);
            }
        }
    }

    /** s = f/(2 + f), and what it lost n further; negative where x is unusual. */
    private static long ratios(double[] x, int xOff, double[] work, int n) {
        LongVector unusual = LongVector.zero(Lanes.LONGS);
        for (int i = 0; i < n; i += L) {
            LongVector bits = DoubleVector.fromArray(S, x, xOff + i).reinterpretAsLongs();
            unusual = unusual.or(bits.sub(LEAST)).or(LongVector.broadcast(Lanes.LONGS, MOST).sub(bits));
            LongVector shifted = bits.sub(ROOT_HALF - BIAS).lanewise(VectorOperators.LSHR, 52)
                    .lanewise(VectorOperators.LSHL, 52);
            DoubleVector f = bits.sub(shifted).add(BIAS).reinterpretAsDoubles().sub(1);
            DoubleVector d = f.add(2);
            DoubleVector dLow = f.sub(d.sub(2));
            DoubleVector inverse = DoubleVector.broadcast(S, 1).div(d);
            DoubleVector s = f.mul(inverse);
            s.intoArray(work, i);
            s.neg().fma(d, f).sub(s.mul(dLow)).mul(inverse).intoArray(work, n + i);
        }
        return unusual.reduceLanes(VectorOperators.OR);
    }

    /** y log x in the place of s, and what that lost; negative where it is unusual. */
    private static long logarithms(double[] x, int xOff, double[] y, int yOff, double[] work, int n) {
        LongVector unusual = LongVector.zero(Lanes.LONGS);
        for (int i = 0; i < n; i += L) {
            DoubleVector s = DoubleVector.fromArray(S, work, i);
            DoubleVector sLow = DoubleVector.fromArray(S, work, n + i);
            DoubleVector square = s.mul(s);
            DoubleVector squareLow = s.fma(s, square.neg()).add(s.mul(2).mul(sLow));
            DoubleVector third = square.mul(Power.TWO_THIRDS);
            DoubleVector thirdLow = square.fma(DoubleVector.broadcast(S, Power.TWO_THIRDS), third.neg())
                    .add(square.fma(DoubleVector.broadcast(S, Power.TWO_THIRDS_LOW), squareLow.mul(Power.TWO_THIRDS)));
            thirdLow = square.mul(square).fma(DoubleVector.fromArray(S, work, 2 * n + i), thirdLow);
            DoubleVector cube = s.mul(third);
            DoubleVector cubeLow = s.fma(third, cube.neg()).add(s.fma(thirdLow, sLow.mul(third)));
            DoubleVector twice = s.mul(2);
            DoubleVector m = twice.add(cube);
            m.intoArray(work, i);
            twice.sub(m).add(cube).add(cubeLow.add(sLow.mul(2))).intoArray(work, n + i);
        }
        for (int i = 0; i < n; i += L) {
            LongVector exponent = DoubleVector.fromArray(S, x, xOff + i).reinterpretAsLongs().sub(ROOT_HALF - BIAS)
                    .lanewise(VectorOperators.LSHR, 52);
            DoubleVector k = exponent.or(INTEGER).reinterpretAsDoubles().sub(INTEGER_BIAS);
            DoubleVector m = DoubleVector.fromArray(S, work, i);
            DoubleVector twos = k.mul(LN2_HIGH);
            DoubleVector twosLow = k.fma(DoubleVector.broadcast(S, LN2_HIGH), twos.neg()).add(k.mul(LN2_LOW));
            DoubleVector log = twos.add(m);
            DoubleVector logLow = twos.sub(log).add(m).add(twosLow.add(DoubleVector.fromArray(S, work, n + i)));
            DoubleVector power = DoubleVector.fromArray(S, y, yOff + i);
            DoubleVector product = power.mul(log);
            unusual = unusual.or(LongVector.broadcast(Lanes.LONGS, Double.doubleToRawLongBits(Exponential.USUAL))
                    .sub(product.reinterpretAsLongs().and(Long.MAX_VALUE)));
            product.intoArray(work, i);
            power.fma(logLow, power.fma(log, product.neg())).intoArray(work, n + i);
        }
        return unusual.reduceLanes(VectorOperators.OR);
    }

    /** See {@link Power#cbrt}. */
    static void cbrt(double[] x, int xOff, double[] y, int yOff, int n) {
        LongVector unusual = LongVector.zero(Lanes.LONGS);
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + i);
            DoubleVector size = v.abs();
            LongVector bits = size.reinterpretAsLongs();
            unusual = unusual.or(bits.sub(LEAST_CUBE)).or(LongVector.broadcast(Lanes.LONGS, MOST).sub(bits));
            DoubleVector start = bits.lanewise(VectorOperators.LSHR, 20).or(INTEGER).reinterpretAsDoubles()
                    .fma(DoubleVector.broadcast(S, Power.MINUS_THIRD), DoubleVector.broadcast(S, Power.ROOT_START))
                    .reinterpretAsLongs().lanewise(VectorOperators.LSHL, 20).reinterpretAsDoubles();
            DoubleVector ratio = size.mul(start).mul(start.mul(start));
            DoubleVector inverse = ratio.fma(DoubleVector.broadcast(S, Power.C4), DoubleVector.broadcast(S, Power.C3))
                    .fma(ratio, DoubleVector.broadcast(S, Power.C2)).fma(ratio, DoubleVector.broadcast(S, Power.C1))
                    .fma(ratio, DoubleVector.broadcast(S, Power.C0)).mul(start);
            DoubleVector square = inverse.mul(inverse);
            DoubleVector slope = square.mul(Power.MINUS_THIRD);
            DoubleVector root = v.mul(square);
            root = root.mul(root).fma(root, v.neg()).fma(slope, root);
            square = root.mul(root);
            root.fma(root, square.neg()).fma(root, square.fma(root, v.neg())).fma(slope, root).intoArray(y, yOff + i);
        }
        if (unusual.reduceLanes(VectorOperators.OR) < 0) {
            for (int i = 0; i < n; i++) {
                if (!Power.isUsualCube(Math.abs(x[xOff + i]))) {
                    y[yOff + i] = Power.cbrt(x[xOff + i]);
                }
            }
        }
    }

    /** See {@link Power#hypot}, and {@link Power#directionCosine} where asked for the cosine. */
    static void hypot(boolean cosine, double[] x, int xOff, double[] y, int yOff, double[] z, int zOff, int n) {
        LongVector unusual = LongVector.zero(Lanes.LONGS);
        for (int i = 0; i < n; i += L) {
            DoubleVector u = DoubleVector.fromArray(S, x, xOff + i);
            DoubleVector v = DoubleVector.fromArray(S, y, yOff + i);
            DoubleVector square = u.fma(u, v.mul(v));
            LongVector bits = square.reinterpretAsLongs();
            unusual = unusual.or(bits.sub(LEAST_SQUARE)).or(LongVector.broadcast(Lanes.LONGS, MOST_SQUARE).sub(bits));
            DoubleVector radius = square.sqrt();
            (cosine ? u.div(radius) : radius).intoArray(z, zOff + i);
        }
        if (unusual.reduceLanes(VectorOperators.OR) < 0) {
            for (int i = 0; i < n; i++) {
                z[zOff + i] = cosine
                        ? Power.directionCosine(x[xOff + i], y[yOff + i])
                        : Power.hypot(x[xOff + i], y[yOff + i]);
            }
        }
    }
}
