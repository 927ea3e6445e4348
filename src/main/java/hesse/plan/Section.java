package hesse.plan;

/**
 * A {@link Loop} whose values have places in an arena.
 *
 * @param code the steps, {@link #WIDTH} ints each: ordinal of the elementwise operation or {@link #OTHER}, entries of
 *     the result, slot of the result, slots of up to three operands, strides of an elementwise step, number of the step
 * @param actions by step what it does
 * @param parts by step the slots of all its operands where there may be more than three, else null
 * @param outputs what leaves when the steps have run
 * @param operations how many scalar operations one run executes; see {@link PlanStep#operations}
 */
public record Section(Loop.Rate rate, int count, int[] code, Action[] actions, int[][] parts, Output[] outputs,
        long operations, Section[] children) {
    public static final int WIDTH = 8;
    /** In the place of an operation's ordinal: the step is none of single entries, see {@link #actions}. */
    public static final int OTHER = -1;

    /**
     * Entries that leave the arena: entry i goes to entry {@code target + i stride} of the result, {@code step} further
     * in each direction; see {@link Loop.Leaving}. A sum over rows adds all numbers that leave up side by side, these
     * from {@code place} on.
     */
    public record Output(int slot, int length, int target, int stride, int step, int place) {
        /** Where in the result the first entry of a direction goes. */
        public int target(int direction) {
            return target + (step == Loop.TRIANGLE ? Layout.packedIndex(direction, 0) : direction * step);
        }

        /** Which of all numbers that leave is the first of a direction. */
        public int place(int direction) {
            return place + (step == Loop.TRIANGLE ? Layout.packedIndex(direction, 0) : direction * length);
        }

        /** How many entries of a direction leave. */
        public int length(int direction) {
            return step == Loop.TRIANGLE ? direction + 1 : length;
        }
    }
}
