package hesse.plan;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Steps that are repeated over an index, and the loops inside, which run after them each time. A program is a tree of
 * loops.
 *
 * @param rate what the index is
 * @param count how often it runs within one run of the loop around it; 0 where only a call knows
 * @param steps in order
 * @param leaving the entries that leave the program when the steps have run
 */
public record Loop(Rate rate, int count, List<PlanStep> steps, List<Leaving> leaving, List<Loop> children) {
    /** How often the steps of a loop run, the slower first. */
    public enum Rate {
        /** Once in a program's life. */
        CONSTANT,
        /** Once a point. */
        POINT,
        /** Once a row of data, or point of a batch. */
        ROW,
        /** Once a unit vector, at a point or in a row. */
        DIRECTION
    }

    /** Of {@link Leaving#step} for a lower triangle by rows: direction d fills its row d, the first d + 1 entries. */
    public static final int TRIANGLE = -1;

    /**
     * Entries that leave: entry i of the source goes to entry {@code target + i stride} of the result (see {@link
     * Layout}), {@code step} further in each direction.
     */
    public record Leaving(Operand source, int length, int target, int stride, int step) {}

    /** This loop and all inside, the outer first. */
    public Stream<Loop> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(Loop::all));
    }

    Loop withoutSteps() {
        return new Loop(rate, count, List.of(), leaving, children.stream().map(Loop::withoutSteps).toList());
    }

    /** What leaves the loop of a rate, from other places. */
    List<Leaving> leavingFrom(Rate of, UnaryOperator<Operand> map) {
        return all().filter(loop -> loop.rate == of).flatMap(loop -> loop.leaving.stream())
                .map(l -> new Leaving(map.apply(l.source), l.length, l.target, l.stride, l.step)).toList();
    }

    /** The same tree with one loop's steps and what leaves it changed. */
    Loop with(Rate changed, List<PlanStep> newSteps, List<Leaving> newLeaving) {
        List<Loop> inside = children.stream().map(child -> child.with(changed, newSteps, newLeaving)).toList();
        return rate == changed
                ? new Loop(rate, count, newSteps, newLeaving, inside)
                : new Loop(rate, count, steps, leaving, inside);
    }

    /** The scalar operations of one run, without the loops inside. */
    public long operations() {
        return steps.stream().mapToLong(PlanStep::operations).sum();
    }
}
