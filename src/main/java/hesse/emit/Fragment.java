package hesse.emit;

import hesse.graph.Op;
import hesse.plan.Action;
import hesse.plan.Plan;
import hesse.plan.PlanStep;
import hesse.plan.Section;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A region with the places of a plan: operations on single numbers, in order.
 *
 * @param operands three of each operation: an earlier one of the region by its index, or ~slot of what comes from
 *     outside
 * @param stored the operations whose results leave the region, ascending
 * @param slots and where to
 */
public record Fragment(Op[] ops, int[] operands, int[] stored, int[] slots) {
    /** Operations that a listing shows. */
    private static final int LISTED = 40;

    /** A region with the places that a plan gives to what enters and leaves it. */
    public static Fragment of(Action.Region region, Plan plan) {
        List<PlanStep> steps = region.steps();
        Map<Integer, Integer> index = new HashMap<>();
        Op[] ops = new Op[steps.size()];
        int[] operands = new int[3 * ops.length];
        for (int k = 0; k < ops.length; k++) {
            PlanStep step = steps.get(k);
            ops[k] = ((Action.Apply) step.action()).op();
            for (int j = 0; j < step.operands().length; j++) {
                Integer inside = index.get(step.operands()[j]);
                operands[3 * k + j] = inside == null ? ~plan.slot(step.operand(j)) : inside;
            }
            index.put(step.value(), k);
        }
        int[] stored = Arrays.stream(region.stored()).map(index::get).toArray();
        return new Fragment(ops, operands, stored, Arrays.stream(region.stored()).map(plan::slot).toArray());
    }

    /** Of the steps of a section those that are regions, the others null. */
    public static Fragment[] of(Section section, Plan plan) {
        return Arrays.stream(section.actions())
                .map(action -> action instanceof Action.Region region ? of(region, plan) : null)
                .toArray(Fragment[]::new);
    }

    /** The slots that it reads and does not write itself, each once. */
    public IntStream reads() {
        return IntStream.range(0, operands.length).filter(at -> at % 3 < ops[at / 3].arity() && operands[at] < 0)
                .map(at -> ~operands[at]).distinct();
    }

    /** A line an operation, of long regions the first: v for values, a for the arena's numbers and blocks. */
    public String listing(String indent) {
        StringBuilder text = new StringBuilder(indent + "region of " + ops.length + " operations, " + stored.length
                + " results leave it\n");
        for (int k = 0; k < Math.min(ops.length, LISTED); k++) {
            text.append(indent).append("  v").append(k).append(" = ").append(ops[k].name().toLowerCase(Locale.ROOT))
                    .append('(');
            for (int j = 0; j < ops[k].arity(); j++) {
                int operand = operands[3 * k + j];
                text.append(j == 0 ? "" : ", ").append(operand < 0 ? "a" + ~operand : "v" + operand);
            }
            text.append(")\n");
        }
        return ops.length > LISTED ? text.append(indent).append("  ...\n").toString() : text.toString();
    }
}
