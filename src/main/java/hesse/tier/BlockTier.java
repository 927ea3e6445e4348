package hesse.tier;

import hesse.emit.Fragment;
import hesse.emit.RegionEmitter;
import hesse.graph.Input;
import hesse.graph.Op;
import hesse.kernel.machine.RegionCode;
import hesse.plan.Action;
import hesse.plan.Plan;
import hesse.plan.Section;
import hesse.plan.Steps;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A block of rows at a time, one SIMD loop an operation (Boncz, Zukowski and Nes, MonetDB/X100, CIDR 2005). A number
 * that changes with the row is a block of so many, one of each row; one that does not is a number in the arena of the
 * point, and where a loop reads it also a block of equal ones, filled once a point. Bits as {@link ReferenceTier}: each
 * row's numbers meet the same operations in the same order.
 *
 * <p>Of a plan by regions this is the fused tier: a region is one loop over all its operations.
 */
public final class BlockTier implements Executor.OverRows {
    /** Rows from which blocks are faster. */
    public static final int FROM = BlockLayout.FROM;
    private static final Op[] OPS = Op.values();

    private final Plan plan;
    private final BlockLayout layout;
    private final int size;
    private final int[] start;
    private final BlockOperations operations;
    private final BlockReductions reductions;
    private final int direction;
    /** By step of the row section its code where it is a region. */
    private final RegionCode[] regions;
    private final Fragment[] fragments;
    private final InPlace inPlace;
    /** By entry of the result where its block starts; null where some are zero, or come by directions. */
    private final int[] results;
    private final boolean together;

    /** Whether blocks can run a plan: the smallest ones of all values fit into one array. */
    public static boolean fits(Plan plan) {
        return BlockLayout.fits(plan);
    }

    /** @param plan of a program over rows, perhaps by regions ({@code hesse.plan.Regions}), which are compiled here */
    public BlockTier(Plan plan) {
        this.plan = plan;
        this.fragments = Fragment.of(plan.row(), plan);
        List<Fragment> all = Arrays.stream(fragments).filter(Objects::nonNull).toList();
        this.layout = new BlockLayout(plan, all);
        this.size = layout.size();
        this.start = layout.start();
        this.operations = new BlockOperations(layout.scratch(), size);
        this.reductions = new BlockReductions(layout);
        this.results = layout.results();
        this.together = results != null && results.length > 0
                && IntStream.range(0, results.length).allMatch(i -> results[i] == results[0] + i * size);
        Steps.Leaf unit = plan.program().leaf(Input.Role.DIRECTION);
        this.direction = unit == null ? -1 : plan.slot(unit.value());
        this.inPlace = new InPlace(plan, all, layout, results);
        Map<Integer, Double> constants = plan.known();
        Map<Integer, Integer> portBySlot = inPlace.bySlot();
        this.regions = Arrays.stream(fragments)
                .map(fragment -> fragment == null ? null
                : RegionEmitter.emit(fragment, start, portBySlot, constants, size))
                .toArray(RegionCode[]::new);
    }

    @Override
    public Plan plan() {
        return plan;
    }

    @Override
    public int rows() {
        return size;
    }

    /** How many numbers the arena of blocks holds. */
    public int length() {
        return layout.length();
    }

    /** The regions, in order. */
    public List<Fragment> fragments() {
        return Arrays.stream(fragments).filter(Objects::nonNull).toList();
    }

    @Override
    public void share(Frame frame) {
        double[] d = numbers(frame);
        for (int slot : layout.fixed()) {
            Arrays.fill(d, start[slot], start[slot] + size, frame.arena()[slot]);
        }
    }

    @Override
    public void direct(Frame frame, int d, double value) {
        int slot = direction + d;
        frame.arena()[slot] = value;
        if (start[slot] >= 0) {
            Arrays.fill(numbers(frame), start[slot], start[slot] + size, value);
        }
    }

    @Override
    public double[] numbers(Frame frame) {
        return frame.blocks(layout.length());
    }

    @Override
    public int at(int slot) {
        return start[slot];
    }

    @Override
    public int[] results() {
        return results;
    }

    @Override
    public boolean resultsAreTogether() {
        return together;
    }

    @Override
    public boolean isLeft(int entry, Frame frame) {
        return inPlace.isLeft(entry, frame.ports(inPlace.count()), numbers(frame));
    }

    @Override
    public void open(Frame frame, Destination destination, int row, int count) {
        inPlace.open(frame.ports(inPlace.count()), frame.window(), destination, row, count, numbers(frame));
    }

    /**
     * Copies the columns that have blocks, an entry of all rows after the other, where regions do not read them as they
     * lie.
     */
    @Override
    public void load(Frame frame, int row, int count) {
        double[] d = numbers(frame);
        if (count < size) {
            inPlace.close(frame.ports(inPlace.count()), d);
        }
        for (int k = 0; k < plan.columns().length; k++) {
            if (layout.isLoaded(k) && !(count == size && inPlace.isRead(k, frame.window()))) {
                frame.window().load(k, row, count, d, start[plan.columns()[k].slot()], size);
            }
        }
    }

    @Override
    public void execute(Section section, Frame frame, int row, int rows) {
        double[] d = numbers(frame);
        Ports ports = frame.ports(inPlace.count());
        int[] code = section.code();
        for (int pc = 0; pc < code.length; pc += Section.WIDTH) {
            if (code[pc] != Section.OTHER) {
                elementwise(OPS[code[pc]], code, pc, d);
            } else if (section == plan.row() && regions[code[pc + 7]] != null) {
                regions[code[pc + 7]].run(d, frame.arena(), ports.arrays, ports.at);
            } else {
                arrangement(section, pc, frame, row, rows, d);
            }
        }
        ports.next();
    }

    /** One loop over all entries, or one for each where an operand is the same for all. */
    private void elementwise(Op op, int[] code, int pc, double[] d) {
        int count = code[pc + 1];
        int to = start[code[pc + 2]];
        int strides = code[pc + 6];
        int arity = op.arity();
        int a = start[code[pc + 3]];
        int b = arity > 1 ? start[code[pc + 4]] : a;
        int c = arity > 2 ? start[code[pc + 5]] : a;
        int all = (1 << arity) - 1;
        if (count == 1 || (strides & all) == all) {
            operations.apply(op, d, to, a, b, c, count * size);
            return;
        }
        for (int i = 0; i < count; i++) {
            int step = i * size;
            operations.apply(op, d, to + step, a + (strides & 1) * step, b + (strides >> 1 & 1) * step,
                    c + (strides >> 2 & 1) * step, size);
        }
    }

    private void arrangement(Section section, int pc, Frame frame, int row, int rows, double[] d) {
        int[] code = section.code();
        int count = code[pc + 1];
        int to = start[code[pc + 2]];
        int a = code[pc + 3];
        int b = code[pc + 4];
        switch (section.actions()[code[pc + 7]]) {
            case Action.AddUp sum -> reductions.sum(sum, count, d, to, a);
            case Action.FindLargest largest -> reductions.largest(largest, count, d, to, a);
            case Action.Multiply p -> {
                int column = layout.columnInPlace(p, a, b);
                if (column < 0) {
                    reductions.product(p, frame.arena(), d, to, a, b);
                } else {
                    int vectors = plan.columns()[column].slot() == b ? a : b;
                    reductions.rowsTimesVectors(p, column, frame, row, rows, vectors, to, d);
                }
            }
            case Action.Take(int[] sources) -> {
                for (int i = 0; i < count; i++) {
                    System.arraycopy(d, start[a] + sources[i] * size, d, to + i * size, size);
                }
            }
            case Action.Fill _ -> {
                for (int i = 0; i < count; i++) {
                    System.arraycopy(d, start[a], d, to + i * size, size);
                }
            }
            case Action.Copy(int[] offsets, int[] lengths) -> {
                Arrays.fill(d, to, to + count * size, 0);
                int[] parts = section.parts()[code[pc + 7]];
                for (int k = 0; k < parts.length; k++) {
                    System.arraycopy(d, start[parts[k]], d, to + offsets[k] * size, lengths[k] * size);
                }
            }
            case Action.Apply e -> throw new AssertionError(e + " is coded by its ordinal");
            case Action.Region _ -> throw new AssertionError("regions are of the loop over rows");
        }
    }
}
