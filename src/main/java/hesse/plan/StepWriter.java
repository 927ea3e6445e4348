package hesse.plan;

import hesse.graph.Arrangement;
import hesse.graph.Input;
import hesse.graph.Node;
import hesse.graph.Op;
import hesse.graph.Operation;
import hesse.graph.Shape;
import hesse.graph.SumOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Graph to steps: numbers values and resolves shapes. A view is no step; who reads it reads its operand from an offset
 * on.
 */
final class StepWriter {
    /** Shared by most steps, which read values from their start. */
    private static final int[][] NO_OFFSETS = {{}, {0}, {0, 0}, {0, 0, 0}};

    private final List<Steps.Known> constants = new ArrayList<>();
    private final List<Steps.Leaf> leaves = new ArrayList<>();
    /** By node its value. */
    private final int[] value;
    private int values;

    /** @param nodes how many there may be */
    StepWriter(int nodes) {
        this.value = new int[nodes];
    }

    int values() {
        return values;
    }

    List<Steps.Known> constants() {
        return constants;
    }

    List<Steps.Leaf> leaves() {
        return leaves;
    }

    /** The entries of a node that was written. */
    Operand operand(Node node) {
        return new Operand(value[node.id()], node.offsetInOwner());
    }

    /** The step that computes a node from nodes that were written, added to others; none for a leaf or a view. */
    void write(Node node, List<PlanStep> steps) {
        if (node.operation() instanceof Operation.View) {
            value[node.id()] = value[node.arg(0).id()];
            return;
        }
        value[node.id()] = values++;
        switch (node.operation()) {
            case Input input -> leaves.add(new Steps.Leaf(value[node.id()], node.size(), input));
            case Operation.Constant(var entries) -> constants.add(new Steps.Known(value[node.id()], entries));
            case Operation.View _ -> throw new AssertionError(node);
            case Operation.Elementwise op -> steps.add(step(node, Action.Apply.of((Op) op, strides(node))));
            case Operation.Sum(int axis) ->
                    steps.add(step(node, new Action.AddUp(extent(node, axis), inner(node, axis))));
            case Operation.Largest(int axis) ->
                    steps.add(step(node, new Action.FindLargest(extent(node, axis), inner(node, axis))));
            case Operation.Product p -> steps.add(step(node, product(node, p)));
            case Operation.Permute(List<Integer> axes) ->
                    steps.add(step(node,
                            new Action.Take(Arrangement.permuted(node.arg(0).shape(), axes, node.shape()))));
            case Operation.Broadcast _ -> steps.add(step(node, node.arg(0).size() == 1
                    ? new Action.Fill()
                    : new Action.Take(Arrangement.repeated(node.arg(0).shape(), node.shape()))));
            case Operation.Assemble(int[] offsets) -> steps.add(step(node,
                    new Action.Copy(offsets, Arrays.stream(node.args()).mapToInt(Node::size).toArray())));
        }
    }

    private PlanStep step(Node node, Action action) {
        int[] operands = new int[node.args().length];
        int[] offsets = operands.length < NO_OFFSETS.length ? NO_OFFSETS[operands.length] : new int[operands.length];
        for (int k = 0; k < operands.length; k++) {
            operands[k] = value[node.arg(k).id()];
            int offset = node.arg(k).offsetInOwner();
            if (offset > 0) {
                offsets = isShared(offsets) ? offsets.clone() : offsets;
                offsets[k] = offset;
            }
        }
        return new PlanStep(action, value[node.id()], node.size(), operands, offsets);
    }

    private static boolean isShared(int[] offsets) {
        return offsets.length < NO_OFFSETS.length && offsets == NO_OFFSETS[offsets.length];
    }

    private static int strides(Node node) {
        int strides = 0;
        for (int k = 0; k < node.args().length; k++) {
            strides |= node.arg(k).size() == 1 ? 0 : 1 << k;
        }
        return strides;
    }

    private static int extent(Node reduction, int axis) {
        return reduction.arg(0).shape().extent(axis);
    }

    private static int inner(Node reduction, int axis) {
        return reduction.arg(0).shape().inner(axis);
    }

    private static Action.Multiply product(Node node, Operation.Product p) {
        Shape left = node.arg(0).shape();
        return new Action.Multiply(node.shape().extent(0), left.extent(p.leftTransposed() ? 0 : 1),
                node.shape().extent(1),
                p.leftTransposed(), p.rightTransposed(), SumOrder.accumulators(node));
    }
}
