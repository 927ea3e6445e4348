package hesse.kernel;

import hesse.kernel.function.Elementary;
import hesse.kernel.machine.FusedMultiplyAdd;
import hesse.kernel.machine.Lanes;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Arithmetic of blocks that lie in one array d: n entries from {@code to} on, from those from a, b and c on; n is a
 * multiple of 8, and a block may be overwritten by the result. Only with vectors; the reference is the operation's
 * scalar value.
 */
public final class Arithmetic {
    private static final VectorSpecies<Double> S = Lanes.SPECIES;
    private static final int L = Lanes.LENGTH;
    /** Whether vectors multiply and add; else the JDK would take their lanes one by one to decimal arithmetic. */
    private static final boolean FMA = FusedMultiplyAdd.IN_HARDWARE;

    private Arithmetic() {}

    public static void add(double[] d, int to, int a, int b, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector.fromArray(S, d, a + i).add(DoubleVector.fromArray(S, d, b + i)).intoArray(d, to + i);
        }
    }

    public static void subtract(double[] d, int to, int a, int b, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector.fromArray(S, d, a + i).sub(DoubleVector.fromArray(S, d, b + i)).intoArray(d, to + i);
        }
    }

    public static void multiply(double[] d, int to, int a, int b, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector.fromArray(S, d, a + i).mul(DoubleVector.fromArray(S, d, b + i)).intoArray(d, to + i);
        }
    }

    public static void divide(double[] d, int to, int a, int b, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector.fromArray(S, d, a + i).div(DoubleVector.fromArray(S, d, b + i)).intoArray(d, to + i);
        }
    }

    /** a b + c, rounded once. */
    public static void fma(double[] d, int to, int a, int b, int c, int n) {
        for (int i = 0; !FMA && i < n; i++) {
            d[to + i] = FusedMultiplyAdd.fma(d[a + i], d[b + i], d[c + i]);
        }
        for (int i = 0; FMA && i < n; i += L) {
            DoubleVector.fromArray(S, d, a + i)
                    .fma(DoubleVector.fromArray(S, d, b + i), DoubleVector.fromArray(S, d, c + i))
                    .intoArray(d, to + i);
        }
    }

    /** c - a b, rounded once. */
    public static void fnma(double[] d, int to, int a, int b, int c, int n) {
        for (int i = 0; !FMA && i < n; i++) {
            d[to + i] = FusedMultiplyAdd.fma(-d[a + i], d[b + i], d[c + i]);
        }
        for (int i = 0; FMA && i < n; i += L) {
            DoubleVector.fromArray(S, d, a + i).neg()
                    .fma(DoubleVector.fromArray(S, d, b + i), DoubleVector.fromArray(S, d, c + i))
                    .intoArray(d, to + i);
        }
    }

    public static void negate(double[] d, int to, int a, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector.fromArray(S, d, a + i).neg().intoArray(d, to + i);
        }
    }

    public static void reciprocal(double[] d, int to, int a, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector.broadcast(S, 1).div(DoubleVector.fromArray(S, d, a + i)).intoArray(d, to + i);
        }
    }

    public static void square(double[] d, int to, int a, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector x = DoubleVector.fromArray(S, d, a + i);
            x.mul(x).intoArray(d, to + i);
        }
    }

    public static void sqrt(double[] d, int to, int a, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector.fromArray(S, d, a + i).sqrt().intoArray(d, to + i);
        }
    }

    public static void abs(double[] d, int to, int a, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector.fromArray(S, d, a + i).abs().intoArray(d, to + i);
        }
    }

    public static void min(double[] d, int to, int a, int b, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector.fromArray(S, d, a + i).min(DoubleVector.fromArray(S, d, b + i)).intoArray(d, to + i);
        }
    }

    public static void max(double[] d, int to, int a, int b, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector.fromArray(S, d, a + i).max(DoubleVector.fromArray(S, d, b + i)).intoArray(d, to + i);
        }
    }

    /** a != 0 ? b : c. */
    public static void select(double[] d, int to, int a, int b, int c, int n) {
        for (int i = 0; !Lanes.MASKS && i < n; i++) {
            d[to + i] = d[a + i] != 0 ? d[b + i] : d[c + i];
        }
        for (int i = 0; Lanes.MASKS && i < n; i += L) {
            VectorMask<Double> isTrue = DoubleVector.fromArray(S, d, a + i).compare(VectorOperators.NE, 0);
            DoubleVector.fromArray(S, d, c + i).blend(DoubleVector.fromArray(S, d, b + i), isTrue).intoArray(d, to + i);
        }
    }

    /** 1 or 0. */
    public static void less(double[] d, int to, int a, int b, int n) {
        for (int i = 0; !Lanes.MASKS && i < n; i++) {
            d[to + i] = d[a + i] < d[b + i] ? 1 : 0;
        }
        for (int i = 0; Lanes.MASKS && i < n; i += L) {
            DoubleVector x = DoubleVector.fromArray(S, d, a + i);
            DoubleVector y = DoubleVector.fromArray(S, d, b + i);
            DoubleVector.broadcast(S, 0).blend(1, x.compare(VectorOperators.LT, y)).intoArray(d, to + i);
        }
    }

    /** 1 or 0. */
    public static void lessOrEqual(double[] d, int to, int a, int b, int n) {
        for (int i = 0; !Lanes.MASKS && i < n; i++) {
            d[to + i] = d[a + i] <= d[b + i] ? 1 : 0;
        }
        for (int i = 0; Lanes.MASKS && i < n; i += L) {
            DoubleVector x = DoubleVector.fromArray(S, d, a + i);
            DoubleVector y = DoubleVector.fromArray(S, d, b + i);
            DoubleVector.broadcast(S, 0).blend(1, x.compare(VectorOperators.LE, y)).intoArray(d, to + i);
        }
    }

    /** 1 or 0. */
    public static void equal(double[] d, int to, int a, int b, int n) {
        for (int i = 0; !Lanes.MASKS && i < n; i++) {
            d[to + i] = d[a + i] == d[b + i] ? 1 : 0;
        }
        for (int i = 0; Lanes.MASKS && i < n; i += L) {
            DoubleVector x = DoubleVector.fromArray(S, d, a + i);
            DoubleVector y = DoubleVector.fromArray(S, d, b + i);
            DoubleVector.broadcast(S, 0).blend(1, x.compare(VectorOperators.EQ, y)).intoArray(d, to + i);
        }
    }

    /** 1 or 0. */
    public static void notEqual(double[] d, int to, int a, int b, int n) {
        for (int i = 0; !Lanes.MASKS && i < n; i++) {
            d[to + i] = d[a + i] != d[b + i] ? 1 : 0;
        }
        for (int i = 0; Lanes.MASKS && i < n; i += L) {
            DoubleVector x = DoubleVector.fromArray(S, d, a + i);
            DoubleVector y = DoubleVector.fromArray(S, d, b + i);
            DoubleVector.broadcast(S, 0).blend(1, x.compare(VectorOperators.NE, y)).intoArray(d, to + i);
        }
    }

    /** -1, 0 or 1; keeps signed zeros and NaN. */
    public static void sign(double[] d, int to, int a, int n) {
        for (int i = 0; !Lanes.MASKS && i < n; i++) {
            d[to + i] = Elementary.sign(d[a + i]);
        }
        for (int i = 0; Lanes.MASKS && i < n; i += L) {
            DoubleVector x = DoubleVector.fromArray(S, d, a + i);
            x.blend(1, x.compare(VectorOperators.GT, 0)).blend(-1, x.compare(VectorOperators.LT, 0))
                    .intoArray(d, to + i);
        }
    }

    /** a b, where 0 times infinity is 0. */
    public static void strongProduct(double[] d, int to, int a, int b, int n) {
        for (int i = 0; !Lanes.MASKS && i < n; i++) {
            d[to + i] = Elementary.strongProduct(d[a + i], d[b + i]);
        }
        for (int i = 0; Lanes.MASKS && i < n; i += L) {
            DoubleVector a0 = DoubleVector.fromArray(S, d, a + i);
            DoubleVector b0 = DoubleVector.fromArray(S, d, b + i);
            DoubleVector product = a0.mul(b0);
            product.blend(a0.abs().min(b0.abs()), product.compare(VectorOperators.NE, product)).intoArray(d, to + i);
        }
    }

    /** v, but 0 where y is infinite and t is 0. */
    public static void unlessInfinite(double[] d, int to, int y, int t, int v, int n) {
        for (int i = 0; !Lanes.MASKS && i < n; i++) {
            d[to + i] = Elementary.unlessInfinite(d[y + i], d[t + i], d[v + i]);
        }
        for (int i = 0; Lanes.MASKS && i < n; i += L) {
            DoubleVector size = DoubleVector.fromArray(S, d, y + i).abs();
            VectorMask<Double> isZero = DoubleVector.fromArray(S, d, t + i).compare(VectorOperators.EQ, 0);
            DoubleVector.fromArray(S, d, v + i)
                    .blend(0, size.compare(VectorOperators.EQ, Double.POSITIVE_INFINITY).and(isZero))
                    .intoArray(d, to + i);
        }
    }

    /** v where x >= 0, else NaN. */
    public static void within(double[] d, int to, int x, int v, int n) {
        for (int i = 0; !Lanes.MASKS && i < n; i++) {
            d[to + i] = Elementary.within(d[x + i], d[v + i]);
        }
        for (int i = 0; Lanes.MASKS && i < n; i += L) {
            VectorMask<Double> isInside = DoubleVector.fromArray(S, d, x + i).compare(VectorOperators.GE, 0);
            DoubleVector.broadcast(S, Double.NaN).blend(DoubleVector.fromArray(S, d, v + i), isInside)
                    .intoArray(d, to + i);
        }
    }

    /** {@link Elementary#sigmoid}. */
    public static void sigmoid(double[] d, int to, int a, int e, int n) {
        for (int i = 0; !(Lanes.MASKS && FMA) && i < n; i++) {
            d[to + i] = Elementary.sigmoid(d[a + i], d[e + i]);
        }
        for (int i = 0; Lanes.MASKS && FMA && i < n; i += L) {
            DoubleVector one = DoubleVector.broadcast(S, 1);
            DoubleVector e0 = DoubleVector.fromArray(S, d, e + i);
            VectorMask<Double> negative = DoubleVector.fromArray(S, d, a + i).compare(VectorOperators.LT, 0);
            DoubleVector above = one.blend(e0, negative);
            DoubleVector quotient = above.div(e0.add(1));
            DoubleVector rest = quotient.neg().fma(e0, above.sub(quotient));
            rest.fma(quotient.blend(one.sub(quotient), negative), quotient).intoArray(d, to + i);
        }
    }

    /** {@link Elementary#sigmoidSlope}: e/(1 + e)^2, whatever x. */
    public static void sigmoidSlope(double[] d, int to, int x, int e, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector e0 = DoubleVector.fromArray(S, d, e + i);
            DoubleVector one = e0.add(1);
            e0.div(one.mul(one)).intoArray(d, to + i);
        }
    }

    /** {@link Elementary#sechSquared}: 4 e/(1 + e)^2, whatever x. */
    public static void sechSquared(double[] d, int to, int x, int e, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector e0 = DoubleVector.fromArray(S, d, e + i);
            DoubleVector one = e0.add(1);
            e0.div(one.mul(one)).mul(4).intoArray(d, to + i);
        }
    }

    /** {@link Elementary#normalDensity}: e over the root of 2 pi, whatever x. */
    public static void normalDensity(double[] d, int to, int x, int e, int n) {
        scale(d, to, Elementary.INVERSE_SQRT_2_PI, e, n);
    }

    /** {@link Elementary#norm}: v, whatever w. */
    public static void norm(double[] d, int to, int v, int w, int n) {
        System.arraycopy(d, v, d, to, n);
    }

    /** {@link Elementary#integerPower} of an exponent k that all entries share. */
    public static void integerPower(double[] d, int to, int a, int k, int n) {
        power(d, to, a, (int) d[k], n);
    }

    /** s times a, plus what is there. */
    public static void addMultiple(double[] d, int to, double s, int a, int n) {
        for (int i = 0; !FMA && i < n; i++) {
            d[to + i] = FusedMultiplyAdd.fma(s, d[a + i], d[to + i]);
        }
        for (int i = 0; FMA && i < n; i += L) {
            DoubleVector.broadcast(S, s).fma(DoubleVector.fromArray(S, d, a + i), DoubleVector.fromArray(S, d, to + i))
                    .intoArray(d, to + i);
        }
    }

    /** s times a. */
    public static void scale(double[] d, int to, double s, int a, int n) {
        for (int i = 0; i < n; i += L) {
            DoubleVector.fromArray(S, d, a + i).mul(s).intoArray(d, to + i);
        }
    }

    /** x^k by repeated squaring, as {@link Elementary#power}. */
    public static void power(double[] d, int to, int a, int k, int n) {
        int size = Math.abs(k);
        for (int i = 0; i < n; i += L) {
            DoubleVector square = DoubleVector.fromArray(S, d, a + i);
            DoubleVector result = (size & 1) == 1 ? square : DoubleVector.broadcast(S, 1);
            for (int rest = size >> 1; rest != 0; rest >>= 1) {
                square = square.mul(square);
                if ((rest & 1) == 1) {
                    result = result.mul(square);
                }
            }
            (k < 0 ? DoubleVector.broadcast(S, 1).div(result) : result).intoArray(d, to + i);
        }
    }

    /** Adds n entries to eight sums, entry i to sum i mod 8; what is left of a multiple of 8 too. */
    public static void addToLanes(double[] d, int a, int n, double[] sums, int to) {
        int whole = n / 8 * 8;
        for (int part = 0; part < 8; part += L) {
            DoubleVector sum = DoubleVector.fromArray(S, sums, to + part);
            for (int i = part; i < whole; i += 8) {
                sum = sum.add(DoubleVector.fromArray(S, d, a + i));
            }
            sum.intoArray(sums, to + part);
        }
        for (int i = whole; i < n; i++) {
            sums[to + i - whole] += d[a + i];
        }
    }
}
