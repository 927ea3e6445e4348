package hesse.kernel.function;

import static hesse.kernel.function.Trigonometric.PIO2_1;
import static hesse.kernel.function.Trigonometric.PIO2_2;
import static hesse.kernel.function.Trigonometric.PIO2_3;
import static hesse.kernel.function.Trigonometric.ROUND;
import static hesse.kernel.function.Trigonometric.TWO_OVER_PI;
import static hesse.kernel.function.Trigonometric.USUAL;

import hesse.kernel.machine.Lanes;
import hesse.kernel.machine.PackBuffers;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Trigonometric} over arrays, as {@link ExponentialLanes}. */
final class TrigonometricLanes {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;
    private static final long USUAL_BITS = Double.doubleToRawLongBits(USUAL);

    private TrigonometricLanes() {}

    static void sin(double[] x, int xOff, double[] y, int yOff, int n) {
        LongVector unusual = LongVector.zero(Lanes.LONGS);
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + i);
            unusual = unusual.or(LongVector.broadcast(Lanes.LONGS, USUAL_BITS)
                    .sub(v.reinterpretAsLongs().and(Long.MAX_VALUE)));
            DoubleVector t = v.fma(DoubleVector.broadcast(S, TWO_OVER_PI), DoubleVector.broadcast(S, ROUND));
            DoubleVector minusK = DoubleVector.broadcast(S, ROUND).sub(t);
            DoubleVector first = minusK.fma(DoubleVector.broadcast(S, PIO2_1), v);
            DoubleVector r = minusK.fma(DoubleVector.broadcast(S, PIO2_2), first);
            DoubleVector low = minusK.fma(DoubleVector.broadcast(S, PIO2_3),
                    minusK.fma(DoubleVector.broadcast(S, PIO2_2), first.sub(r)));
            DoubleVector z = r.mul(r);
            DoubleVector half = z.mul(0.5);
            DoubleVector w = DoubleVector.broadcast(S, 1).sub(half);
            DoubleVector sinSeries =
                    z.fma(DoubleVector.broadcast(S, Trigonometric.S5), DoubleVector.broadcast(S, Trigonometric.S4))
                    .fma(z, DoubleVector.broadcast(S, Trigonometric.S3))
                    .fma(z, DoubleVector.broadcast(S, Trigonometric.S2))
                    .fma(z, DoubleVector.broadcast(S, Trigonometric.S1))
                    .fma(z, DoubleVector.broadcast(S, Trigonometric.S0));
            DoubleVector sin = r.add(r.mul(z).fma(sinSeries, low.mul(w)));
            DoubleVector cosSeries =
                    z.fma(DoubleVector.broadcast(S, Trigonometric.C5), DoubleVector.broadcast(S, Trigonometric.C4))
                    .fma(z, DoubleVector.broadcast(S, Trigonometric.C3))
                    .fma(z, DoubleVector.broadcast(S, Trigonometric.C2))
                    .fma(z, DoubleVector.broadcast(S, Trigonometric.C1))
                    .fma(z, DoubleVector.broadcast(S, Trigonometric.C0));
            DoubleVector cos = w.add(DoubleVector.broadcast(S, 1).sub(w).sub(half)
                    .add(z.mul(z).fma(cosSeries, r.neg().mul(low))));
            LongVector k = t.reinterpretAsLongs();
            VectorMask<Double> odd = k.and(1).compare(VectorOperators.NE, 0).cast(S);
            LongVector sign = k.and(2).lanewise(VectorOperators.LSHL, 62);
            DoubleVector value = sin.blend(cos, odd).reinterpretAsLongs().lanewise(VectorOperators.XOR, sign)
                    .reinterpretAsDoubles();
            value.blend(v, v.compare(VectorOperators.EQ, 0)).intoArray(y, yOff + i);
        }
        if (unusual.reduceLanes(VectorOperators.OR) < 0) {
            for (int i = 0; i < n; i++) {
                if (!(Math.abs(x[xOff + i]) <= USUAL)) {
                    y[yOff + i] = Trigonometric.sin(x[xOff + i]);
                }
            }
        }
    }

    static void cos(double[] x, int xOff, double[] y, int yOff, int n) {
        LongVector unusual = LongVector.zero(Lanes.LONGS);
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + i);
            unusual = unusual.or(LongVector.broadcast(Lanes.LONGS, USUAL_BITS)
                    .sub(v.reinterpretAsLongs().and(Long.MAX_VALUE)));
            DoubleVector t = v.fma(DoubleVector.broadcast(S, TWO_OVER_PI), DoubleVector.broadcast(S, ROUND));
            DoubleVector minusK = DoubleVector.broadcast(S, ROUND).sub(t);
            DoubleVector first = minusK.fma(DoubleVector.broadcast(S, PIO2_1), v);
            DoubleVector r = minusK.fma(DoubleVector.broadcast(S, PIO2_2), first);
            DoubleVector low = minusK.fma(DoubleVector.broadcast(S, PIO2_3),
                    minusK.fma(DoubleVector.broadcast(S, PIO2_2), first.sub(r)));
            DoubleVector z = r.mul(r);
            DoubleVector half = z.mul(0.5);
            DoubleVector w = DoubleVector.broadcast(S, 1).sub(half);
            DoubleVector sinSeries =
                    z.fma(DoubleVector.broadcast(S, Trigonometric.S5), DoubleVector.broadcast(S, Trigonometric.S4))
                    .fma(z, DoubleVector.broadcast(S, Trigonometric.S3))
                    .fma(z, DoubleVector.broadcast(S, Trigonometric.S2))
                    .fma(z, DoubleVector.broadcast(S, Trigonometric.S1))
                    .fma(z, DoubleVector.broadcast(S, Trigonometric.S0));
            DoubleVector sin = r.add(r.mul(z).fma(sinSeries, low.mul(w)));
            DoubleVector cosSeries =
                    z.fma(DoubleVector.broadcast(S, Trigonometric.C5), DoubleVector.broadcast(S, Trigonometric.C4))
                    .fma(z, DoubleVector.broadcast(S, Trigonometric.C3))
                    .fma(z, DoubleVector.broadcast(S, Trigonometric.C2))
                    .fma(z, DoubleVector.broadcast(S, Trigonometric.C1))
                    .fma(z, DoubleVector.broadcast(S, Trigonometric.C0));
            DoubleVector cos = w.add(DoubleVector.broadcast(S, 1).sub(w).sub(half)
                    .add(z.mul(z).fma(cosSeries, r.neg().mul(low))));
            LongVector k = t.reinterpretAsLongs().add(1);
            VectorMask<Double> odd = k.and(1).compare(VectorOperators.NE, 0).cast(S);
            LongVector sign = k.and(2).lanewise(VectorOperators.LSHL, 62);
            DoubleVector value = sin.blend(cos, odd).reinterpretAsLongs().lanewise(VectorOperators.XOR, sign)
                    .reinterpretAsDoubles();
            value.intoArray(y, yOff + i);
        }
        if (unusual.reduceLanes(VectorOperators.OR) < 0) {
            for (int i = 0; i < n; i++) {
                if (!(Math.abs(x[xOff + i]) <= USUAL)) {
                    y[yOff + i] = Trigonometric.cos(x[xOff + i]);
                }
            }
        }
    }

    /** In two loops, as {@link ExponentialLanes#tanh}: r and what it lost, then the quotient. */
    static void tan(double[] x, int xOff, double[] y, int yOff, int n) {
        double[] lows = PackBuffers.own().scratch(2 * n);
        LongVector unusual = LongVector.zero(Lanes.LONGS);
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + i);
            unusual = unusual.or(LongVector.broadcast(Lanes.LONGS, USUAL_BITS)
                    .sub(v.reinterpretAsLongs().and(Long.MAX_VALUE)));
            DoubleVector minusK = DoubleVector.broadcast(S, ROUND)
                    .sub(v.fma(DoubleVector.broadcast(S, TWO_OVER_PI), DoubleVector.broadcast(S, ROUND)));
            DoubleVector first = minusK.fma(DoubleVector.broadcast(S, PIO2_1), v);
            DoubleVector r = minusK.fma(DoubleVector.broadcast(S, PIO2_2), first);
            r.intoArray(lows, n + i);
            minusK.fma(DoubleVector.broadcast(S, PIO2_3), minusK.fma(DoubleVector.broadcast(S, PIO2_2), first.sub(r)))
                    .intoArray(lows, i);
        }
        tails(y, yOff, n, lows);
        quotients(x, xOff, y, yOff, n, lows);
        if (unusual.reduceLanes(VectorOperators.OR) < 0) {
            for (int i = 0; i < n; i++) {
                if (!(Math.abs(x[xOff + i]) <= USUAL)) {
                    y[yOff + i] = Trigonometric.tan(x[xOff + i]);
                }
            }
        }
    }

    /** What sin r is beyond r, to y, and cos r beyond 1 - r^2/2, in the place of what r lost. */
    private static void tails(double[] y, int yOff, int n, double[] lows) {
        for (int i = 0; i < n; i += L) {
            DoubleVector r = DoubleVector.fromArray(S, lows, n + i);
            DoubleVector low = DoubleVector.fromArray(S, lows, i);
            DoubleVector z = r.mul(r);
            DoubleVector half = z.mul(0.5);
            DoubleVector w = DoubleVector.broadcast(S, 1).sub(half);
            DoubleVector sinSeries =
                    z.fma(DoubleVector.broadcast(S, Trigonometric.S5), DoubleVector.broadcast(S, Trigonometric.S4))
                    .fma(z, DoubleVector.broadcast(S, Trigonometric.S3))
                    .fma(z, DoubleVector.broadcast(S, Trigonometric.S2))
                    .fma(z, DoubleVector.broadcast(S, Trigonometric.S1))
                    .fma(z, DoubleVector.broadcast(S, Trigonometric.S0));
            r.mul(z).fma(sinSeries, low.mul(w)).intoArray(y, yOff + i);
            DoubleVector cosSeries =
                    z.fma(DoubleVector.broadcast(S, Trigonometric.C5), DoubleVector.broadcast(S, Trigonometric.C4))
                    .fma(z, DoubleVector.broadcast(S, Trigonometric.C3))
                    .fma(z, DoubleVector.broadcast(S, Trigonometric.C2))
                    .fma(z, DoubleVector.broadcast(S, Trigonometric.C1))
                    .fma(z, DoubleVector.broadcast(S, Trigonometric.C0));
            DoubleVector.broadcast(S, 1).sub(w).sub(half).add(z.mul(z).fma(cosSeries, r.neg().mul(low)))
                    .intoArray(lows, i);
        }
    }

    private static void quotients(double[] x, int xOff, double[] y, int yOff, int n, double[] lows) {
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + i);
            DoubleVector r = DoubleVector.fromArray(S, lows, n + i);
            DoubleVector sinTail = DoubleVector.fromArray(S, y, yOff + i);
            DoubleVector cosTail = DoubleVector.fromArray(S, lows, i);
            DoubleVector w = DoubleVector.broadcast(S, 1).sub(r.mul(r).mul(0.5));
            VectorMask<Double> odd = v.fma(DoubleVector.broadcast(S, TWO_OVER_PI), DoubleVector.broadcast(S, ROUND))
                    .reinterpretAsLongs()
                    .and(1).compare(VectorOperators.NE, 0).cast(S);
            DoubleVector a = r.blend(w.neg(), odd);
            DoubleVector aTail = sinTail.blend(cosTail.neg(), odd);
            DoubleVector b = w.blend(r, odd);
            DoubleVector bTail = cosTail.blend(sinTail, odd);
            DoubleVector p = a.add(aTail);
            DoubleVector pLow = a.sub(p).add(aTail);
            DoubleVector d = b.add(bTail);
            DoubleVector dLow = b.sub(d).add(bTail);
            DoubleVector inverse = DoubleVector.broadcast(S, 1).div(d);
            DoubleVector q = p.mul(inverse);
            DoubleVector minusQ = q.neg();
            DoubleVector result = minusQ.fma(d, p).add(minusQ.fma(dLow, pLow)).fma(inverse, q);
            result.blend(v, v.compare(VectorOperators.EQ, 0)).intoArray(y, yOff + i);
        }
    }
}
