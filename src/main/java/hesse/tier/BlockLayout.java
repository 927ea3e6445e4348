package hesse.tier;

import hesse.emit.Fragment;
import hesse.kernel.machine.CacheLines;
import hesse.kernel.machine.Tuning;
import hesse.plan.Action;
import hesse.plan.Plan;
import hesse.plan.Section;
import hesse.plan.Steps;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the numbers of a plan lie when a block of rows runs together: a slot whose number changes with the row has a
 * block, one number of each row; so has one that does not but is read by loops over blocks, filled with equal numbers
 * once a point.
 */
final class BlockLayout {
    /** Blocks beside the arena: one for each level of a fold of 32 accumulators, those of {@link BlockOperations}. */
    private static final int SCRATCH = 8;
    /** Doubles that a block's arena takes: 256 KB, a part of L2. */
    private static final int ARENA = Tuning.BLOCK_NUMBERS.value();
    private static final int LARGEST = Tuning.BLOCK_ROWS.value();
    private static final int LARGEST_OF_REGIONS = Tuning.REGION_ROWS.value();
    /** Doubles that lie in the nearest cache beside others: 32 KB. */
    private static final int NEAR = 1 << 12;

    /** Rows from which blocks are faster. */
    static final int FROM = 32;

    private final Plan plan;
    private final List<Fragment> fragments;
    private final boolean[] varies;
    /** Slots that a loop over blocks reads. */
    private final boolean[] read;
    /** Slots that steps other than regions read or write. */
    private final boolean[] inSteps;
    private final boolean[] loaded;
    private final int size;
    private final int[] start;
    private final int[] fixed;
    private final int scratch;

    /** Whether the smallest blocks of all values fit into one array. */
    static boolean fits(Plan plan) {
        return plan.arenaSize() <= (Integer.MAX_VALUE - 8) / 8 - SCRATCH - CacheLines.LEAD;
    }

    /** @param fragments the regions of the loop over rows */
    BlockLayout(Plan plan, List<Fragment> fragments) {
        this.plan = plan;
        this.fragments = fragments;
        this.varies = new boolean[plan.arenaSize()];
        this.read = new boolean[plan.arenaSize()];
        this.loaded = new boolean[plan.columns().length];
        for (Plan.PlacedLeaf column : plan.columns()) {
            mark(varies, column.slot(), column.width());
        }
        sections().forEach(section -> written(section, varies));
        fragments.forEach(fragment -> Arrays.stream(fragment.slots()).forEach(slot -> varies[slot] = true));
        sections().forEach(this::reads);
        leavingAsMatrices();
        this.inSteps = read.clone();
        written(plan.row(), inSteps);
        fragments.forEach(fragment -> fragment.reads().forEach(slot -> markVarying(slot, 1)));
        for (Section section : sections()) {
            for (Section.Output output : section.outputs()) {
                mark(read, output.slot(), output.length());
            }
        }
        boolean[] has = slotsWithBlocks();
        int blocks = (int) IntStream.range(0, has.length).filter(slot -> has[slot]).count();
        this.size = Math.clamp(Integer.highestOneBit(Math.max(1, ARENA / (blocks + SCRATCH))), 8, largest());
        this.start = new int[has.length];
        int block = 0;
        for (int slot = 0; slot < has.length; slot++) {
            start[slot] = has[slot] ? Math.addExact(CacheLines.LEAD, Math.multiplyExact(block++, size)) : -1;
        }
        this.fixed = IntStream.range(0, has.length).filter(slot -> has[slot] && !varies[slot]).toArray();
        this.scratch = Math.addExact(CacheLines.LEAD, Math.multiplyExact(block, size));
    }

    /** The loop over rows and those inside. */
    private List<Section> sections() {
        return plan.sections().subList(plan.sections().indexOf(plan.row()), plan.sections().size());
    }

    private boolean[] slotsWithBlocks() {
        boolean[] has = varies.clone();
        for (int k = 0; k < loaded.length; k++) {
            Plan.PlacedLeaf column = plan.columns()[k];
            for (int i = 0; i < column.width(); i++) {
                loaded[k] |= read[column.slot() + i];
            }
            Arrays.fill(has, column.slot(), column.slot() + column.width(), loaded[k]);
        }
        for (int slot = 0; slot < has.length; slot++) {
            has[slot] |= read[slot];
        }
        return has;
    }

    /** Rows of a block at most: columns that are read again for a spread are to be in the nearest cache still. */
    private int largest() {
        int again = plan.program().spreads().stream().mapToInt(spread -> spread.form().width()).sum();
        int near = Math.max(FROM, Integer.highestOneBit(NEAR / Math.max(1, again)));
        return Math.min(near, fragments.isEmpty() ? LARGEST : LARGEST_OF_REGIONS);
    }

    private static void mark(boolean[] slots, int from, int count) {
        Arrays.fill(slots, from, from + count, true);
    }

    private void markVarying(int from, int count) {
        for (int slot = from; slot < from + count; slot++) {
            read[slot] |= varies[slot];
        }
    }

    /** Marks what the steps of a section write, not its regions. */
    private static void written(Section section, boolean[] slots) {
        int[] code = section.code();
        for (int pc = 0; pc < code.length; pc += Section.WIDTH) {
            if (code[pc + 2] >= 0) {
                mark(slots, code[pc + 2], code[pc + 1]);
            }
        }
    }

    /** Marks what loops over blocks read for a section's steps, not its regions. */
    private void reads(Section section) {
        int[] code = section.code();
        for (int pc = 0; pc < code.length; pc += Section.WIDTH) {
            int count = code[pc + 1];
            int a = code[pc + 3];
            int b = code[pc + 4];
            switch (section.actions()[code[pc + 7]]) {
                case Action.Apply(var op, int strides) -> {
                    for (int k = 0; k < op.arity(); k++) {
                        mark(read, code[pc + 3 + k], (strides >> k & 1) == 1 ? count : 1);
                    }
                }
                case Action.AddUp(int length, int _) -> mark(read, a, count * length);
                case Action.FindLargest(int length, int _) -> mark(read, a, count * length);
                case Action.Take(int[] sources) -> mark(read, a, Arrays.stream(sources).max().orElse(-1) + 1);
                case Action.Fill _ -> mark(read, a, 1);
                case Action.Copy(int[] _, int[] lengths) -> {
                    for (int k = 0; k < lengths.length; k++) {
                        mark(read, section.parts()[code[pc + 7]][k], lengths[k]);
                    }
                }
                case Action.Multiply p -> {
                    // numbers that do not change are read in the arena of the point, some columns where they lie
                    if (columnInPlace(p, a, b) < 0) {
                        markVarying(a, p.rows() * p.inner());
                        markVarying(b, p.inner() * p.columns());
                    }
                }
                case Action.Region _ -> { }
            }
        }
    }

    /** Marks what leaves by matrix products over many rows. */
    private void leavingAsMatrices() {
        Steps program = plan.program();
        program.spreads().forEach(spread -> read[plan.slot(spread.number())] = true);
        program.grams().forEach(gram -> read[plan.slot(gram.number())] = true);
        for (Steps.Outer outer : program.outers()) {
            markUnlessColumn(plan.slot(outer.left()), outer.rows());
            markUnlessColumn(plan.slot(outer.right()), outer.columns());
        }
    }

    private void markUnlessColumn(int slot, int width) {
        mark(read, slot, plan.column(slot, width) < 0 ? width : 0);
    }

    /**
     * Which of the plan's columns a product can take where it lies: one that meets the same vector in every row; or -1.
     *
     * @param a slot of the left operand
     * @param b slot of the right one
     */
    int columnInPlace(Action.Multiply p, int a, int b) {
        if (p.columns() != 1 || p.leftTransposed() && p.rows() != 1) {
            return -1;
        }
        if (!varies[a]) {
            return plan.column(b, p.inner());
        }
        return !varies[b] && p.rows() == 1 ? plan.column(a, p.inner()) : -1;
    }

    /** Rows of a block, a power of two. */
    int size() {
        return size;
    }

    /** By slot where its block starts; -1 where it has none. */
    int[] start() {
        return start;
    }

    /** Whether the number of a slot changes with the row. */
    boolean varies(int slot) {
        return varies[slot];
    }

    /** Slots that do not change with the row but have blocks. */
    int[] fixed() {
        return fixed;
    }

    /** Whether a column is read in blocks. */
    boolean isLoaded(int column) {
        return loaded[column];
    }

    /** Whether steps other than regions read or write a slot. */
    boolean isInSteps(int slot) {
        return inSteps[slot];
    }

    /** Where free blocks start. */
    int scratch() {
        return scratch;
    }

    /** How many numbers the arena of blocks holds. */
    int length() {
        return Math.addExact(scratch, SCRATCH * size);
    }

    /** By entry of the result where its block starts; null where some are zero, or come by directions. */
    int[] results() {
        int[] results = new int[plan.layout().size()];
        Arrays.fill(results, -1);
        for (Section.Output output : plan.row().outputs()) {
            for (int i = 0; i < output.length(); i++) {
                results[output.target() + i * output.stride()] = start[output.slot() + i];
            }
        }
        boolean all = Arrays.stream(results).allMatch(block -> block >= 0);
        return plan.program().directions() == 0 && all ? results : null;
    }
}
