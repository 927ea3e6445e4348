package hesse.graph;

import java.util.List;

/**
 * A growing list of nodes in topological order. Building a node first simplifies it, then looks whether the same node
 * exists (hash-consing), so common subexpressions are shared whoever built them.
 *
 * <p>A simplification never changes the bits of a finite result: x + (-0), x - 0, x * 1 and x / 1 are x, but x + 0
 * (which turns -0 into 0) and x * 0 stay. Zeros that derivatives bring are structural: they are never built in the
 * first place.
 */
public final class Graph {
    private final NodeTable table = new NodeTable(Ranges::of);
    private final ArrayNodes arrays = new ArrayNodes(table);
    private final ElementwiseNodes elementwise = new ElementwiseNodes(table, arrays);

    public int size() {
        return table.size();
    }

    public Node node(int id) {
        return table.node(id);
    }

    // ---- leaves ----

    public Node input(Input input, Shape shape) {
        return table.intern(input, shape);
    }

    public Node constant(double value) {
        return table.intern(new Operation.Constant(new Values(value)), Shape.SCALAR);
    }

    public Node constant(Shape shape, double... entries) {
        return table.intern(new Operation.Constant(new Values(entries.clone())), shape);
    }

    /** A node of another graph, over operands of this one. */
    public Node copy(Node node, Node[] args) {
        return table.intern(node.operation(), node.shape(), args);
    }

    // ---- elementwise ----

    /** Any elementwise operation; operands broadcast to their common shape. */
    public Node apply(Op op, Node... args) {
        return switch (op) {
            case ADD -> add(args[0], args[1]);
            case SUBTRACT -> subtract(args[0], args[1]);
            case MULTIPLY -> multiply(args[0], args[1]);
            case DIVIDE -> divide(args[0], args[1]);
            case NEGATE -> negate(args[0]);
            case POWER -> power(args[0], args[1]);
            case FMA -> fma(args[0], args[1], args[2]);
            case FNMA -> fnma(args[0], args[1], args[2]);
            case SELECT -> select(args[0], args[1], args[2]);
            case STRONG_PRODUCT -> strongProduct(args[0], args[1]);
            case WITHIN, UNLESS_INFINITE -> guarded(op, args);
            case ABS -> abs(args[0]);
            case SQUARE -> square(args[0]);
            case MIN, MAX -> args[0] == args[1] ? args[0] : elementwise(op, args);
            default -> elementwise(op, args);
        };
    }

    public Node add(Node a, Node b) {
        if (b.is(-0.0) && isFull(a, b)) {
            return a;
        }
        if (a.is(-0.0) && isFull(b, a)) {
            return b;
        }
        if (b.operation() == Op.NEGATE) {
            return subtract(a, b.arg(0));
        }
        if (a.operation() == Op.NEGATE) {
            return subtract(b, a.arg(0));
        }
        return elementwise(Op.ADD, a, b);
    }

    public Node subtract(Node a, Node b) {
        if (b.is(0.0)) {
            return a;
        }
        if (b.operation() == Op.NEGATE) {
            return add(a, b.arg(0));
        }
        return elementwise(Op.SUBTRACT, a, b);
    }

    public Node multiply(Node a, Node b) {
        if (a.operation() == Op.NEGATE) {
            return negate(multiply(a.arg(0), b));
        }
        if (b.operation() == Op.NEGATE) {
            return negate(multiply(a, b.arg(0)));
        }
        if (a.is(1)) {
            return b;
        }
        if (b.is(1)) {
            return a;
        }
        if (a.is(-1)) {
            return negate(b);
        }
        if (b.is(-1)) {
            return negate(a);
        }
        if (a == b) {
            return square(a);
        }
        Node shorter = a.isConstant() ? merged(a, b) : b.isConstant() ? merged(b, a) : cancelled(a, b);
        return shorter == null ? elementwise(Op.MULTIPLY, a, b) : shorter;
    }

    /**
     * (2^-k x)(2^k y) as x y, which has the same bits but where a factor is lost beneath the least numbers; null where
     * it is no such product.
     */
    private Node cancelled(Node a, Node b) {
        for (int i = 0; i < 4 && a.operation() == Op.MULTIPLY && b.operation() == Op.MULTIPLY; i++) {
            Node c = a.arg(i / 2);
            Node d = b.arg(i % 2);
            if (c.isNumber() && d.isNumber() && c.scalar() * d.scalar() == 1
                    && (isPowerOfTwo(c.scalar()) || isPowerOfTwo(d.scalar()))) {
                return multiply(a.arg(1 - i / 2), b.arg(1 - i % 2));
            }
        }
        return null;
    }

    /** c (2^k x) as (2^k c) x, which has the same bits for k >= 0; null where the product is no such one. */
    private Node merged(Node constant, Node product) {
        for (int i = 0; i < 2 && product.operation() == Op.MULTIPLY && constant.shape().isScalar(); i++) {
            Node power = product.arg(i);
            if (power.isNumber() && isPowerOfTwo(power.scalar())) {
                return multiply(constant(constant.scalar() * power.scalar()), product.arg(1 - i));
            }
        }
        return null;
    }

    private static boolean isPowerOfTwo(double x) {
        return x >= 1 && x <= Double.MAX_VALUE && (Double.doubleToRawLongBits(x) & 0xfffffffffffffL) == 0;
    }

    public Node divide(Node a, Node b) {
        if (b.is(1)) {
            return a;
        }
        if (a.is(1)) {
            boolean power = b.operation() == Op.INTEGER_POWER && b.arg(1).scalar() > 0;
            return power ? elementwise(Op.INTEGER_POWER, b.arg(0), constant(-b.arg(1).scalar()))
                    : elementwise(Op.RECIPROCAL, b);
        }
        if (a.operation() == Op.NEGATE) {
            return negate(divide(a.arg(0), b));
        }
        if (b.operation() == Op.NEGATE) {
            return negate(divide(a, b.arg(0)));
        }
        return elementwise(Op.DIVIDE, a, b);
    }

    /**
     * a/b as a (1/b), for derivatives, where all that is divided by b shares one division: an operation of 16 cycles a
     * vector, others take one. Rounded twice; where b is a number, once.
     */
    public Node quotient(Node a, Node b) {
        return b.isConstant() ? divide(a, b) : multiply(a, divide(constant(1), b));
    }

    public Node negate(Node a) {
        return a.operation() == Op.NEGATE ? a.arg(0) : elementwise(Op.NEGATE, a);
    }

    /** a b + c, rounded once. */
    public Node fma(Node a, Node b, Node c) {
        return multiplyAdd(a, b, c, false);
    }

    /** c - a b, rounded once. */
    public Node fnma(Node a, Node b, Node c) {
        return multiplyAdd(a, b, c, true);
    }

    private Node multiplyAdd(Node a, Node b, Node c, boolean subtracts) {
        if (a.operation() == Op.NEGATE) {
            return multiplyAdd(a.arg(0), b, c, !subtracts);
        }
        if (b.operation() == Op.NEGATE) {
            return multiplyAdd(a, b.arg(0), c, !subtracts);
        }
        if (a.is(1) || b.is(1)) {
            Node factor = a.is(1) ? b : a;
            return subtracts ? subtract(c, factor) : add(factor, c);
        }
        return elementwise(subtracts ? Op.FNMA : Op.FMA, a, b, c);
    }

    public Node square(Node a) {
        return elementwise(Op.SQUARE, size(a));
    }

    /** |a|, which is a itself where its sign is known. */
    public Node abs(Node a) {
        Node size = size(a);
        return size.isNonNegative() ? size : elementwise(Op.ABS, size);
    }

    /**
     * An operand of an even function without its negations and absolute values, on which such a function does not
     * depend.
     */
    private static Node size(Node a) {
        return a.operation() == Op.NEGATE || a.operation() == Op.ABS ? size(a.arg(0)) : a;
    }

    /** a b, where 0 times infinity is 0: see {@link Op#STRONG_PRODUCT}. */
    public Node strongProduct(Node a, Node b) {
        if (a.operation() == Op.NEGATE) {
            return negate(strongProduct(a.arg(0), b));
        }
        if (b.operation() == Op.NEGATE) {
            return negate(strongProduct(a, b.arg(0)));
        }
        return isUsual(a) || isUsual(b) ? multiply(a, b) : elementwise(Op.STRONG_PRODUCT, a, b);
    }

    /** A number that is finite and not zero. */
    private static boolean isUsual(Node a) {
        return a.isNumber() && a.scalar() != 0 && Math.abs(a.scalar()) <= Double.MAX_VALUE;
    }

    /** v where y is not NaN, else NaN. */
    public Node unlessNaN(Node y, Node v) {
        return guarded(Op.WITHIN, abs(y), v);
    }

    /** A guard of its last operand, whose sign does not matter to it. */
    private Node guarded(Op op, Node... args) {
        Node v = args[args.length - 1];
        if (v.operation() != Op.NEGATE) {
            return elementwise(op, args);
        }
        Node[] positive = args.clone();
        positive[args.length - 1] = v.arg(0);
        return negate(guarded(op, positive));
    }

    public Node sqrt(Node a) {
        return elementwise(Op.SQRT, a);
    }

    public Node power(Node base, double exponent) {
        return power(base, constant(exponent));
    }

    /** base^exponent; a constant integer exponent up to 64 in size is a product of factors. */
    public Node power(Node base, Node exponent) {
        if (exponent.isNumber()) {
            double n = exponent.scalar();
            if (n == Math.rint(n) && Math.abs(n) <= 64) {
                return integerPower(base, (int) n);
            }
        }
        return elementwise(Op.POWER, base, exponent);
    }

    private Node integerPower(Node base, int n) {
        return switch (n) {
            case 0 -> broadcast(constant(1), base.shape());
            case 1 -> base;
            case 2 -> square(base);
            case -1 -> divide(constant(1), base);
            default -> elementwise(Op.INTEGER_POWER, n % 2 == 0 ? size(base) : base, constant(n));
        };
    }

    public Node polygamma(int order, Node a) {
        return elementwise(Op.POLYGAMMA, constant(order), a);
    }

    public Node select(Node condition, Node a, Node b) {
        if (condition.isNumber()) {
            Node taken = condition.scalar() != 0 ? a : b;
            return broadcast(taken, Shape.broadcast(a.shape(), b.shape()));
        }
        return a == b && isFull(a, condition) ? a : elementwise(Op.SELECT, condition, a, b);
    }

    /** 1 where the condition is 0, else 0. */
    public Node not(Node condition) {
        return apply(Op.EQUAL, condition, constant(0));
    }

    /** Whether an elementwise result of the two has the first one's shape. */
    private static boolean isFull(Node a, Node b) {
        return b.shape().isScalar() || a.shape().equals(b.shape());
    }

    private Node elementwise(Op op, Node... args) {
        return elementwise.node(op, args);
    }

    // ---- arrangement ----

    /** The entries from the flat offset on, under a new shape. */
    public Node view(Node a, int offset, Shape shape) {
        return arrays.view(a, offset, shape);
    }

    public Node reshape(Node a, Shape shape) {
        if (shape.size() != a.size()) {
            throw new IllegalArgumentException("reshape: " + a.shape() + " has " + a.size() + " entries, " + shape
                    + " has " + shape.size());
        }
        return view(a, 0, shape);
    }

    /** Zeros of a shape with the parts copied to ascending, disjoint flat offsets. */
    public Node assemble(Shape shape, int[] offsets, Node[] parts) {
        return arrays.assemble(shape, offsets, parts);
    }

    /** Axis k of the result is axis {@code axes.get(k)} of the operand. */
    public Node permute(Node a, List<Integer> axes) {
        return arrays.permute(a, axes);
    }

    /** The operand repeated to a larger shape, by NumPy's rules. */
    public Node broadcast(Node a, Shape shape) {
        return arrays.broadcast(a, shape);
    }

    // ---- contractions ----

    public Node sum(Node a, int axis) {
        return arrays.sum(a, axis);
    }

    /** The sum of all entries in row-major order. */
    public Node sum(Node a) {
        return a.shape().isScalar() ? a : sum(reshape(a, Shape.of(a.size())), 0);
    }

    public Node largest(Node a, int axis) {
        return arrays.largest(a, axis);
    }

    /** The product of two matrices, either of them transposed. */
    public Node product(Node a, Node b, boolean leftTransposed, boolean rightTransposed) {
        Shape shape = ArrayNodes.productShape(a, b, leftTransposed, rightTransposed);
        int inner = a.shape().extent(leftTransposed ? 0 : 1);
        int rows = shape.extent(0);
        int columns = shape.extent(1);
        if (inner == 1 && (rows == 1 || columns == 1)) {
            Node scaled = rows == 1
                    ? multiply(reshape(a, Shape.SCALAR), reshape(b, Shape.of(columns)))
                    : multiply(reshape(a, Shape.of(rows)), reshape(b, Shape.SCALAR));
            return reshape(scaled, shape);
        }
        return table.intern(new Operation.Product(leftTransposed, rightTransposed), shape, a, b);
    }

    /** The inner product of two arrays of the same size. */
    public Node dot(Node a, Node b) {
        Node row = reshape(a, Shape.of(1, a.size()));
        return reshape(product(row, reshape(b, Shape.of(b.size(), 1)), false, false), Shape.SCALAR);
    }
}
