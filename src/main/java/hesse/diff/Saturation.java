package hesse.diff;

import hesse.graph.Graph;
import hesse.graph.Node;
import hesse.graph.Op;

/**
 * Where a slope of 0 meets an infinite one. In 1/(1 + exp(-x)) the exponential overflows at x = -800; the quotient is 0
 * and flat there, the exponential infinitely steep, and by IEEE the product of the two slopes is NaN where the
 * function's is 0. A function that levels off at an infinite operand <em>saturates</em>; below it a value that is
 * infinite passes no tangent and no adjoint on ({@link Op#UNLESS_INFINITE}; NaN passes). Only what may overflow is
 * guarded, so bodies without such a pair cost nothing.
 */
final class Saturation {
    private final Graph g;
    /** By id: whether the value may be infinite, and some function on the way to a root levels off there. */
    private final boolean[] below;

    private Saturation(Graph g, boolean[] below) {
        this.g = g;
        this.below = below;
    }

    /** Of the nodes that roots depend on. */
    static Saturation below(Graph g, boolean[] reachable) {
        boolean[] below = new boolean[reachable.length];
        boolean[] belowDistribution = new boolean[reachable.length];
        for (int id = reachable.length - 1; id >= 0; id--) {
            if (reachable[id]) {
                Node y = g.node(id);
                for (int i = 0; i < y.args().length; i++) {
                    Node arg = y.arg(i);
                    boolean censored = arg.isOfData() && (belowDistribution[id] || isDistribution(y));
                    belowDistribution[arg.id()] |= censored;
                    below[arg.id()] |= censored || arg.mayOverflow() && (below[id] || saturates(y, i));
                }
            }
        }
        return new Saturation(g, below);
    }

    /** The functions of which a censored datum's likelihood is made, whose bound may be infinite, and their slopes. */
    private static boolean isDistribution(Node y) {
        return y.operation() instanceof Op op && switch (op) {
            case NORMAL_CDF, NORMAL_DENSITY, ERF, ERFC, GAUSSIAN, HALF_GAUSSIAN, SIGMOID,
                    SIGMOID_SLOPE, TANH, SECH_SQUARED, ATAN -> true;
            default -> false;
        };
    }

    /** What y, with its own adjoint, passes on to its operand i: nothing where y is infinite and the adjoint 0. */
    Node adjoint(Node y, int i, Node adjoint, Node passed) {
        return below[y.id()] && isSteep(y, i) ? g.apply(Op.UNLESS_INFINITE, y, adjoint, passed) : passed;
    }

    /** The tangent of y: none where y is infinite, since the function above that may be flat would make NaN of it. */
    Node tangent(Node y, Node tangent) {
        boolean steep = false;
        for (int i = 0; i < y.args().length; i++) {
            steep |= isSteep(y, i);
        }
        return tangent != null && below[y.id()] && steep
                ? g.apply(Op.UNLESS_INFINITE, y, g.constant(0), tangent) : tangent;
    }

    /** Whether y has a finite limit, and so the slope 0, where its operand i is infinite. */
    private static boolean saturates(Node y, int i) {
        return y.operation() instanceof Op op && switch (op) {
            case EXP, EXPM1, SOFTPLUS -> !y.arg(i).isNonNegative();
            case RECIPROCAL, TANH, ATAN, ATAN2, DIRECTION_COSINE, SIGMOID, SIGMOID_SLOPE,
                    SECH_SQUARED, ERF, ERFC, NORMAL_CDF, NORMAL_DENSITY, GAUSSIAN,
                    HALF_GAUSSIAN -> true;
            case DIVIDE -> i == 1;
            case INTEGER_POWER -> y.arg(1).scalar() < 0;
            case POWER -> i == 1 || !y.arg(1).isNonNegative();
            default -> false;
        };
    }

    /** Whether the slope of y by its operand i may be infinite where y is. */
    private static boolean isSteep(Node y, int i) {
        return y.operation() instanceof Op op && switch (op) {
            case EXP, EXPM1, SINH, COSH, TAN, POWER, INTEGER_POWER, LGAMMA, POLYGAMMA,
                    RECIPROCAL, SQUARE -> true;
            case DIVIDE -> i == 1;
            case MULTIPLY, FMA, FNMA -> i < 2 && (y.arg(1 - i).mayOverflow() || y.arg(1 - i).isOfData());
            default -> false;
        };
    }
}
