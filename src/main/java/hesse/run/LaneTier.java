package hesse.run;

import static hesse.kernel.machine.FusedMultiplyAdd.fma;

import hesse.graph.Op;
import hesse.graph.SumOrder;
import hesse.kernel.Arithmetic;
import hesse.kernel.Gemm;
import hesse.kernel.InnerProducts;
import hesse.kernel.Tiles;
import hesse.kernel.machine.CacheLines;
import hesse.kernel.machine.Region;
import hesse.kernel.machine.Tuning;
import hesse.plan.Fusion;
import hesse.plan.Plan;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The lane tier: a block of rows at a time, one SIMD loop an operation (Boncz, Zukowski and Nes, MonetDB/X100, CIDR 2005). An
 * entry of a value that changes with the row is {@code size} numbers in a row, one of each row; an entry that does not is a
 * number in the arena of the point, and where a loop reads it also a block of equal numbers, filled once a point. Bits as
 * {@link ScalarTier}: each row's numbers meet the same operations in the same order.
 *
 * <p>Of a plan by regions ({@link Fusion}) this is the fused tier: a region is one loop over all its operations.
 */
final class LaneTier {
    /** Rows from which blocks are faster. */
    static final int FROM = 32;
    /** Nanoseconds of a warm-up: what C2 needs for the loops of a middling body. */
    static final long WARM_UP = 700_000_000L;
    private static final Op[] OPS = Op.values();
    /** Rows, columns and inner length from which a product with a matrix that all rows share is one of the matrix kernels'. */
    private static final int MATRIX = 4;
    /** Doubles that a block's arena takes: 256 KB, a part of L2. */
    private static final int ARENA = Tuning.BLOCK_NUMBERS.value();
    private static final int LARGEST = Tuning.BLOCK_ROWS.value();
    /** Doubles that lie in the nearest cache beside others: 32 KB. */
    private static final int NEAR = 1 << 12;
    private static final int LARGEST_OF_REGIONS = Tuning.REGION_ROWS.value();
    /** Blocks beside the arena: one for each level of a fold of 32 accumulators, those of {@link BlockOperations}. */
    private static final int SCRATCH = 8;

    final Plan plan;
    /** Rows of a block, a power of two. */
    final int size;
    /** Where an arena entry's block starts; -1 where it has none. */
    private final int[] start;
    /** Arena entries that do not change with the row but are read by loops. */
    private final int[] fixed;
    private final boolean[] varies;
    private final int scratch;
    private final BlockOperations operations;
    final int length;
    /** By entry of the result where its block starts; null where some are zero, or come by directions. */
    final int[] entries;
    /** Whether these blocks lie one after the other. */
    final boolean isContiguous;

    /** For each step of a section the column that its product takes where it lies, or -1. */
    private final int[] rowInPlace;
    private final int[] directionInPlace;
    /** For each step of the row section its code where it is a region. */
    private final Region[] regions;
    /** Columns that have blocks. */
    private final boolean[] loaded;
    private final Ports ports;

    /** Whether the smallest blocks of all values fit into one array. */
    static boolean fits(Plan plan) {
        return plan.arenaSize() <= (Integer.MAX_VALUE - 8) / 8 - SCRATCH - CacheLines.LEAD;
    }

    /** @param plan the engine's, or the same by regions ({@link Fusion}) */
    LaneTier(Plan plan) {
        this.plan = plan;
        this.varies = new boolean[plan.arenaSize()];
        this.loaded = new boolean[plan.columns().length];
        boolean[] read = new boolean[plan.arenaSize()];
        for (Plan.Column column : plan.columns()) {
            mark(varies, column.slot(), column.width());
        }
        written(plan.row(), varies);
        written(plan.perDirection(), varies);
        fused().forEach(region -> Arrays.stream(region.slots()).forEach(slot -> varies[slot] = true));
        this.rowInPlace = reads(plan.row(), read);
        this.directionInPlace = reads(plan.perDirection(), read);
        for (Plan.Spread spread : plan.spreads()) {
            mark(read, spread.slot(), 1);
        }
        for (Plan.Gram gram : plan.grams()) {
            mark(read, gram.slot(), 1);
        }
        for (Plan.Outer outer : plan.outers()) {
            mark(read, outer.left(), plan.column(outer.left(), outer.rows()) < 0 ? outer.rows() : 0);
            mark(read, outer.right(), plan.column(outer.right(), outer.columns()) < 0 ? outer.columns() : 0);
        }
        boolean[] inSteps = read.clone();
        written(plan.row(), inSteps);
        for (Fusion.Region region : fused()) {
            Arrays.stream(region.operands()).filter(operand -> operand < 0).forEach(operand -> markVarying(read, ~operand, 1));
        }
        mark(plan.row().outputs(), read);
        mark(plan.perDirection().outputs(), read);
        boolean[] has = varies.clone();
        for (int k = 0; k < loaded.length; k++) {
            Plan.Column column = plan.columns()[k];
            for (int i = 0; i < column.width(); i++) {
                loaded[k] |= read[column.slot() + i];
            }
            Arrays.fill(has, column.slot(), column.slot() + column.width(), loaded[k]);
        }
        int blocks = 0;
        int fixedCount = 0;
        for (int slot = 0; slot < varies.length; slot++) {
            has[slot] |= read[slot];
            blocks += has[slot] ? 1 : 0;
            fixedCount += has[slot] && !varies[slot] ? 1 : 0;
        }
        this.size = Math.clamp(Integer.highestOneBit(Math.max(1, ARENA / (blocks + SCRATCH))), 8, largest());
        this.start = new int[varies.length];
        this.fixed = new int[fixedCount];
        int block = 0;
        int k = 0;
        for (int slot = 0; slot < varies.length; slot++) {
            start[slot] = has[slot] ? Math.addExact(CacheLines.LEAD, Math.multiplyExact(block++, size)) : -1;
            if (has[slot] && !varies[slot]) {
                fixed[k++] = slot;
            }
        }
        this.scratch = Math.addExact(CacheLines.LEAD, Math.multiplyExact(block, size));
        this.operations = new BlockOperations(scratch, size);
        this.length = Math.addExact(scratch, SCRATCH * size);
        this.entries = entries();
        this.ports = new Ports(plan, fused(), inSteps, start, entries, size);
        this.regions = emit();
        this.isContiguous = entries != null && IntStream.range(0, entries.length).allMatch(i -> entries[i] == entries[0] + i * size);
    }

    /** Rows of a block at most: columns that are read again for a spread are to be in the nearest cache still. */
    private int largest() {
        int again = Arrays.stream(plan.spreads()).mapToInt(spread -> spread.form().width()).sum();
        int near = Math.max(FROM, Integer.highestOneBit(NEAR / Math.max(1, again)));
        return Math.min(near, hasRegions() ? LARGEST_OF_REGIONS : LARGEST);
    }

    private boolean hasRegions() {
        return !fused().isEmpty();
    }

    /** The row section's regions. */
    private List<Fusion.Region> fused() {
        return Arrays.stream(plan.row().details()).filter(Fusion.Region.class::isInstance).map(Fusion.Region.class::cast).toList();
    }

    private int[] entries() {
        int[] entries = new int[plan.resultSize()];
        Arrays.fill(entries, -1);
        for (Plan.Output output : plan.row().outputs()) {
            for (int i = 0; i < output.length(); i++) {
                entries[output.target() + i * output.stride()] = start[output.slot() + i];
            }
        }
        return plan.directions() > 0 || Arrays.stream(entries).anyMatch(entry -> entry < 0) ? null : entries;
    }

    private Region[] emit() {
        Map<Integer, Double> constants = plan.known();
        Map<Integer, Integer> portBySlot = ports.bySlot();
        int[] code = plan.row().code();
        Region[] regions = new Region[code.length / Plan.Section.WIDTH];
        for (int i = 0; i < regions.length; i++) {
            if (code[i * Plan.Section.WIDTH] == Fusion.REGION) {
                Fusion.Region region = (Fusion.Region) plan.row().details()[code[i * Plan.Section.WIDTH + 7]];
                regions[i] = RegionEmitter.emit(region, start, portBySlot, constants, size);
            }
        }
        return regions;
    }

    /** Which of the plan's columns a product can take where it lies: one that meets the same vector in every row; or -1. */
    private int inPlace(Plan.Product p, int a, int b) {
        if (p.columns() != 1 || p.leftTransposed() && p.rows() != 1) {
            return -1;
        }
        if (!varies[a]) {
            return plan.column(b, p.inner());
        }
        return !varies[b] && p.rows() == 1 ? plan.column(a, p.inner()) : -1;
    }

    private static void mark(boolean[] slots, int from, int count) {
        Arrays.fill(slots, from, from + count, true);
    }

    /** Marks what the steps of a section write, not its regions. */
    private static void written(Plan.Section section, boolean[] slots) {
        int[] code = section.code();
        for (int pc = 0; pc < code.length; pc += Plan.Section.WIDTH) {
            if (code[pc] != Fusion.REGION) {
                mark(slots, code[pc + 2], code[pc + 1]);
            }
        }
    }

    /**
     * Marks what the loops of a section's steps read, not its regions; products read numbers that do not change where they are.
     *
     * @return for each step the column that it takes where it lies, or -1
     */
    private int[] reads(Plan.Section section, boolean[] read) {
        int[] code = section.code();
        int[] inPlace = new int[code.length / Plan.Section.WIDTH];
        for (int pc = 0; pc < code.length; pc += Plan.Section.WIDTH) {
            if (code[pc] == Fusion.REGION) {
                continue;
            }
            Op op = OPS[code[pc]];
            int count = code[pc + 1];
            int a = code[pc + 3];
            Object detail = code[pc + 7] < 0 ? null : section.details()[code[pc + 7]];
            inPlace[pc / Plan.Section.WIDTH] = op == Op.PRODUCT ? inPlace((Plan.Product) detail, a, code[pc + 4]) : -1;
            for (int k = 0; op.isElementwise() && k < op.arity(); k++) {
                mark(read, code[pc + 3 + k], (code[pc + 6] >> k & 1) == 1 ? count : 1);
            }
            switch (op) {
                case SUM, LARGEST -> mark(read, a, count * ((Plan.Reduction) detail).length());
                case PERMUTE, BROADCAST -> mark(read, a, detail == null ? 1 : Arrays.stream((int[]) detail).max().orElse(-1) + 1);
                case ASSEMBLE -> {
                    Plan.Parts parts = (Plan.Parts) detail;
                    for (int i = 0; i < parts.slots().length; i++) {
                        mark(read, parts.slots()[i], parts.lengths()[i]);
                    }
                }
                case PRODUCT -> {
                    Plan.Product p = (Plan.Product) detail;
                    if (inPlace[pc / Plan.Section.WIDTH] < 0) {
                        markVarying(read, a, p.rows() * p.inner());
                        markVarying(read, code[pc + 4], p.inner() * p.columns());
                    }
                }
                default -> { }
            }
        }
        return inPlace;
    }

    private static void mark(Plan.Output[] outputs, boolean[] read) {
        for (Plan.Output output : outputs) {
            mark(read, output.slot(), output.length());
        }
    }

    private void markVarying(boolean[] read, int from, int count) {
        for (int slot = from; slot < from + count; slot++) {
            read[slot] |= varies[slot];
        }
    }

    /** Spreads what does not change with the row. */
    void share(double[] arena, double[] d) {
        for (int slot : fixed) {
            Arrays.fill(d, start[slot], start[slot] + size, arena[slot]);
        }
    }

    /** Turns a direction's entry on or off. */
    void direct(int direction, double value, double[] arena, double[] d) {
        int slot = plan.direction() + direction;
        arena[slot] = value;
        if (start[slot] >= 0) {
            Arrays.fill(d, start[slot], start[slot] + size, value);
        }
    }

    /** Where the first of an arena entry's numbers is. */
    int block(int slot) {
        return start[slot];
    }

    /** What regions read and leave where it lies. */
    Ports ports() {
        return ports;
    }

    /** Copies rows of the columns that have blocks, an entry of all rows after the other, where regions do not read them as they lie. */
    void load(Workspace w, int row, int count, double[] d) {
        if (count < size) {
            ports.close(w, d);
        }
        for (int k = 0; k < loaded.length; k++) {
            if (loaded[k] && !(count == size && ports.isRead(k, w.window))) {
                w.window.load(k, row, count, d, start[plan.columns()[k].slot()], size);
            }
        }
    }

    /** Runs the steps of a section on a block, whose rows start at {@code row} of the window. */
    void run(Plan.Section section, Workspace w, int row, int rows, double[] d) {
        int[] code = section.code();
        int[] inPlace = section == plan.row() ? rowInPlace : directionInPlace;
        Ports.Open open = w.ports(ports.count());
        for (int pc = 0; pc < code.length; pc += Plan.Section.WIDTH) {
            if (code[pc] == Fusion.REGION) {
                regions[pc / Plan.Section.WIDTH].run(d, w.arena, open.arrays, open.at);
                continue;
            }
            Op op = OPS[code[pc]];
            int count = code[pc + 1];
            int to = start[code[pc + 2]];
            if (op.isElementwise()) {
                elementwise(op, code, pc, count, to, d);
            } else {
                Object detail = code[pc + 7] < 0 ? null : section.details()[code[pc + 7]];
                int column = inPlace[pc / Plan.Section.WIDTH];
                if (column >= 0) {
                    inner((Plan.Product) detail, column, w, row, rows, code[pc + 3], code[pc + 4], to, d);
                } else {
                    arrangement(op, code, pc, count, to, detail, w.arena, d);
                }
            }
        }
        open.next();
    }

    /** Inner products of the rows of a column with vectors in the arena. */
    private void inner(Plan.Product p, int column, Workspace w, int row, int rows, int a, int b, int to, double[] d) {
        int width = p.inner();
        int vectors = plan.columns()[column].slot() == b ? a : b;
        for (int i = 0; i < p.rows(); i++) {
            InnerProducts.rows(w.window.data(column), w.window.from(column) + row * width, rows, width, w.arena, vectors + i * width,
                    p.accumulators(), d, to + i * size);
        }
    }

    /** One loop over all entries, or one for each where an operand is the same for all. */
    private void elementwise(Op op, int[] code, int pc, int count, int to, double[] d) {
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
            operations.apply(op, d, to + step, a + (strides & 1) * step, b + (strides >> 1 & 1) * step, c + (strides >> 2 & 1) * step, size);
        }
    }

    private void arrangement(Op op, int[] code, int pc, int count, int to, Object detail, double[] arena, double[] d) {
        int a = code[pc + 3];
        switch (op) {
            case SUM -> sums((Plan.Reduction) detail, count, d, to, a);
            case LARGEST -> largest((Plan.Reduction) detail, count, d, to, start[a]);
            case PRODUCT -> product((Plan.Product) detail, arena, d, to, a, code[pc + 4]);
            case PERMUTE, BROADCAST -> {
                int[] sources = (int[]) detail;
                for (int i = 0; i < count; i++) {
                    System.arraycopy(d, start[a] + (sources == null ? 0 : sources[i]) * size, d, to + i * size, size);
                }
            }
            case ASSEMBLE -> {
                Plan.Parts parts = (Plan.Parts) detail;
                Arrays.fill(d, to, to + count * size, 0);
                for (int i = 0; i < parts.slots().length; i++) {
                    System.arraycopy(d, start[parts.slots()[i]], d, to + parts.offsets()[i] * size, parts.lengths()[i] * size);
                }
            }
            default -> throw new AssertionError(op + " is no step");
        }
    }

    private void sums(Plan.Reduction r, int count, double[] d, int to, int a) {
        for (int i = 0; i < count; i++) {
            int from = a + i / r.inner() * r.length() * r.inner() + i % r.inner();
            fold(null, d, to + i * size, from, r.inner(), -1, 0, r.length(), SumOrder.accumulators(r.length()));
        }
    }

    private void largest(Plan.Reduction r, int count, double[] d, int to, int a) {
        for (int i = 0; i < count; i++) {
            int from = a + (i / r.inner() * r.length() * r.inner() + i % r.inner()) * size;
            int out = to + i * size;
            System.arraycopy(d, from, d, out, size);
            for (int k = 1; k < r.length(); k++) {
                Arithmetic.max(d, out, out, from + k * r.inner() * size, size);
            }
        }
    }

    private void product(Plan.Product p, double[] arena, double[] d, int to, int a, int b) {
        if (p.accumulators() == 1 && p.inner() >= MATRIX && varies[a] != varies[b] && (varies[b] ? p.rows() : p.columns()) >= MATRIX) {
            sharedProduct(p, arena, d, to, a, b);
            return;
        }
        int strideA = p.leftTransposed() ? p.rows() : 1;
        int strideB = p.rightTransposed() ? 1 : p.columns();
        for (int i = 0; i < p.rows(); i++) {
            for (int j = 0; j < p.columns(); j++) {
                int fromA = a + (p.leftTransposed() ? i : i * p.inner());
                int fromB = b + (p.rightTransposed() ? j * p.inner() : j);
                fold(arena, d, to + (i * p.columns() + j) * size, fromA, strideA, fromB, strideB, p.inner(), p.accumulators());
            }
        }
    }

    /** The product of a matrix that all rows share with one that changes: of each of its columns a product of the matrix with blocks. */
    private void sharedProduct(Plan.Product p, double[] arena, double[] d, int to, int a, int b) {
        int rowA = p.leftTransposed() ? 1 : p.inner();
        int rowB = p.rightTransposed() ? 1 : p.columns();
        int columnA = p.leftTransposed() ? p.rows() : 1;
        int columnB = p.rightTransposed() ? p.inner() : 1;
        Arrays.fill(d, to, to + p.rows() * p.columns() * size, -0.0);
        for (int j = 0; varies[b] && j < p.columns(); j++) {
            Gemm.multiply(true, arena, a, rowA, columnA, d, start[b + j * columnB], rowB * size, d, to + j * size, p.columns() * size, p.rows(), size, p.inner());
        }
        for (int i = 0; varies[a] && i < p.rows(); i++) {
            Gemm.multiply(true, arena, b, columnB, rowB, d, start[a + i * rowA], columnA * size, d, to + i * p.columns() * size, size, p.columns(), size, p.inner());
        }
    }

    /** out += a b for two arena entries. */
    private void addProduct(double[] arena, double[] d, int out, int a, int b) {
        if (varies[a] && varies[b]) {
            Arithmetic.fma(d, out, start[a], start[b], out, size);
        } else if (varies[a]) {
            Arithmetic.addMultiple(d, out, arena[b], start[a], size);
        } else if (varies[b]) {
            Arithmetic.addMultiple(d, out, arena[a], start[b], size);
        } else {
            for (int k = 0; k < size; k++) {
                d[out + k] = fma(arena[a], arena[b], d[out + k]);
            }
        }
    }

    /** The sum of arena entries a, or of the products of entries a and b, a stride apart, in the order of {@link SumOrder}. */
    private void fold(double[] arena, double[] d, int to, int a, int strideA, int b, int strideB, int length, int accumulators) {
        if (length == 0) {
            Arrays.fill(d, to, to + size, 0);
        } else {
            fold(arena, d, to, a, strideA, b, strideB, length, accumulators, 0, 1, scratch);
        }
    }

    /** The fold of all accumulators i with i = lane mod width. */
    private void fold(double[] arena, double[] d, int to, int a, int strideA, int b, int strideB, int length, int accumulators,
            int lane, int width, int free) {
        if (width < accumulators) {
            fold(arena, d, to, a, strideA, b, strideB, length, accumulators, lane, 2 * width, free);
            fold(arena, d, free, a, strideA, b, strideB, length, accumulators, lane + width, 2 * width, free + size);
            Arithmetic.add(d, to, to, free, size);
            return;
        }
        Arrays.fill(d, to, to + size, -0.0);
        for (int k = lane; k < length; k += accumulators) {
            if (b < 0) {
                Arithmetic.add(d, to, to, start[a + k * strideA], size);
            } else {
                addProduct(arena, d, to, a + k * strideA, b + k * strideB);
            }
        }
    }
}
