package hesse.kernel.function;

import hesse.kernel.machine.Lanes;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** What {@link Elementary}'s inverse hyperbolic functions do around their logarithm, over arrays; n a multiple of 8. */
final class ElementaryLanes {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;

    private ElementaryLanes() {}

    static void abs(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector.fromArray(S, x, xOff + i).abs().intoArray(y, yOff + i);
        }
    }

    /** -|x|. */
    static void minusAbs(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector.fromArray(S, x, xOff + i).abs().neg().intoArray(y, yOff + i);
        }
    }

    /** |x| + sqrt(x^2 + 1) - 1. */
    static void asinhExcess(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector size = DoubleVector.fromArray(S, x, xOff + i).abs();
            DoubleVector root = size.fma(size, DoubleVector.broadcast(S, 1)).sqrt();
            size.add(root.sub(1).blend(size.mul(size).div(root.add(1)), size.compare(VectorOperators.LT, 2)))
                    .intoArray(y, yOff + i);
        }
    }

    /** x + sqrt(x^2 - 1) - 1. */
    static void acoshExcess(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector excess = DoubleVector.fromArray(S, x, xOff + i).sub(1);
            excess.add(excess.fma(excess, excess.mul(2)).sqrt()).intoArray(y, yOff + i);
        }
    }

    /** (1 + |x|)/(1 - |x|) - 1. */
    static void atanhExcess(double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector size = DoubleVector.fromArray(S, x, xOff + i).abs();
            size.mul(2).div(DoubleVector.broadcast(S, 1).sub(size)).intoArray(y, yOff + i);
        }
    }

    /** y times a factor, with the sign of x. */
    static void signed(double factor, double[] x, int xOff, double[] y, int yOff, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector.fromArray(S, y, yOff + i).mul(factor).reinterpretAsLongs().and(Long.MAX_VALUE)
                    .or(DoubleVector.fromArray(S, x, xOff + i).reinterpretAsLongs().and(Long.MIN_VALUE))
                    .reinterpretAsDoubles()
                    .intoArray(y, yOff + i);
        }
    }
}
