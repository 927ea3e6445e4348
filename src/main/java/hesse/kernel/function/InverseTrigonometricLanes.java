package hesse.kernel.function;

import static hesse.kernel.function.InverseTrigonometric.INVERSE_ROOT;
import static hesse.kernel.function.InverseTrigonometric.PIO2_HIGH;
import static hesse.kernel.function.InverseTrigonometric.PIO2_LOW;
import static hesse.kernel.function.InverseTrigonometric.PI_HIGH;
import static hesse.kernel.function.InverseTrigonometric.PI_LOW;

import hesse.kernel.machine.Lanes;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link InverseTrigonometric} over arrays, as {@link ExponentialLanes}; all arguments are usual. */
final class InverseTrigonometricLanes {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;

    private InverseTrigonometricLanes() {}

    /** See {@link InverseTrigonometric#asin}. */
    static void asin(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + i);
            DoubleVector size = v.abs();
            VectorMask<Double> large = size.compare(VectorOperators.GT, 0.5);
            DoubleVector w = DoubleVector.broadcast(S, 1).sub(size);
            DoubleVector z = v.mul(v).blend(w.mul(0.5), large);
            DoubleVector series = z.fma(DoubleVector.broadcast(S, InverseTrigonometric.A12),
                    DoubleVector.broadcast(S, InverseTrigonometric.A11))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.A10))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.A9))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.A8))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.A7))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.A6))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.A5))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.A4))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.A3))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.A2))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.A1))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.A0)).mul(z);
            DoubleVector t = z.sqrt();
            DoubleVector u = t.mul(-2);
            DoubleVector inverse = LongVector.broadcast(Lanes.LONGS, INVERSE_ROOT)
                    .sub(z.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 1)).reinterpretAsDoubles();
            DoubleVector inner = u.fma(series, u.fma(t, w).fma(inverse, DoubleVector.broadcast(S, PIO2_LOW)));
            DoubleVector high = u.add(PIO2_HIGH);
            DoubleVector far = high.add(DoubleVector.broadcast(S, PIO2_HIGH).sub(high).add(u).add(inner));
            size.fma(series, size).blend(far, large).reinterpretAsLongs().or(v.reinterpretAsLongs().and(Long.MIN_VALUE))
                    .reinterpretAsDoubles()
                    .intoArray(y, yOff + i);
        }
    }

    static void acos(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + i);
            DoubleVector size = v.abs();
            VectorMask<Double> large = size.compare(VectorOperators.GT, 0.5);
            VectorMask<Double> right = v.compare(VectorOperators.GT, 0.5);
            DoubleVector w = DoubleVector.broadcast(S, 1).sub(size);
            DoubleVector z = v.mul(v).blend(w.mul(0.5), large);
            DoubleVector series = z.fma(DoubleVector.broadcast(S, InverseTrigonometric.A12),
                    DoubleVector.broadcast(S, InverseTrigonometric.A11))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.A10))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.A9))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.A8))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.A7))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.A6))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.A5))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.A4))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.A3))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.A2))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.A1))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.A0)).mul(z);
            DoubleVector t = z.sqrt();
            DoubleVector u = v.neg().blend(t.mul(-2), large).blend(t.mul(2), right);
            DoubleVector base = DoubleVector.broadcast(S, PIO2_HIGH).blend(PI_HIGH, large).blend(0, right);
            DoubleVector baseLow = DoubleVector.broadcast(S, PIO2_LOW).blend(PI_LOW, large).blend(0, right);
            DoubleVector inverse = LongVector.broadcast(Lanes.LONGS, INVERSE_ROOT)
                    .sub(z.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 1)).reinterpretAsDoubles();
            DoubleVector inner = u.fma(series, baseLow.blend(u.fma(t, w.blend(w.neg(), right)).fma(inverse, baseLow),
                    large));
            DoubleVector high = base.add(u);
            high.add(base.sub(high).add(u).add(inner)).intoArray(y, yOff + i);
        }
    }

    static void atan(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector v = DoubleVector.fromArray(S, x, xOff + i);
            DoubleVector size = v.abs();
            VectorMask<Double> beyond1 = size.compare(VectorOperators.GT, InverseTrigonometric.BOUND_1);
            VectorMask<Double> beyond2 = size.compare(VectorOperators.GT, InverseTrigonometric.BOUND_2);
            VectorMask<Double> beyond3 = size.compare(VectorOperators.GT, InverseTrigonometric.BOUND_3);
            VectorMask<Double> beyond4 = size.compare(VectorOperators.GT, InverseTrigonometric.BOUND_4);
            DoubleVector c = DoubleVector.broadcast(S, 0).blend(0.5, beyond1).blend(1, beyond2).blend(1.5, beyond3);
            DoubleVector at = DoubleVector.broadcast(S, 0).blend(InverseTrigonometric.AT_1, beyond1)
                    .blend(InverseTrigonometric.AT_2, beyond2)
                    .blend(InverseTrigonometric.AT_3, beyond3).blend(PIO2_HIGH, beyond4);
            DoubleVector atLow = DoubleVector.broadcast(S, 0).blend(InverseTrigonometric.AT_1_LOW, beyond1)
                    .blend(InverseTrigonometric.AT_2_LOW, beyond2)
                    .blend(InverseTrigonometric.AT_3_LOW, beyond3).blend(PIO2_LOW, beyond4);
            DoubleVector p = size.sub(c).blend(-1, beyond4);
            DoubleVector d = size.fma(c, DoubleVector.broadcast(S, 1)).blend(size, beyond4);
            DoubleVector t = p.div(d);
            DoubleVector z = t.mul(t);
            DoubleVector series = z.fma(DoubleVector.broadcast(S, InverseTrigonometric.T10),
                    DoubleVector.broadcast(S, InverseTrigonometric.T9))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.T8))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.T7))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.T6))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.T5))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.T4))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.T3))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.T2))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.T1))
                    .fma(z, DoubleVector.broadcast(S, InverseTrigonometric.T0));
            at.add(t.add(t.fma(series.mul(z), atLow))).reinterpretAsLongs().and(Long.MAX_VALUE)
                    .or(v.reinterpretAsLongs().and(Long.MIN_VALUE)).reinterpretAsDoubles().intoArray(y, yOff + i);
        }
    }

    /** The smaller size over the larger one. */
    static void ratio(double[] y, int yOff, double[] x, int xOff, double[] out, int oOff, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector a = DoubleVector.fromArray(S, y, yOff + i).abs();
            DoubleVector b = DoubleVector.fromArray(S, x, xOff + i).abs();
            a.min(b).div(a.max(b)).intoArray(out, oOff + i);
        }
    }

    /** From z = atan of the ratio; a ratio of two zeros or two infinities is no number and done again. */
    static void atan2(double[] y, int yOff, double[] x, int xOff, double[] z, int zOff, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector ratio = DoubleVector.fromArray(S, z, zOff + i);
            DoubleVector v = DoubleVector.fromArray(S, y, yOff + i);
            DoubleVector u = DoubleVector.fromArray(S, x, xOff + i);
            DoubleVector angle = ratio.blend(DoubleVector.broadcast(S, PIO2_HIGH).sub(ratio.sub(PIO2_LOW)),
                    v.abs().compare(VectorOperators.GT, u.abs()));
            DoubleVector left = DoubleVector.broadcast(S, PI_HIGH).sub(angle.sub(PI_LOW));
            angle.blend(left, u.reinterpretAsLongs().compare(VectorOperators.LT, 0).cast(S)).reinterpretAsLongs()
                    .and(Long.MAX_VALUE)
                    .or(v.reinterpretAsLongs().and(Long.MIN_VALUE)).reinterpretAsDoubles().intoArray(z, zOff + i);
        }
        for (int i = 0; i < n; i++) {
            if (Double.isNaN(z[zOff + i])) {
                z[zOff + i] = InverseTrigonometric.atan2(y[yOff + i], x[xOff + i]);
            }
        }
    }
}
