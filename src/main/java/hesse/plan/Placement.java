package hesse.plan;

import hesse.plan.Loop.Rate;
import java.util.Arrays;
import java.util.List;

/**
 * Gives values places in an arena, last of all: a place serves again once the last step has read what lies there. A
 * value that a faster loop reads, or that leaves the program, keeps its place.
 */
public final class Placement {
    private static final int ALWAYS = Integer.MAX_VALUE;

    private final Steps program;
    private final int[] slots;
    private final int[] sizes;
    /** By value the position of the step that reads it last, in the order of the loops. */
    private final int[] lastReader;
    private final Slots free = new Slots();
    /**
     * Whether the result of a step on single numbers may lie where an operand does. Not beside regions, which keep
     * their own numbers in registers: there a function of blocks would only have to copy its operand away first.
     */
    private boolean mayOverwrite = true;
    /** From where on values get places. */
    private int first;
    private int position;
    /** How many numbers leave. */
    private int leave;

    private Placement(Steps program) {
        this.program = program;
        this.slots = new int[program.values()];
        this.sizes = new int[slots.length];
        this.lastReader = new int[slots.length];
        Arrays.fill(slots, -1);
        findSizesAndLastReaders();
    }

    /** A place for every value. */
    public static Plan of(Steps program) {
        Placement placement = new Placement(program);
        program.constants().forEach(constant -> placement.take(constant.value()));
        program.leaves().forEach(leaf -> placement.take(leaf.value()));
        return placement.plan(placement.section(program.root(), null, null));
    }

    /**
     * The same for a program that was made of another one by changing the steps of one loop: what it has in common with
     * that lies where it did, so that both can read one arena, and the rest behind.
     */
    public static Plan behind(Plan base, Steps program, Rate changed) {
        Placement placement = new Placement(program);
        placement.mayOverwrite = false;
        placement.first = base.arenaSize();
        Steps before = base.program();
        program.leaves().forEach(leaf -> placement.slots[leaf.value()] = base.slot(leaf.value()));
        for (Steps.Known constant : program.constants()) {
            if (constant.value() < before.values()) {
                placement.slots[constant.value()] = base.slot(constant.value());
            } else {
                placement.take(constant.value());
            }
        }
        if (changed == Rate.ROW) {
            placement.putResultsSideBySide();
        }
        return placement.plan(placement.section(program.root(), base, changed));
    }

    private Plan plan(Section root) {
        return new Plan(program, first + free.size(), slots, root, leave);
    }

    private void findSizesAndLastReaders() {
        Rate[] rates = new Rate[slots.length];
        program.leaves().forEach(leaf -> sizes[leaf.value()] = leaf.size());
        program.constants().forEach(constant -> sizes[constant.value()] = constant.entries().size());
        int at = 0;
        for (Loop loop : program.root().all().toList()) {
            for (PlanStep step : loop.steps()) {
                for (int value : step.results()) {
                    sizes[value] = step.action() instanceof Action.Region ? 1 : step.count();
                    rates[value] = loop.rate();
                    lastReader[value] = at;
                }
                for (int value : step.operands()) {
                    lastReader[value] = rates[value] == loop.rate() ? Math.max(lastReader[value], at) : ALWAYS;
                }
                at++;
            }
        }
        program.read().forEach(read -> lastReader[read.value()] = ALWAYS);
    }

    private void take(int value) {
        slots[value] = first + free.take(sizes[value]);
    }

    /**
     * The results of a row that are values of their own, in their order, so that they can leave without being
     * rearranged; not where there are more of them than steps, most of which are then zero or of a matrix product.
     */
    private void putResultsSideBySide() {
        Loop rows = program.loop(Rate.ROW);
        int results = program.layout().size();
        int steps = rows.steps().stream().mapToInt(s -> s.action() instanceof Action.Region r
                ? r.steps().size() : 1).sum();
        if (results > steps) {
            return;
        }
        boolean[] ofRow = new boolean[slots.length];
        rows.steps().forEach(step -> Arrays.stream(step.results()).forEach(value -> ofRow[value] = true));
        int start = first + free.size(); // behind new constants
        first += results;
        for (Loop.Leaving leaving : rows.leaving()) {
            int value = leaving.source().value();
            boolean together = leaving.length() == 1 || leaving.stride() == 1;
            if (ofRow[value] && slots[value] < 0 && sizes[value] == leaving.length() && together) {
                slots[value] = start + leaving.target();
            }
        }
    }

    /** @param base whose places all but the loop that changed have; null where there is none */
    private Section section(Loop loop, Plan base, Rate changed) {
        boolean placed = base != null && loop.rate() != changed;
        Code code = new Code(loop.steps().size());
        for (PlanStep step : loop.steps()) {
            if (placed) {
                for (int value : step.results()) {
                    slots[value] = base.slot(value);
                }
            } else {
                place(step);
            }
            position++;
            code.add(step);
        }
        Section.Output[] outputs = loop.leaving().stream().map(leaving -> output(leaving, loop.count()))
                .toArray(Section.Output[]::new);
        List<Section> children = loop.children().stream().map(child -> section(child, base, changed)).toList();
        return new Section(loop.rate(), loop.count(), code.words, code.actions, code.parts, outputs, loop.operations(),
                children.toArray(Section[]::new));
    }

    private Section.Output output(Loop.Leaving leaving, int count) {
        int place = leave;
        leave += leaving.step() == Loop.TRIANGLE ? Layout.packedSize(count)
                : leaving.length() * (leaving.step() == 0 ? 1 : count);
        int slot = slots[leaving.source().value()] + leaving.source().offset();
        return new Section.Output(slot, leaving.length(), leaving.target(), leaving.stride(), leaving.step(), place);
    }

    private void place(PlanStep step) {
        boolean overwrites = mayOverwrite && step.scalarOp() != null;
        if (overwrites) {
            release(step);
        }
        for (int value : step.results()) {
            if (slots[value] < 0) {
                take(value);
            }
        }
        if (!overwrites) {
            release(step);
        }
    }

    private void release(PlanStep step) {
        for (int value : step.operands()) {
            if (lastReader[value] == position) {
                lastReader[value] = ALWAYS; // once, though it be read twice
                free.give(slots[value] - first, sizes[value]);
            }
        }
    }

    /** The words of a section while they are written. */
    private final class Code {
        private final int[] words;
        private final Action[] actions;
        private final int[][] parts;
        private int step;

        Code(int steps) {
            this.words = new int[steps * Section.WIDTH];
            this.actions = new Action[steps];
            this.parts = new int[steps][];
        }

        void add(PlanStep next) {
            int at = step * Section.WIDTH;
            words[at] = next.action() instanceof Action.Apply(var op, int _) ? op.ordinal() : Section.OTHER;
            words[at + 1] = next.count();
            words[at + 2] = next.value() < 0 ? -1 : slots[next.value()];
            int[] operands = new int[next.operands().length];
            for (int k = 0; k < operands.length; k++) {
                operands[k] = slots[next.operands()[k]] + next.offsets()[k];
            }
            System.arraycopy(operands, 0, words, at + 3, Math.min(3, operands.length));
            words[at + 6] = next.action() instanceof Action.Apply(var _, int strides) ? strides : 0;
            words[at + 7] = step;
            actions[step] = next.action();
            parts[step++] = next.action() instanceof Action.Copy ? operands : null;
        }
    }
}
