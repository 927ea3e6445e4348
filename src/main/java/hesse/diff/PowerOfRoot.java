package hesse.diff;

import hesse.graph.Graph;
import hesse.graph.Node;
import hesse.graph.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The power (c r)^n of a root r and factors c, differentiated as one function of these and of what is under the root:
 * with v = c r, by (n/2) v^(n-2) c^2 du for r = sqrt(u), by (n/3) v^(n-3) c^3 du for cbrt(u), by n v^(n-2) c^2 (a da +
 * b db) for hypot(a, b), and by n v^(n-1) r dc; (u^q)^n by n q u^(nq-1) du. So the infinite slope of the root at 0 does
 * not spoil what is smooth there: the square of a norm, by whatever length it is divided, has its Hessian at the
 * origin. A product a a + b that is rounded once counts as a square.
 */
record PowerOfRoot(List<Base> operands) {
    /** Factors beyond which no root is looked for. */
    private static final int FACTORS = 4;

    /** A node by which the power is differentiated, and its slope. */
    record Base(Node node, Function<Graph, Node> by) {
        Node slope(Graph g) {
            return by.apply(g);
        }
    }

    /** The power that y is, or null where it is none, or too low a one to be smoother than its root. */
    static PowerOfRoot of(Node y) {
        double n = exponent(y);
        if (!(n >= 2)) {
            return null;
        }
        List<Node> factors = new ArrayList<>();
        List<Node> divisors = new ArrayList<>();
        Node root = root(y.arg(0), factors, divisors);
        if (root == null || root.operation() == Op.CBRT && n < 3) {
            return null;
        }
        if (root.operation() == Op.POWER) {
            double q = root.arg(1).scalar();
            Node under = root.arg(0);
            return root == y.arg(0) && n * q >= 1
                    ? new PowerOfRoot(
                    List.of(new Base(under, g -> g.multiply(g.constant(n * q), power(g, under, n * q - 1)))))
                    : null;
        }
        Node v = y.arg(0);
        int degree = root.operation() == Op.CBRT ? 3 : 2;
        Function<Graph, Node> slope = g -> scaled(g,
                g.multiply(g.constant(root.operation() == Op.HYPOT ? n : n / degree), power(g, v, n - degree)),
                factors, divisors, degree);
        List<Base> operands = new ArrayList<>();
        switch (Op.of(root)) {
            case HYPOT -> {
                operands.add(new Base(root.arg(0), g -> g.multiply(slope.apply(g), root.arg(0))));
                operands.add(new Base(root.arg(1), g -> g.multiply(slope.apply(g), root.arg(1))));
            }
            case NORM -> operands.add(new Base(root.arg(1), slope));
            default -> operands.add(new Base(root.arg(0), slope));
        }
        for (Node factor : factors) {
            operands.add(new Base(factor, g -> {
                List<Node> others = new ArrayList<>(factors);
                others.remove(factor);
                Node rest = scaled(g, root, others, divisors, 1);
                return g.multiply(g.multiply(g.constant(n), power(g, v, n - 1)), rest);
            }));
        }
        for (Node divisor : divisors) {
            operands.add(new Base(divisor,
                    g -> g.negate(g.quotient(g.multiply(g.multiply(g.constant(n), power(g, v, n - 1)), v), divisor))));
        }
        return new PowerOfRoot(operands);
    }

    /** The exponent where y is a power of its first operand, else 0. */
    private static double exponent(Node y) {
        return switch (Op.of(y)) {
            case SQUARE -> 2;
            case FMA -> y.arg(0) == y.arg(1) ? 2 : 0;
            case INTEGER_POWER -> y.arg(1).scalar();
            case POWER -> y.arg(1).isNumber() ? y.arg(1).scalar() : 0;
            default -> 0;
        };
    }

    /** The root of which a product or quotient is made, and what else; null where there is none. */
    private static Node root(Node product, List<Node> factors, List<Node> divisors) {
        Node at = product;
        for (int i = 0; i < FACTORS; i++) {
            if (!(at.operation() instanceof Op op)) {
                return null;
            }
            switch (op) {
                case SQRT, CBRT, HYPOT, NORM -> {
                    return at;
                }
                case POWER -> {
                    return at.arg(1).isNumber() && at.arg(1).scalar() > 0 && at.arg(1).scalar() < 1 ? at : null;
                }
                case NEGATE -> at = at.arg(0);
                case MULTIPLY -> {
                    int side = leadsToRoot(at.arg(0)) ? 0 : 1;
                    factors.add(at.arg(1 - side));
                    at = at.arg(side);
                }
                case DIVIDE -> {
                    divisors.add(at.arg(1));
                    at = at.arg(0);
                }
                default -> {
                    return null;
                }
            }
        }
        return null;
    }

    private static boolean leadsToRoot(Node node) {
        return node.operation() instanceof Op op && switch (op) {
            case SQRT, CBRT, HYPOT, NORM, MULTIPLY, DIVIDE, NEGATE -> true;
            default -> false;
        };
    }

    /** A node times all factors and over all divisors, each {@code times} times. */
    private static Node scaled(Graph g, Node node, List<Node> factors, List<Node> divisors, int times) {
        Node result = node;
        for (int k = 0; k < times; k++) {
            for (Node factor : factors) {
                result = g.multiply(result, factor);
            }
            for (Node divisor : divisors) {
                result = g.quotient(result, divisor);
            }
        }
        return result;
    }

    private static Node power(Graph g, Node v, double n) {
        return n == 0 ? g.constant(1) : g.power(v, n);
    }
}
