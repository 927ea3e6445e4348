package hesse.measure;

/**
 * One benchmark of a comparison. Figures are NaN where it is on one side only.
 *
 * @param base its measurements before; null where there are none
 * @param head its measurements after; null where there are none
 * @param ratio head's cost over base's: above 1 where head is slower
 * @param interval the ratio's 95 % interval and the probability that chance alone makes it differ from 1
 * @param limit the ratio beyond which it counts as slower, and below whose reciprocal as faster
 * @param apart whether every iteration of the slower side is slower than all of the other
 * @param verdict how it fared; null before it is judged
 * @param fails whether the gate is to stop it
 */
record Judgement(Benchmark base, Benchmark head, double ratio, RatioInterval interval, double limit,
        boolean apart, Verdict verdict, boolean fails) {
    /** Head's measurements, base's where head has none: for name and parameters. */
    Benchmark any() {
        return head == null ? base : head;
    }

    boolean isOnBothSides() {
        return base != null && head != null;
    }

    /** Whether a side has too few forks for the bootstrap, so that iterations alone judge it. */
    boolean isOfFewForks() {
        return isOnBothSides() && isOfFewForks(base, head);
    }

    static boolean isOfFewForks(Benchmark base, Benchmark head) {
        return Math.min(base.forks().length, head.forks().length) < RatioInterval.FORKS;
    }

    Judgement with(Verdict given, boolean stopped) {
        return new Judgement(base, head, ratio, interval, limit, apart, given, stopped);
    }
}
