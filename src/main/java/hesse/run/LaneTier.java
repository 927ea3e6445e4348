package hesse.run;

import hesse.graph.Op;
import hesse.graph.SumOrder;
import hesse.kernel.Arithmetic;
import hesse.kernel.Elementwise;
import hesse.plan.Plan;
import java.util.Arrays;

/**
 * The lane tier: a block of rows at a time, one SIMD loop an operation (Boncz, Zukowski and Nes, MonetDB/X100, CIDR 2005). An
 * entry of a value that changes with the row is {@code size} numbers in a row, one of each row; an entry that does not is a
 * number in the arena of the point, and where a loop reads it also a block of equal numbers, filled once a point. Bits as
 * {@link ScalarTier}: each row's numbers meet the same operations in the same order.
 */
final class LaneTier {
    /** Rows from which blocks are faster. */
    static final int FROM = 32;
    /** Nanoseconds of a warm-up: what C2 needs for the loops of a middling body. */
    static final long WARM_UP = 700_000_000L;
    private static final Op[] OPS = Op.values();
    /** Doubles that a block's arena takes: 256 KB, a part of L2. */
    private static final int ARENA = 1 << 15;
    private static final int LARGEST = 128;
    /** Blocks beside the arena: one for each level of a fold of 32 accumulators, and one for an operand that is overwritten. */
    private static final int SCRATCH = 7;

    private final Plan plan;
    /** Rows of a block, a power of two. */
    final int size;
    /** Where an arena entry's block starts; -1 where it has none. */
    private final int[] start;
    /** Arena entries that do not change with the row but are read by loops. */
    private final int[] fixed;
    private final boolean[] varies;
    private final int scratch;
    final int length;

    LaneTier(Plan plan) {
        this.plan = plan;
        this.varies = new boolean[plan.arenaSize()];
        boolean[] read = new boolean[plan.arenaSize()];
        for (Plan.Column column : plan.columns()) {
            mark(varies, column.slot(), column.width());
        }
        for (Plan.Section section : new Plan.Section[] {plan.row(), plan.perDirection()}) {
            written(section);
            reads(section, read);
        }
        int blocks = 0;
        int fixedCount = 0;
        for (int slot = 0; slot < varies.length; slot++) {
            blocks += varies[slot] || read[slot] ? 1 : 0;
            fixedCount += read[slot] && !varies[slot] ? 1 : 0;
        }
        this.size = Math.clamp(Integer.highestOneBit(Math.max(1, ARENA / (blocks + SCRATCH))), 8, LARGEST);
        this.start = new int[varies.length];
        this.fixed = new int[fixedCount];
        int block = 0;
        int k = 0;
        for (int slot = 0; slot < varies.length; slot++) {
            start[slot] = varies[slot] || read[slot] ? Math.multiplyExact(block++, size) : -1;
            if (read[slot] && !varies[slot]) {
                fixed[k++] = slot;
            }
        }
        this.scratch = Math.multiplyExact(block, size);
        this.length = Math.addExact(scratch, SCRATCH * size);
    }

    private static void mark(boolean[] slots, int from, int count) {
        Arrays.fill(slots, from, from + count, true);
    }

    private void written(Plan.Section section) {
        int[] code = section.code();
        for (int pc = 0; pc < code.length; pc += Plan.Section.WIDTH) {
            mark(varies, code[pc + 2], code[pc + 1]);
        }
    }

    /** What the loops of a section read, and what leaves it; products read single numbers where they are. */
    private void reads(Plan.Section section, boolean[] read) {
        int[] code = section.code();
        for (int pc = 0; pc < code.length; pc += Plan.Section.WIDTH) {
            Op op = OPS[code[pc]];
            int count = code[pc + 1];
            Object detail = code[pc + 7] < 0 ? null : section.details()[code[pc + 7]];
            for (int k = 0; k < op.arity(); k++) {
                mark(read, code[pc + 3 + k], (code[pc + 6] >> k & 1) == 1 ? count : 1);
            }
            switch (op) {
                case SUM, LARGEST -> mark(read, code[pc + 3], count * ((Plan.Reduction) detail).length());
                case PERMUTE, BROADCAST -> mark(read, code[pc + 3], detail == null ? 1 : Arrays.stream((int[]) detail).max().orElse(-1) + 1);
                case ASSEMBLE -> {
                    Plan.Parts parts = (Plan.Parts) detail;
                    for (int i = 0; i < parts.slots().length; i++) {
                        mark(read, parts.slots()[i], parts.lengths()[i]);
                    }
                }
                default -> { }
            }
        }
        for (Plan.Output output : section.outputs()) {
            mark(read, output.slot(), output.length());
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

    /** Copies rows of the columns, an entry of all rows after the other. */
    void load(RowData rows, int row, int count, double[] rowSeed, double[] d) {
        for (Plan.Column column : plan.columns()) {
            boolean weight = column.index() == Plan.Column.ROW_SEED;
            double[] data = weight ? rowSeed : rows.columns()[column.index()];
            int width = column.width();
            int from = (weight ? row : rows.from() + row) * width;
            int to = start[column.slot()];
            if (width == 1) {
                System.arraycopy(data, from, d, to, count);
            } else {
                transpose(data, from, count, width, d, to);
            }
        }
    }

    /** By squares of eight entries and rows, so that neither side jumps from line to line for long. */
    private void transpose(double[] data, int from, int count, int width, double[] d, int to) {
        for (int column = 0; column < width; column += 8) {
            int end = Math.min(width, column + 8);
            for (int r = 0; r < count; r++) {
                for (int c = column; c < end; c++) {
                    d[to + c * size + r] = data[from + r * width + c];
                }
            }
        }
    }

    /** Runs the steps of a section on a block. */
    void run(Plan.Section section, double[] arena, double[] d) {
        int[] code = section.code();
        for (int pc = 0; pc < code.length; pc += Plan.Section.WIDTH) {
            Op op = OPS[code[pc]];
            int count = code[pc + 1];
            int to = start[code[pc + 2]];
            if (op.isElementwise()) {
                elementwise(op, code, pc, count, to, d);
            } else {
                Object detail = code[pc + 7] < 0 ? null : section.details()[code[pc + 7]];
                arrangement(op, code, pc, count, to, detail, arena, d);
            }
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
            apply(op, d, to, a, b, c, count * size);
            return;
        }
        for (int i = 0; i < count; i++) {
            int step = i * size;
            apply(op, d, to + step, a + (strides & 1) * step, b + (strides >> 1 & 1) * step, c + (strides >> 2 & 1) * step, size);
        }
    }

    private void apply(Op op, double[] d, int to, int a, int b, int c, int n) {
        switch (op) {
            case ADD -> Arithmetic.add(d, to, a, b, n);
            case SUBTRACT -> Arithmetic.subtract(d, to, a, b, n);
            case MULTIPLY -> Arithmetic.multiply(d, to, a, b, n);
            case DIVIDE -> Arithmetic.divide(d, to, a, b, n);
            case FMA -> Arithmetic.fma(d, to, a, b, c, n);
            case FNMA -> Arithmetic.fnma(d, to, a, b, c, n);
            case NEGATE -> Arithmetic.negate(d, to, a, n);
            case RECIPROCAL -> Arithmetic.reciprocal(d, to, a, n);
            case SQUARE -> Arithmetic.square(d, to, a, n);
            case SQRT -> Arithmetic.sqrt(d, to, a, n);
            case ABS -> Arithmetic.abs(d, to, a, n);
            case MIN -> Arithmetic.min(d, to, a, b, n);
            case MAX -> Arithmetic.max(d, to, a, b, n);
            case SELECT -> Arithmetic.select(d, to, a, b, c, n);
            case LESS -> Arithmetic.less(d, to, a, b, n);
            case LESS_OR_EQUAL -> Arithmetic.lessOrEqual(d, to, a, b, n);
            case EQUAL -> Arithmetic.equal(d, to, a, b, n);
            case NOT_EQUAL -> Arithmetic.notEqual(d, to, a, b, n);
            case SIGN -> Arithmetic.sign(d, to, a, n);
            case INTEGER_POWER -> Arithmetic.power(d, to, a, (int) d[b], n);
            default -> function(op, d, to, a, b, c, n);
        }
    }

    /** Functions of a block at a time, from a copy of the operand, which the result may overwrite. */
    private void function(Op op, double[] d, int to, int a, int b, int c, int n) {
        int x = scratch;
        int e = scratch + size;
        for (int i = 0; i < n; i += size) {
            int out = to + i;
            System.arraycopy(d, a + i, d, x, size);
            switch (op) {
                case EXP -> Elementwise.exp(d, x, d, out, size);
                case EXPM1 -> Elementwise.expm1(d, x, d, out, size);
                case LOG -> Elementwise.log(d, x, d, out, size);
                case LOG1P -> Elementwise.log1p(d, x, d, out, size);
                case SIN -> Elementwise.sin(d, x, d, out, size);
                case COS -> Elementwise.cos(d, x, d, out, size);
                case TAN -> Elementwise.tan(d, x, d, out, size);
                case ASIN -> Elementwise.asin(d, x, d, out, size);
                case ACOS -> Elementwise.acos(d, x, d, out, size);
                case ATAN -> Elementwise.atan(d, x, d, out, size);
                case TANH -> Elementwise.tanh(d, x, d, out, size);
                case CBRT -> Elementwise.cbrt(d, x, d, out, size);
                case POWER -> {
                    System.arraycopy(d, b + i, d, e, size);
                    Elementwise.pow(d, x, d, e, d, out, size);
                }
                case SIGMOID -> {
                    expOfMinusSize(d, x, e);
                    Arithmetic.sigmoid(d, out, x, e, size);
                }
                case SIGMOID_SLOPE -> {
                    expOfMinusSize(d, x, e);
                    Arithmetic.sigmoidSlope(d, out, e, size);
                }
                case SECH_SQUARED -> {
                    Arithmetic.scale(d, x, 2, x, size);
                    expOfMinusSize(d, x, e);
                    Arithmetic.sigmoidSlope(d, out, e, size);
                    Arithmetic.scale(d, out, 4, out, size);
                }
                case SOFTPLUS -> {
                    expOfMinusSize(d, x, e);
                    Elementwise.log1p(d, e, d, e + size, size);
                    Arrays.fill(d, e, e + size, 0);
                    Arithmetic.max(d, e, x, e, size);
                    Arithmetic.add(d, out, e, e + size, size);
                }
                default -> {
                    for (int k = 0; k < size; k++) {
                        d[out + k] = op.value(d[x + k], d[b + i + k], d[c + i + k]);
                    }
                }
            }
        }
    }

    /** e = exp(-|x|). */
    private void expOfMinusSize(double[] d, int x, int e) {
        Arithmetic.abs(d, e + size, x, size);
        Arithmetic.negate(d, e + size, e + size, size);
        Elementwise.exp(d, e + size, d, e, size);
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
                d[out + k] = Math.fma(arena[a], arena[b], d[out + k]);
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
