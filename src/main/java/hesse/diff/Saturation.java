package hesse.diff;

import hesse.graph.Graph;
import hesse.graph.Node;
import hesse.graph.Op;

/**
 * Where a slope of 0 meets an infinite one. In 1/(1 + exp(-x)) the exponential overflows at x = -800; the quotient is 0 and flat there,
 * the exponential infinitely steep, and by IEEE the product of the two slopes is NaN where the function's is 0. A function that levels
 * off at an infinite operand <em>saturates</em>; below one of these the slopes of what may overflow are joined by
 * {@link Op#STRONG_PRODUCT}, in which 0 wins. All other products stay as they are: bodies without such a pair cost nothing.
 */
final class Saturation {
    /** By id: whether some function on the way to the root saturates. */
    private final boolean[] below;

    private Saturation(boolean[] below) {
        this.below = below;
    }

    /** Of the nodes on which the root depends. */
    static Saturation below(Graph g, boolean[] reachable) {
        boolean[] below = new boolean[reachable.length];
        for (int id = reachable.length - 1; id >= 0; id--) {
            if (reachable[id]) {
                Node y = g.node(id);
                for (int i = 0; i < y.args().length; i++) {
                    Node arg = y.arg(i);
                    below[arg.id()] |= arg.mayOverflow() && (below[id] || saturates(y, i));
                }
            }
        }
        return new Saturation(below);
    }

    /** The product by which an adjoint of y, which may be 0, passes on to its operand i. */
    Op.Product adjoint(Graph g, Node y, int i) {
        return below[y.id()] && isSteep(y, i) ? g::strongProduct : g::multiply;
    }

    /** The product by which a tangent of the operand i, which may be infinite, passes on to y. */
    static Op.Product tangent(Graph g, Node y, int i) {
        return y.arg(i).mayOverflow() && saturates(y, i) ? g::strongProduct : g::multiply;
    }

    /** Whether y has a finite limit, and so the slope 0, where its operand i is infinite. */
    static boolean saturates(Node y, int i) {
        return switch (y.op()) {
            case RECIPROCAL, EXP, EXPM1, TANH, ATAN, ATAN2, DIRECTION_COSINE, SIGMOID, SIGMOID_SLOPE, SECH_SQUARED, SOFTPLUS,
                    ERF, ERFC, NORMAL_CDF, NORMAL_DENSITY, GAUSSIAN, HALF_GAUSSIAN -> true;
            case DIVIDE -> i == 1;
            case INTEGER_POWER -> y.arg(1).scalar() < 0;
            case POWER -> i == 1 || !y.arg(1).isConstant() || y.arg(1).scalar() < 0;
            default -> false;
        };
    }

    /** Whether the slope of y by its operand i may be infinite. */
    private static boolean isSteep(Node y, int i) {
        return switch (y.op()) {
            case EXP, EXPM1, SINH, COSH, TAN, POWER, INTEGER_POWER, LGAMMA, POLYGAMMA, RECIPROCAL, DIVIDE, STRONG_PRODUCT -> true;
            case MULTIPLY, FMA, FNMA -> i < 2 && y.arg(1 - i).mayOverflow();
            case SQUARE -> y.arg(0).mayOverflow();
            default -> false;
        };
    }
}
