package hesse.graph;

import java.util.Locale;

/** Builds elementwise nodes: of known numbers their value, operands brought to one shape and into one order. */
final class ElementwiseNodes {
    private final NodeTable table;
    private final ArrayNodes arrays;

    ElementwiseNodes(NodeTable table, ArrayNodes arrays) {
        this.table = table;
        this.arrays = arrays;
    }

    Node node(Operation.Elementwise op, Node... args) {
        Shape shape = Shape.SCALAR;
        boolean constant = true;
        for (Node arg : args) {
            Shape common = Shape.broadcast(shape, arg.shape());
            if (common == null) {
                throw shapes(op.toString().toLowerCase(Locale.ROOT), args);
            }
            shape = common;
            constant &= arg.isNumber();
        }
        if (constant) {
            double b = args.length > 1 ? args[1].scalar() : 0;
            double c = args.length > 2 ? args[2].scalar() : 0;
            Values value = new Values(op.value(args[0].scalar(), b, c));
            return table.intern(new Operation.Constant(value), Shape.SCALAR);
        }
        Node[] operands = shape.isScalar() ? args : aligned(args, shape);
        if (op.commutes() && operands[0].id() > operands[1].id()) {
            Node first = operands[0];
            operands[0] = operands[1];
            operands[1] = first;
        }
        return table.intern(op, shape, operands);
    }

    /** Scalars stay (a step reads them with stride 0), other shapes are repeated to the common one. */
    private Node[] aligned(Node[] args, Shape shape) {
        Node[] aligned = new Node[args.length];
        boolean full = false;
        for (int i = 0; i < args.length; i++) {
            Node arg = args[i];
            boolean repeated = arg.operation() instanceof Operation.Broadcast && arg.arg(0).shape().isScalar();
            aligned[i] = repeated ? arg.arg(0) : arg.shape().isScalar() ? arg : arrays.broadcast(arg, shape);
            full |= !aligned[i].shape().isScalar();
        }
        if (!full) {
            aligned[0] = arrays.broadcast(aligned[0], shape);
        }
        return aligned;
    }

    static IllegalArgumentException shapes(String what, Node... args) {
        StringBuilder text = new StringBuilder(what + ": shapes do not match:");
        for (Node arg : args) {
            text.append(' ').append(arg.shape());
        }
        return new IllegalArgumentException(text.toString());
    }
}
