package hesse.plan;

import hesse.graph.Op;
import hesse.graph.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A plan with operations on single numbers gathered in regions, each to be compiled, its values in registers: the arithmetic of the
 * row section for blocks of rows, all elementwise operations of the shared section for a point without rows. What else there is
 * (functions of blocks, products, array steps) stays a step; all steps are ordered anew ({@link Schedule}), so that few values pass from
 * one to another. Bits do not change.
 */
public final class Fusion {
    /** The operation of a step that is a region; its detail is a {@link Region}. */
    public static final int REGION = -1;
    /** Operations of a region that a listing shows. */
    private static final int LISTED = 40;
    /** Steps beyond which compiling takes longer than anyone waits. */
    private static final int MOST = 200_000;
    /** Below this a plan gains nothing. */
    private static final int LEAST = 3;
    private static final Op[] OPS = Op.values();

    /**
     * Operations on single numbers of a row, in order.
     *
     * @param operands three of each operation: an earlier one of the region by its index, or ~slot
     * @param stored which results leave the region
     * @param slots and where to
     */
    public record Region(Op[] ops, int[] operands, int[] stored, int[] slots) {
        /** A line an operation, of long regions the first: v for values, a for the arena's numbers and blocks. */
        public String listing(String indent) {
            StringBuilder text = new StringBuilder(indent + "region of " + ops.length + " operations, " + stored.length + " results leave it\n");
            for (int k = 0; k < Math.min(ops.length, LISTED); k++) {
                text.append(indent).append("  v").append(k).append(" = ").append(ops[k].name().toLowerCase(Locale.ROOT)).append('(');
                for (int j = 0; j < ops[k].arity(); j++) {
                    int operand = operands[3 * k + j];
                    text.append(j == 0 ? "" : ", ").append(operand < 0 ? "a" + ~operand : "v" + operand);
                }
                text.append(")\n");
            }
            return ops.length > LISTED ? text.append(indent).append("  ...\n").toString() : text.toString();
        }
    }

    /** A step over values instead of slots: an operand is a value and an offset in it; negative values are slots that stay, as ~slot. */
    record Step(Op op, int count, int value, int[] operands, int[] offsets, int strides, Object detail) {}

    private final Plan plan;
    private final Plan.Section section;
    private final Set<Op> fused;
    private final int largest;
    /** Blocks of vectors are faster as written: C2 orders their operations itself. */
    private final Schedule.Order order;
    /** The k-th computes value k. */
    private List<Step> steps = new ArrayList<>();
    /** By slot: which value lies there and at which offset, while the section is read. */
    private final int[] value;
    private final int[] offset;
    private Plan.Constant[] constants;
    /** What leaves the section. */
    private Plan.Output[] outputs;
    /** The slot from which values that pass from step to step lie. */
    private int base;

    private Fusion(Plan plan, Plan.Section section, Set<Op> fused, int largest, Schedule.Order order) {
        this.plan = plan;
        this.section = section;
        this.fused = fused;
        this.largest = largest;
        this.order = order;
        this.outputs = section.outputs();
        // behind the arena a place for each entry of the result
        this.value = new int[plan.arenaSize() + plan.resultSize()];
        this.offset = new int[value.length];
    }

    /**
     * A plan of rows by regions, or null where there is too little arithmetic, or where directions run through it.
     *
     * @param masks whether operations that work by masks become part of regions
     * @param largest operations of a region
     */
    public static Plan ofRows(Plan plan, boolean masks, int largest) {
        Set<Op> fused = EnumSet.allOf(Op.class);
        fused.removeIf(op -> op.vector() == null || op.vector().masks() && !masks);
        return new Fusion(plan, plan.row(), fused, largest, Schedule.Order.AS_WRITTEN).fused();
    }

    /** A plan of a point without rows by regions, or null as of {@link #ofRows}. */
    public static Plan ofPoint(Plan plan, int largest) {
        return new Fusion(plan, plan.shared(), EnumSet.allOf(Op.class), largest, Schedule.Order.SOON).fused();
    }

    private Plan fused() {
        if (plan.directions() > 0 || section.code().length > MOST * Plan.Section.WIDTH) {
            return null;
        }
        read();
        if (steps.stream().filter(this::isArithmetic).count() < LEAST) {
            return null;
        }
        Negations negations = new Negations(steps, this::isArithmetic, leaving(), plan);
        steps = negations.steps();
        constants = negations.constants();
        base = negations.firstFree();
        Arrays.setAll(value, slot -> negations.now(value[slot]));
        if (section == plan.row() && Arrays.stream(plan.columns()).anyMatch(column -> column.index() == Plan.Column.POINT)) {
            separate();
        }
        return write();
    }

    /**
     * Results at many points that are zero, an entry of the point, or what another entry is too, as values of their own: so all lie side
     * by side and leave as they lie.
     */
    private void separate() {
        int[] source = new int[plan.resultSize()];
        Arrays.fill(source, -1);
        for (Plan.Output output : outputs) {
            for (int i = 0; i < output.length(); i++) {
                source[output.target() + i * output.stride()] = output.slot() + i;
            }
        }
        boolean[] taken = new boolean[steps.size()];
        List<Integer> copies = new ArrayList<>();
        for (int i = 0; i < source.length; i++) {
            int v = source[i] < 0 ? -1 : value[source[i]];
            if (v >= 0 && steps.get(v).count > 1) {
                return; // arrays lie as they are
            }
            if (v < 0 || taken[v]) {
                copies.add(i);
            } else {
                taken[v] = true;
            }
        }
        if (copies.isEmpty() || copies.size() > steps.size() / 2) {
            return;
        }
        int zero = base++;
        int minusZero = base++;
        constants = Stream.concat(Arrays.stream(constants), Stream.of(new Plan.Constant(zero, new Values(0)), new Plan.Constant(minusZero, new Values(-0.0))))
                .toArray(Plan.Constant[]::new);
        for (int i : copies) {
            int operand = source[i] < 0 ? ~zero : value[source[i]];
            int from = source[i] < 0 ? 0 : offset[source[i]];
            value[plan.arenaSize() + i] = steps.size();
            steps.add(new Step(Op.ADD, 1, steps.size(), new int[] {operand, ~minusZero}, new int[] {from, 0}, 0, null));
            source[i] = plan.arenaSize() + i;
        }
        outputs = IntStream.range(0, source.length).mapToObj(i -> new Plan.Output(source[i], 1, i, 1, 0)).toArray(Plan.Output[]::new);
    }

    private boolean isArithmetic(Step step) {
        return step.count == 1 && step.op.isElementwise() && fused.contains(step.op);
    }

    /** From slots, which are used again and again, to values, which are written once. */
    private void read() {
        for (int slot = 0; slot < value.length; slot++) {
            value[slot] = ~slot;
        }
        int[] code = section.code();
        for (int pc = 0; pc < code.length; pc += Plan.Section.WIDTH) {
            Op op = OPS[code[pc]];
            int count = code[pc + 1];
            Object detail = code[pc + 7] < 0 ? null : section.details()[code[pc + 7]];
            int[] slots = detail instanceof Plan.Parts parts ? parts.slots() : Arrays.copyOfRange(code, pc + 3, pc + 3 + operands(op));
            int[] operands = new int[slots.length];
            int[] offsets = new int[slots.length];
            for (int k = 0; k < slots.length; k++) {
                operands[k] = value[slots[k]];
                offsets[k] = offset[slots[k]];
            }
            int id = steps.size();
            steps.add(new Step(op, count, id, operands, offsets, code[pc + 6], detail));
            for (int i = 0; i < count; i++) {
                value[code[pc + 2] + i] = id;
                offset[code[pc + 2] + i] = i;
            }
        }
    }

    private static int operands(Op op) {
        return op.isElementwise() ? op.arity() : op == Op.PRODUCT ? 2 : 1;
    }

    private Plan write() {
        List<List<Step>> groups = new Schedule<>(steps, Step::operands, this::isArithmetic, largest, order).groups();
        int[] group = new int[steps.size()];
        for (int g = 0; g < groups.size(); g++) {
            for (Step step : groups.get(g)) {
                group[step.value] = g;
            }
        }
        int[] last = lastReaders(groups, group);
        Slots free = new Slots();
        int[] slot = new int[steps.size()];
        int results = section == plan.row() && plan.resultSize() <= steps.size() ? plan.resultSize() : 0;
        boolean[] placed = results > 0 ? placed(slot) : new boolean[steps.size()];
        int first = base + results;
        List<List<Integer>> dying = new ArrayList<>();
        groups.forEach(steps -> dying.add(new ArrayList<>()));
        List<int[]> code = new ArrayList<>();
        List<Object> details = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            List<Step> steps = groups.get(g);
            for (Step step : steps) {
                if (last[step.value] > g && !placed[step.value]) {
                    slot[step.value] = first + free.take(step.count);
                    if (last[step.value] < groups.size()) {
                        dying.get(last[step.value]).add(step.value);
                    }
                }
            }
            code.add(isArithmetic(steps.getFirst()) ? region(steps, group, last, slot, details) : step(steps.getFirst(), slot, details));
            dying.get(g).forEach(v -> free.give(slot[v] - first, this.steps.get(v).count));
        }
        Plan.Section next = new Plan.Section(code.stream().flatMapToInt(Arrays::stream).toArray(), details.toArray(),
                Arrays.stream(outputs).map(o -> new Plan.Output(moved(o.slot(), slot), o.length(), o.target(), o.stride(), o.step()))
                        .toArray(Plan.Output[]::new), section.operations());
        return new Plan(first + free.size(), constants, plan.point(), plan.pointSize(), plan.seed(), plan.seedSize(), plan.columns(),
                plan.direction(), plan.directions(), plan.constant(), section == plan.shared() ? next : plan.shared(),
                section == plan.row() ? next : plan.row(), plan.perDirection(), plan.resultSize(), plan.places(),
                Arrays.stream(plan.spreads()).map(s -> new Plan.Spread(moved(s.slot(), slot), s.form(), s.target(), s.parameter())).toArray(Plan.Spread[]::new),
                Arrays.stream(plan.grams()).map(s -> new Plan.Gram(moved(s.slot(), slot), s.left(), s.right(), s.target(), s.isSquare()))
                        .toArray(Plan.Gram[]::new),
                Arrays.stream(plan.outers()).map(o -> new Plan.Outer(moved(o.left(), slot), o.rows(), moved(o.right(), slot), o.columns(), o.target()))
                        .toArray(Plan.Outer[]::new));
    }

    /** Puts the results of a row side by side, in their order, so that they can leave as they lie. */
    private boolean[] placed(int[] slot) {
        boolean[] placed = new boolean[steps.size()];
        for (Plan.Output output : outputs) {
            int v = value[output.slot()];
            if (v >= 0 && !placed[v] && steps.get(v).count == output.length() && (output.length() == 1 || output.stride() == 1)) {
                slot[v] = base + output.target();
                placed[v] = true;
            }
        }
        return placed;
    }

    private int moved(int old, int[] slot) {
        return value[old] < 0 ? old : slot[value[old]] + offset[old];
    }

    /** By value the last group that reads it from another one; that of the end for what leaves; -1 for what stays in its region. */
    private int[] lastReaders(List<List<Step>> groups, int[] group) {
        int[] last = new int[steps.size()];
        Arrays.fill(last, -1);
        for (int g = 0; g < groups.size(); g++) {
            for (Step step : groups.get(g)) {
                for (int operand : step.operands) {
                    if (operand >= 0 && group[operand] != g) {
                        last[operand] = Math.max(last[operand], g);
                    }
                }
            }
        }
        leaving().forEach(v -> last[v] = Integer.MAX_VALUE);
        return last;
    }

    /** Values that are read when the section has run. */
    private IntStream leaving() {
        return Stream.of(Arrays.stream(outputs).mapToInt(Plan.Output::slot), Arrays.stream(plan.spreads()).mapToInt(Plan.Spread::slot),
                Arrays.stream(plan.grams()).mapToInt(Plan.Gram::slot), Arrays.stream(plan.outers()).mapToInt(Plan.Outer::left),
                Arrays.stream(plan.outers()).mapToInt(Plan.Outer::right)).flatMapToInt(slots -> slots).map(slot -> value[slot]).filter(v -> v >= 0);
    }

    private int slot(Step step, int k, int[] slot) {
        return step.operands[k] < 0 ? ~step.operands[k] + step.offsets[k] : slot[step.operands[k]] + step.offsets[k];
    }

    private int[] step(Step step, int[] slot, List<Object> details) {
        int[] code = new int[Plan.Section.WIDTH];
        code[0] = step.op.ordinal();
        code[1] = step.count;
        code[2] = slot[step.value];
        Object detail = step.detail;
        if (detail instanceof Plan.Parts parts) {
            int[] slots = new int[step.operands.length];
            for (int k = 0; k < slots.length; k++) {
                slots[k] = slot(step, k, slot);
            }
            detail = new Plan.Parts(parts.offsets(), slots, parts.lengths());
        } else {
            for (int k = 0; k < step.operands.length; k++) {
                code[3 + k] = slot(step, k, slot);
            }
        }
        code[6] = step.strides;
        code[7] = detail == null ? -1 : details.size();
        if (detail != null) {
            details.add(detail);
        }
        return code;
    }

    private int[] region(List<Step> steps, int[] group, int[] last, int[] slot, List<Object> details) {
        Map<Integer, Integer> index = new HashMap<>();
        int[] operands = new int[3 * steps.size()];
        List<Integer> stored = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            for (int k = 0; k < step.operands.length; k++) {
                boolean inside = step.operands[k] >= 0 && group[step.operands[k]] == group[step.value];
                operands[3 * i + k] = inside ? index.get(step.operands[k]) : ~slot(step, k, slot);
            }
            index.put(step.value, i);
            if (last[step.value] >= 0) {
                stored.add(i);
            }
        }
        int[] code = new int[Plan.Section.WIDTH];
        code[0] = REGION;
        code[7] = details.size();
        details.add(new Region(steps.stream().map(Step::op).toArray(Op[]::new), operands, stored.stream().mapToInt(Integer::intValue).toArray(),
                stored.stream().mapToInt(i -> slot[steps.get(i).value]).toArray()));
        return code;
    }
}
