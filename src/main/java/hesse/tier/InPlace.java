package hesse.tier;

import hesse.emit.Fragment;
import hesse.graph.Input;
import hesse.plan.Plan;
import hesse.plan.Section;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The entries of columns and results that regions read and leave in the caller's arrays, zero-copy, where those have
 * all rows of an entry side by side. Regions reach them by ports: an array and an index each. Else, and for a last
 * block that is not full, a port leads to the arena of blocks.
 */
final class InPlace {
    private final Plan.PlacedLeaf[] columns;
    /** Columns that only regions read. */
    private final boolean[] read;
    /** By port its slot: of those columns, then of results that regions alone write and read. */
    private final int[] slots;
    /** Where the blocks of those start. */
    private final int[] blocks;
    /** By port the entry of the result that it is, or -1. */
    private final int[] results;
    /** By entry of the result its port, or -1. */
    private final int[] portOf;
    private final int size;

    /** @param entries by entry of the result where its block starts; null where results do not lie in blocks */
    InPlace(Plan plan, List<Fragment> regions, BlockLayout layout, int[] entries) {
        int[] start = layout.start();
        this.columns = plan.columns();
        this.size = layout.size();
        this.read = new boolean[columns.length];
        int[] leaving = new int[start.length];
        for (Section.Output output : plan.row().outputs()) {
            IntStream.range(output.slot(), output.slot() + output.length()).forEach(slot -> leaving[slot]++);
        }
        IntStream.Builder all = IntStream.builder();
        for (int k = 0; k < columns.length; k++) {
            int from = columns[k].slot();
            int end = from + columns[k].width();
            boolean mayLieByEntry = columns[k].input().role() == Input.Role.POINT || columns[k].width() == 1;
            read[k] = !regions.isEmpty() && start[from] >= 0 && mayLieByEntry
                    && IntStream.range(from, end).noneMatch(slot -> layout.isInSteps(slot) || leaving[slot] > 0);
            IntStream.range(from, read[k] ? end : from).forEach(all::add);
        }
        if (entries != null) {
            regions.stream().flatMapToInt(region -> Arrays.stream(region.slots())).distinct()
                    .filter(slot -> leaving[slot] == 1 && !layout.isInSteps(slot)).forEach(all::add);
        }
        this.slots = all.build().toArray();
        this.blocks = Arrays.stream(slots).map(slot -> start[slot]).toArray();
        this.results = new int[slots.length];
        this.portOf = new int[plan.layout().size()];
        Map<Integer, Integer> byBlock = new HashMap<>();
        IntStream.range(0, slots.length).forEach(k -> byBlock.put(blocks[k], k));
        Arrays.fill(results, -1);
        for (int i = 0; i < portOf.length; i++) {
            portOf[i] = entries == null ? -1 : byBlock.getOrDefault(entries[i], -1);
            if (portOf[i] >= 0) {
                results[portOf[i]] = i;
            }
        }
    }

    int count() {
        return slots.length;
    }

    /** By slot its port. */
    Map<Integer, Integer> bySlot() {
        Map<Integer, Integer> bySlot = new HashMap<>();
        IntStream.range(0, slots.length).forEach(k -> bySlot.put(slots[k], k));
        return bySlot;
    }

    /**
     * Before the first block of a window.
     *
     * @param destination where results are to be left, if they can lie so there; null where nowhere
     * @param row which result the window's first row gives
     * @param count of all rows
     * @param d the arena of blocks
     */
    void open(Ports ports, Window window, Destination destination, int row, int count, double[] d) {
        int k = 0;
        for (int c = 0; c < columns.length; c++) {
            for (int i = 0; read[c] && i < columns[c].width(); i++, k++) {
                if (window.isByEntry(c)) {
                    ports.set(k, window.data(c), window.from(c, i), size);
                } else {
                    ports.set(k, d, blocks[k], 0);
                }
            }
        }
        boolean isPlain = destination != null && destination.byComponent() && destination.isPlain();
        for (; k < slots.length; k++) {
            double[] array = isPlain ? destination.array(results[k]) : null;
            if (array == null) {
                ports.set(k, d, blocks[k], 0);
            } else {
                ports.set(k, array, destination.index(results[k]) * count + row, size);
            }
        }
    }

    /** Lets all ports lead to the arena of blocks. */
    void close(Ports ports, double[] d) {
        for (int k = 0; k < slots.length; k++) {
            ports.set(k, d, blocks[k], 0);
        }
    }

    /** Whether regions read a column where it lies, in full blocks. */
    boolean isRead(int column, Window window) {
        return read[column] && window.isByEntry(column);
    }

    /** Whether an entry of the results of a block that has run is where it goes. */
    boolean isLeft(int entry, Ports ports, double[] d) {
        return portOf[entry] >= 0 && ports.arrays[portOf[entry]] != d;
    }
}
