package hesse.jmh.problem;

import hesse.kernel.function.ArrayFunctions;
import hesse.kernel.function.ArrayFunctionsOfTwo;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Price, gradient and Hessian of a Black-Scholes call from the closed formulas, as one writes them by hand: blocks of
 * points, functions as loops over a block, everything else one flat loop. Arrays component by component, as those of
 * {@code Batch.byComponent}.
 */
final class BlackScholesByHand {
    private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
    private static final int BLOCK = 128;
    private static final double INVERSE_SQRT_2_PI = 0.3989422804014327;

    private final int count;
    private final double[] root = new double[BLOCK];
    private final double[] one = new double[BLOCK];
    private final double[] two = new double[BLOCK];
    private final double[] logarithm = new double[BLOCK];
    private final double[] discount = new double[BLOCK];
    private final double[] density = new double[BLOCK];
    private final double[] first = new double[BLOCK];
    private final double[] second = new double[BLOCK];

    /** @param count points, a multiple of the block */
    BlackScholesByHand(int count) {
        if (count % BLOCK != 0) {
            throw new IllegalArgumentException(count + " points, expected a multiple of " + BLOCK);
        }
        this.count = count;
    }

    void hessians(double[] p, double[] value, double[] g, double[] h) {
        for (int from = 0; from < count; from += BLOCK) {
            block(p, from, value, g, h);
        }
    }

    private void block(double[] p, int from, double[] value, double[] g, double[] h) {
        int n = count;
        for (int i = 0; i < BLOCK; i += S.length()) {
            DoubleVector.fromArray(S, p, from + i).div(DoubleVector.fromArray(S, p, n + from + i)).intoArray(one, i);
            DoubleVector.fromArray(S, p, 2 * n + from + i).mul(DoubleVector.fromArray(S, p, 3 * n + from + i)).neg()
                    .intoArray(two, i);
        }
        ArrayFunctions.log(one, 0, logarithm, 0, BLOCK);
        ArrayFunctions.exp(two, 0, discount, 0, BLOCK);
        for (int i = 0; i < BLOCK; i += S.length()) {
            DoubleVector time = DoubleVector.fromArray(S, p, 2 * n + from + i);
            DoubleVector volatility = DoubleVector.fromArray(S, p, 4 * n + from + i);
            DoubleVector rootTime = time.sqrt();
            DoubleVector spread = volatility.mul(rootTime);
            DoubleVector d1 = volatility.mul(volatility).mul(0.5).add(DoubleVector.fromArray(S, p, 3 * n + from + i))
                    .fma(time, DoubleVector.fromArray(S, logarithm, i)).div(spread);
            d1.intoArray(one, i);
            d1.sub(spread).intoArray(two, i);
            rootTime.intoArray(root, i);
        }
        ArrayFunctions.halfGaussian(one, 0, density, 0, BLOCK);
        ArrayFunctionsOfTwo.normalCdf(one, 0, density, 0, first, 0, BLOCK);
        ArrayFunctions.halfGaussian(two, 0, logarithm, 0, BLOCK);
        ArrayFunctionsOfTwo.normalCdf(two, 0, logarithm, 0, second, 0, BLOCK);
        derivatives(p, from, value, g, h);
    }

    /**
     * One flat loop without methods of its own: C2 would box the vectors that are handed to one that it does not
     * inline.
     */
    private void derivatives(double[] p, int from, double[] value, double[] g, double[] h) {
        int n = count;
        for (int i = 0; i < BLOCK; i += S.length()) {
            int at = from + i;
            DoubleVector spot = DoubleVector.fromArray(S, p, at);
            DoubleVector strike = DoubleVector.fromArray(S, p, n + at);
            DoubleVector time = DoubleVector.fromArray(S, p, 2 * n + at);
            DoubleVector rate = DoubleVector.fromArray(S, p, 3 * n + at);
            DoubleVector volatility = DoubleVector.fromArray(S, p, 4 * n + at);
            DoubleVector rootTime = DoubleVector.fromArray(S, root, i);
            DoubleVector d1 = DoubleVector.fromArray(S, one, i);
            DoubleVector phi = DoubleVector.fromArray(S, density, i).mul(INVERSE_SQRT_2_PI);
            DoubleVector n1 = DoubleVector.fromArray(S, first, i);
            DoubleVector dn2 = DoubleVector.fromArray(S, discount, i).mul(DoubleVector.fromArray(S, second, i));
            DoubleVector kdn2 = strike.mul(dn2);
            DoubleVector vega = spot.mul(phi);
            DoubleVector perStrike = vega.div(strike);
            DoubleVector perVolatility = DoubleVector.broadcast(S, 1).div(volatility);
            DoubleVector perRoot = DoubleVector.broadcast(S, 1).div(rootTime);
            DoubleVector perSpread = perVolatility.mul(perRoot);
            DoubleVector perTime = perRoot.mul(perRoot);
            DoubleVector half = volatility.mul(perRoot).mul(0.5);
            DoubleVector d1Time = rate.add(volatility.mul(volatility).mul(0.5)).mul(perSpread)
                    .sub(d1.mul(perTime).mul(0.5));
            DoubleVector d2Time = d1Time.sub(half);
            DoubleVector d1Rate = rootTime.mul(perVolatility);
            DoubleVector d2Volatility = d1.mul(perVolatility).neg();
            DoubleVector d1Volatility = rootTime.add(d2Volatility);
            spot.mul(n1).sub(kdn2).intoArray(value, at);
            n1.intoArray(g, at);
            dn2.neg().intoArray(g, n + at);
            vega.fma(half, rate.mul(kdn2)).intoArray(g, 2 * n + at);
            time.mul(kdn2).intoArray(g, 3 * n + at);
            vega.mul(rootTime).intoArray(g, 4 * n + at);
            phi.mul(perSpread).div(spot).intoArray(h, at);
            phi.mul(perSpread).div(strike).neg().intoArray(h, n + at);
            perStrike.mul(perSpread).div(strike).intoArray(h, 2 * n + at);
            phi.mul(d1Time).intoArray(h, 3 * n + at);
            rate.mul(dn2).sub(perStrike.mul(d2Time)).intoArray(h, 4 * n + at);
            rate.mul(vega).mul(d2Time).sub(rate.mul(rate).mul(kdn2))
                    .sub(vega.mul(half).mul(d1.mul(d1Time).add(perTime.mul(0.5)))).intoArray(h, 5 * n + at);
            phi.mul(d1Rate).intoArray(h, 6 * n + at);
            time.mul(dn2).sub(perStrike.mul(d1Rate)).intoArray(h, 7 * n + at);
            kdn2.mul(rate.mul(time).neg().add(1)).add(vega.mul(rate.mul(d1Rate).sub(d1.mul(0.5))))
                    .intoArray(h, 8 * n + at);
            time.mul(vega.mul(d1Rate).sub(time.mul(kdn2))).intoArray(h, 9 * n + at);
            phi.mul(d1Volatility).intoArray(h, 10 * n + at);
            perStrike.mul(d2Volatility).neg().intoArray(h, 11 * n + at);
            vega.mul(perRoot.mul(0.5).sub(d1.mul(d1Volatility).mul(half)).add(rate.mul(d2Volatility)))
                    .intoArray(h, 12 * n + at);
            time.mul(vega).mul(d2Volatility).intoArray(h, 13 * n + at);
            vega.mul(rootTime).mul(d1).mul(d1Volatility).neg().intoArray(h, 14 * n + at);
        }
    }
}
