package hesse.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An order of steps in regions, and single other steps between them: what the other steps need that can come next, then
 * these, and again; what only later ones need waits, so that few values pass from region to region.
 *
 * @param <S> a step; the k-th computes value k
 */
final class Schedule<S> {
    /**
     * A step that is ready, how many values it would read last, and when it became so; there is a new one when that
     * changes.
     */
    private record Candidate(int step, int last, int time) {}

    /** What comes first in a region, of the steps that are ready. */
    enum Order {
        /** The earlier step. */
        AS_WRITTEN(Comparator.comparingInt(Candidate::step)),
        /**
         * Soon after what it reads, so that few values wait for their last reader: the step with the most operands that
         * nobody else waits for, then the one that became ready last (Goodman and Hsu, Code scheduling and register
         * allocation in large basic blocks, ICS 1988), or that a reader with all its other operands began to wait for.
         */
        SOON(Comparator.comparingInt(Candidate::last).thenComparingInt(Candidate::time).reversed()
                .thenComparingInt(Candidate::step));

        private final Comparator<Candidate> comparator;

        Order(Comparator<Candidate> comparator) {
            this.comparator = comparator;
        }
    }

    private final List<S> steps;
    private final Predicate<S> isOfRegion;
    private final int largest;
    /** Values that a step reads, each once; those from outside are left out. */
    private final int[][] operands;
    private final int[][] readers;
    /** By step how many operands are still to come. */
    private final int[] missing;
    /** By value how many readers are still to come. */
    private final int[] waiting;
    private final boolean[] done;
    private final Queue<Candidate> ready;
    private final ArrayDeque<Integer> others = new ArrayDeque<>();
    /** By step of a region the stage of other steps before which it runs. */
    private final int[] due;
    /** Steps that are ready, but due later. */
    private final PriorityQueue<Integer> parked;
    private int stage;
    private int time;

    /**
     * A schedule of steps.
     *
     * @param operands the values that a step reads; negative ones come from outside
     * @param largest steps of a region
     */
    Schedule(List<S> steps, Function<S, int[]> operands, Predicate<S> isOfRegion, int largest, Order order) {
        this.ready = new PriorityQueue<>(order.comparator);
        this.steps = steps;
        this.isOfRegion = isOfRegion;
        this.largest = largest;
        this.operands = steps.stream()
                .map(step -> Arrays.stream(operands.apply(step)).filter(value -> value >= 0).distinct().toArray())
                .toArray(int[][]::new);
        this.missing = Arrays.stream(this.operands).mapToInt(values -> values.length).toArray();
        this.waiting = new int[steps.size()];
        this.done = new boolean[steps.size()];
        Arrays.stream(this.operands).flatMapToInt(Arrays::stream).forEach(value -> waiting[value]++);
        this.readers = new int[steps.size()][];
        int[] filled = new int[steps.size()];
        for (int step = 0; step < steps.size(); step++) {
            readers[step] = new int[waiting[step]];
            for (int value : this.operands[step]) {
                readers[value][filled[value]++] = step;
            }
        }
        this.due = due();
        this.parked = new PriorityQueue<>(Comparator.comparingInt((Integer step) -> due[step])
                .thenComparingInt(step -> step));
    }

    private int[] due() {
        // the earliest stage: how many other steps lie one behind the other before it
        int[] stages = new int[steps.size()];
        int end = 0;
        for (int step = 0; step < stages.length; step++) {
            for (int value : operands[step]) {
                stages[step] = Math.max(stages[step], stages[value] + (isOfRegion.test(steps.get(value)) ? 0 : 1));
            }
            end = Math.max(end, stages[step] + 1);
        }
        for (int step = stages.length - 1; step >= 0; step--) {
            if (isOfRegion.test(steps.get(step))) {
                stages[step] = Arrays.stream(readers[step]).map(reader -> stages[reader]).min().orElse(end);
            }
        }
        return stages;
    }

    List<List<S>> groups() {
        for (int step = 0; step < missing.length; step++) {
            if (missing[step] == 0) {
                offer(step);
            }
        }
        List<List<S>> groups = new ArrayList<>();
        while (!ready.isEmpty() || !others.isEmpty() || !parked.isEmpty()) {
            List<S> region = new ArrayList<>();
            while (!ready.isEmpty() && region.size() < largest) {
                Candidate next = ready.remove();
                if (!done[next.step] && next.last == last(next.step)) {
                    region.add(run(next.step));
                }
            }
            if (!region.isEmpty()) {
                groups.add(region);
            }
            if (ready.isEmpty()) {
                for (int left = others.size(); left > 0; left--) {
                    groups.add(List.of(run(others.remove())));
                }
                stage++;
                while (!parked.isEmpty() && due[parked.peek()] <= stage) {
                    offer(parked.remove());
                }
            }
        }
        return groups;
    }

    private S run(int step) {
        done[step] = true;
        time++;
        for (int value : operands[step]) {
            if (--waiting[value] == 1) {
                int lastReader = Arrays.stream(readers[value]).filter(reader -> !done[reader])
                        .findFirst().orElseThrow();
                if (isReady(lastReader)) {
                    ready.add(new Candidate(lastReader, last(lastReader), time));
                }
            }
        }
        for (int reader : readers[step]) {
            if (--missing[reader] == 0) {
                offer(reader);
            } else if (isOfRegion.test(steps.get(reader)) && Arrays.stream(operands[reader])
                    .allMatch(value -> done[value] || isReady(value))) {
                Arrays.stream(operands[reader]).filter(value -> !done[value])
                        .forEach(value -> ready.add(new Candidate(value, last(value), time)));
            }
        }
        return steps.get(step);
    }

    private boolean isReady(int step) {
        return missing[step] == 0 && isOfRegion.test(steps.get(step)) && due[step] <= stage;
    }

    private void offer(int step) {
        if (!isOfRegion.test(steps.get(step))) {
            others.add(step);
        } else if (due[step] <= stage) {
            ready.add(new Candidate(step, last(step), time));
        } else {
            parked.add(step);
        }
    }

    /** How many values the step would be the last to read. */
    private int last(int step) {
        int count = 0;
        for (int value : operands[step]) {
            count += waiting[value] == 1 ? 1 : 0;
        }
        return count;
    }
}
