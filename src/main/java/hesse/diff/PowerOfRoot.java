package hesse.diff;

import hesse.graph.Graph;
import hesse.graph.Node;
import hesse.graph.Op;

/**
 * The power r^n of a root r, differentiated as one function of what is under the root: sqrt(u)^n by (n/2) r^(n-2) du, cbrt(u)^n by
 * (n/3) r^(n-3) du, hypot(a, b)^n by n r^(n-2) (a da + b db), (u^p)^n by n p u^(np-1) du. So the infinite slope of the root at 0 does not
 * spoil what is smooth there: the square of a norm has its Hessian at the origin.
 */
record PowerOfRoot(Node root, double exponent) {
    /** The power that y is, or null where it is none, or too low a one to be smoother than its root. */
    static PowerOfRoot of(Node y) {
        if (y.op() != Op.SQUARE && y.op() != Op.INTEGER_POWER) {
            return null;
        }
        double exponent = y.op() == Op.SQUARE ? 2 : y.arg(1).scalar();
        Node root = scaled(y.arg(0)) ? y.arg(0).arg(rootOf(y.arg(0))) : y.arg(0);
        boolean smooth = switch (root.op()) {
            case SQRT, HYPOT -> exponent >= 2;
            case CBRT -> exponent >= 3;
            case POWER -> isNumber(root.arg(1)) && root.arg(1).scalar() > 0 && root.arg(1).scalar() < 1 && exponent * root.arg(1).scalar() >= 1;
            default -> false;
        };
        return smooth ? new PowerOfRoot(y.arg(0), exponent) : null;
    }

    private static boolean isNumber(Node a) {
        return a.isConstant() && a.shape().isScalar();
    }

    /** Whether this is the root of a sum of squares that was scaled by a power of two, divided by it: see {@link Op#SCALE}. */
    private static boolean scaled(Node a) {
        return a.op() == Op.MULTIPLY && rootOf(a) >= 0;
    }

    private static int rootOf(Node product) {
        for (int i = 0; i < 2; i++) {
            Node inverse = product.arg(1 - i);
            if (product.arg(i).op() == Op.SQRT && inverse.op() == Op.RECIPROCAL && inverse.arg(0).op() == Op.SCALE) {
                return i;
            }
        }
        return -1;
    }

    private Node unscaled() {
        return scaled(root) ? root.arg(rootOf(root)) : root;
    }

    /** How many operands it is differentiated by. */
    int operands() {
        return unscaled().op() == Op.HYPOT ? 2 : 1;
    }

    Node operand(int i) {
        return unscaled().arg(i);
    }

    /** t times the slope by an operand. */
    Node partial(Graph g, int i, Node t) {
        Node under = operand(i);
        return switch (unscaled().op()) {
            case SQRT -> {
                Node slope = g.multiply(t, times(g, exponent / 2, power(g, exponent - 2)));
                Node inverse = scaled(root) ? root.arg(1 - rootOf(root)) : g.constant(1);
                yield g.multiply(g.multiply(slope, inverse), inverse);
            }
            case CBRT -> g.multiply(t, times(g, exponent / 3, power(g, exponent - 3)));
            case HYPOT -> g.multiply(g.multiply(t, times(g, exponent, power(g, exponent - 2))), under);
            default -> {
                double product = exponent * unscaled().arg(1).scalar();
                yield g.multiply(t, times(g, product, g.power(under, product - 1)));
            }
        };
    }

    private Node power(Graph g, double n) {
        return n == 0 ? g.constant(1) : g.power(root, n);
    }

    private static Node times(Graph g, double factor, Node power) {
        return g.multiply(g.constant(factor), power);
    }
}
