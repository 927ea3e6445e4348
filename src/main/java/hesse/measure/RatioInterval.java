package hesse.measure;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What chance alone makes of a ratio of costs, by a two-level bootstrap: forks are drawn with replacement, then
 * iterations within each fork (Davison and Hinkley, Bootstrap Methods and their Application, 1997, section 3.8), from a
 * fixed seed.
 *
 * @param low lower end of the 95 % interval of the ratio
 * @param high upper end
 * @param p probability that the ratio is on its side of 1 by chance, before it is held against the number of
 *     benchmarks; NaN where there are too few forks to tell
 */
record RatioInterval(double low, double high, double p) {
    /** Of a benchmark that has no ratio. */
    static final RatioInterval NONE = new RatioInterval(Double.NaN, Double.NaN, Double.NaN);
    /** Probability of an error of the first kind, of an interval and of all verdicts together. */
    static final double LEVEL = 0.05;
    /** Fewer forks than this on a side leave the bootstrap too little to draw from. */
    static final int FORKS = 3;
    private static final int RESAMPLES = 10_000;

    /**
     * Times of one benchmark and of the one that it is divided by, in nanoseconds by fork and iteration.
     *
     * @param forks of the benchmark
     * @param reference of the benchmark that tells the machine's speed; 1 where there is none
     */
    record Side(double[][] forks, double[][] reference) {}

    /**
     * The interval of {@code ratio}, head's cost over base's.
     *
     * @param inTurn whether fork k of base and of head ran one after the other: they are drawn together, so that what
     *     slows the machine down for a while slows both
     * @param count benchmarks compared: the smallest p must be able to pass against all of them
     */
    static RatioInterval of(double ratio, Side head, Side base, boolean inTurn, int count, long seed) {
        int resamples = Math.max(RESAMPLES, 40 * count);
        double[] ratios = new double[resamples];
        SplittableRandom random = new SplittableRandom(seed);
        int forks = head.forks.length;
        boolean together = inTurn && base.forks.length == forks;
        for (int i = 0; i < resamples; i++) {
            int[] drawn = drawn(forks, random);
            int[] others = together ? drawn : drawn(base.forks.length, random);
            ratios[i] = resampled(head.forks, drawn, random) / resampled(base.forks, others, random)
                    * (resampled(base.reference, others, random) / resampled(head.reference, drawn, random));
        }
        Arrays.sort(ratios);
        long beyond = Arrays.stream(ratios).filter(r -> ratio > 1 ? r <= 1 : r >= 1).count();
        boolean few = Math.min(forks, base.forks.length) < FORKS;
        return new RatioInterval(ratios[(int) (resamples * LEVEL / 2)], ratios[(int) (resamples * (1 - LEVEL / 2))],
                few ? Double.NaN : (1 + beyond) / (1.0 + resamples));
    }

    /** Indices of as many forks as there are, drawn with replacement. */
    private static int[] drawn(int forks, SplittableRandom random) {
        return random.ints(forks, 0, forks).toArray();
    }

    /** The cost of the drawn forks, each with as many iterations as it has, drawn with replacement. */
    private static double resampled(double[][] forks, int[] drawn, SplittableRandom random) {
        double[] fastest = new double[drawn.length];
        for (int i = 0; i < drawn.length; i++) {
            double[] fork = forks[drawn[i] % forks.length];
            fastest[i] = Double.POSITIVE_INFINITY;
            for (int j = 0; j < fork.length; j++) {
                fastest[i] = Math.min(fastest[i], fork[random.nextInt(fork.length)]);
            }
        }
        return Quantile.lowerQuartile(fastest);
    }
}
