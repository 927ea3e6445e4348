package hesse.plan;

import hesse.graph.Op;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One unit of a program: it reads values and writes one, which no other step writes. A region writes those that it
 * stores.
 *
 * @param value which value it writes; of a region -1
 * @param count entries of the value
 * @param operands the values that it reads
 * @param offsets from which entry on each of them is read
 */
public record PlanStep(Action action, int value, int count, int[] operands, int[] offsets) {
    /** The elementwise operation where this is one on single numbers, else null. */
    Op scalarOp() {
        return count == 1 && action instanceof Action.Apply(Op op, int _) ? op : null;
    }

    /** What it reads as its k-th operand. */
    public Operand operand(int k) {
        return new Operand(operands[k], offsets[k]);
    }

    /** The values that it writes. */
    int[] results() {
        return action instanceof Action.Region region ? region.stored() : new int[] {value};
    }

    /** The scalar operations of one run: entries of the result, multiply-adds of products, additions of sums. */
    public long operations() {
        return switch (action) {
            case Action.AddUp(int length, int _) -> (long) count * length;
            case Action.FindLargest(int length, int _) -> (long) count * length;
            case Action.Multiply p -> (long) count * p.inner();
            case Action.Region region -> region.steps().size();
            case Action.Apply _, Action.Take _, Action.Fill _, Action.Copy _ -> count;
        };
    }

    private String name() {
        return switch (action) {
            case Action.Apply(Op op, int _) -> op.name().toLowerCase(Locale.ROOT);
            case Action.AddUp(int length, int inner) -> "sum of " + length + (inner == 1 ? "" : " by " + inner) + ":";
            case Action.FindLargest(int length, int inner) -> "largest of " + length
                    + (inner == 1 ? "" : " by " + inner) + ":";
            case Action.Multiply p -> "product " + p.rows() + "x" + p.inner() + (p.leftTransposed() ? "'" : "")
                    + " " + p.inner() + "x" + p.columns() + (p.rightTransposed() ? "'" : "") + ":";
            case Action.Take(int[] sources) -> "take " + sources.length + " of";
            case Action.Fill _ -> "fill with";
            case Action.Copy(int[] offsets, int[] _) -> "copy to " + Arrays.toString(offsets) + ":";
            case Action.Region region -> "region of " + region.steps().size() + " operations, reads";
        };
    }

    @Override
    public String toString() {
        String reads = IntStream.range(0, operands.length).mapToObj(k -> operand(k).toString())
                .collect(Collectors.joining(", "));
        String writes = Arrays.stream(results()).mapToObj(v -> "%" + v).collect(Collectors.joining(", "));
        return writes + (count > 1 ? "[" + count + "]" : "") + " = " + name() + " " + reads;
    }
}
