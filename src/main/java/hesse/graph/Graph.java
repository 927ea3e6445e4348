package hesse.graph;

import hesse.kernel.machine.Interrupts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A growing list of nodes in topological order. Building a node first simplifies it, then looks whether the same node
 * exists (hash-consing), so common subexpressions are shared whoever built them.
 *
 * <p>A simplification never changes the bits of a finite result: x + (-0), x - 0, x * 1 and x / 1 are x, but x + 0 (which
 * turns -0 into 0) and x * 0 stay. Zeros that derivatives bring are structural: they are never built in the first place.
 */
public final class Graph {
    private static final Node[] NONE = {};
    /** Nodes after which an interrupt is heard: a few milliseconds. */
    private static final int LISTENS = 1 << 13;

    private Node[] nodes = new Node[64];
    private int size;
    /** Open addressing: hash and node id + 1 in one word, 0 where free, so that a probe rarely looks at a node. */
    private long[] table = new long[256];

    public int size() {
        return size;
    }

    public Node node(int id) {
        return nodes[id];
    }

    // ---- leaves ----

    public Node input(Input input, Shape shape) {
        return intern(Op.INPUT, shape, input, NONE);
    }

    public Node constant(double value) {
        return intern(Op.CONSTANT, Shape.SCALAR, new Values(value), NONE);
    }

    public Node constant(Shape shape, double... entries) {
        return intern(Op.CONSTANT, shape, new Values(entries.clone()), NONE);
    }

    /** A node of another graph, over operands of this one. */
    public Node copy(Node node, Node[] args) {
        return intern(node.op(), node.shape(), node.attribute(), args);
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
        if (b.op() == Op.NEGATE) {
            return subtract(a, b.arg(0));
        }
        if (a.op() == Op.NEGATE) {
            return subtract(b, a.arg(0));
        }
        return elementwise(Op.ADD, a, b);
    }

    public Node subtract(Node a, Node b) {
        if (b.is(0.0)) {
            return a;
        }
        if (b.op() == Op.NEGATE) {
            return add(a, b.arg(0));
        }
        return elementwise(Op.SUBTRACT, a, b);
    }

    public Node multiply(Node a, Node b) {
        if (a.op() == Op.NEGATE) {
            return negate(multiply(a.arg(0), b));
        }
        if (b.op() == Op.NEGATE) {
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

    /** (2^-k x)(2^k y) as x y, which has the same bits but where a factor is lost beneath the least numbers; null where it is no such product. */
    private Node cancelled(Node a, Node b) {
        for (int i = 0; i < 4 && a.op() == Op.MULTIPLY && b.op() == Op.MULTIPLY; i++) {
            Node c = a.arg(i / 2);
            Node d = b.arg(i % 2);
            if (c.isNumber() && d.isNumber() && c.scalar() * d.scalar() == 1 && (isPowerOfTwo(c.scalar()) || isPowerOfTwo(d.scalar()))) {
                return multiply(a.arg(1 - i / 2), b.arg(1 - i % 2));
            }
        }
        return null;
    }

    /** c (2^k x) as (2^k c) x, which has the same bits for k >= 0; null where the product is no such one. */
    private Node merged(Node constant, Node product) {
        for (int i = 0; i < 2 && product.op() == Op.MULTIPLY && constant.shape().isScalar(); i++) {
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
            boolean power = b.op() == Op.INTEGER_POWER && b.arg(1).scalar() > 0;
            return power ? elementwise(Op.INTEGER_POWER, b.arg(0), constant(-b.arg(1).scalar())) : elementwise(Op.RECIPROCAL, b);
        }
        if (a.op() == Op.NEGATE) {
            return negate(divide(a.arg(0), b));
        }
        if (b.op() == Op.NEGATE) {
            return negate(divide(a, b.arg(0)));
        }
        return elementwise(Op.DIVIDE, a, b);
    }

    /**
     * a/b as a (1/b), for derivatives, where all that is divided by b shares one division: an operation of 16 cycles a vector, others
     * take one. Rounded twice; where b is a number, once.
     */
    public Node quotient(Node a, Node b) {
        return b.isConstant() ? divide(a, b) : multiply(a, divide(constant(1), b));
    }

    public Node negate(Node a) {
        return a.op() == Op.NEGATE ? a.arg(0) : elementwise(Op.NEGATE, a);
    }

    /** a b + c, rounded once. */
    public Node fma(Node a, Node b, Node c) {
        if (a.op() == Op.NEGATE) {
            return fnma(a.arg(0), b, c);
        }
        if (b.op() == Op.NEGATE) {
            return fnma(a, b.arg(0), c);
        }
        if (a.is(1) || b.is(1)) {
            return add(a.is(1) ? b : a, c);
        }
        return elementwise(Op.FMA, a, b, c);
    }

    /** c - a b, rounded once. */
    public Node fnma(Node a, Node b, Node c) {
        if (a.op() == Op.NEGATE) {
            return fma(a.arg(0), b, c);
        }
        if (b.op() == Op.NEGATE) {
            return fma(a, b.arg(0), c);
        }
        if (a.is(1) || b.is(1)) {
            return subtract(c, a.is(1) ? b : a);
        }
        return elementwise(Op.FNMA, a, b, c);
    }

    public Node square(Node a) {
        return elementwise(Op.SQUARE, size(a));
    }

    /** |a|, which is a itself where its sign is known. */
    public Node abs(Node a) {
        Node size = size(a);
        return size.isNonNegative() ? size : elementwise(Op.ABS, size);
    }

    /** An operand of an even function without its negations and absolute values, on which such a function does not depend. */
    private static Node size(Node a) {
        return a.op() == Op.NEGATE || a.op() == Op.ABS ? size(a.arg(0)) : a;
    }

    /** a b, where 0 times infinity is 0: see {@link Op#STRONG_PRODUCT}. */
    public Node strongProduct(Node a, Node b) {
        if (a.op() == Op.NEGATE) {
            return negate(strongProduct(a.arg(0), b));
        }
        if (b.op() == Op.NEGATE) {
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
        if (v.op() != Op.NEGATE) {
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
        Shape shape = Shape.SCALAR;
        boolean constant = true;
        for (Node arg : args) {
            Shape common = Shape.broadcast(shape, arg.shape());
            if (common == null) {
                throw shapes(op.name().toLowerCase(), args);
            }
            shape = common;
            constant &= arg.isNumber();
        }
        if (constant) {
            double b = args.length > 1 ? args[1].scalar() : 0;
            double c = args.length > 2 ? args[2].scalar() : 0;
            return constant(op.value(args[0].scalar(), b, c));
        }
        if (!shape.isScalar()) {
            args = aligned(args, shape);
        }
        boolean commutes = op == Op.ADD || op == Op.MULTIPLY || op == Op.FMA || op == Op.FNMA || op == Op.STRONG_PRODUCT;
        if (commutes && args[0].id() > args[1].id()) {
            Node first = args[0];
            args[0] = args[1];
            args[1] = first;
        }
        return intern(op, shape, null, args);
    }

    /** Scalars stay as they are (a step reads them with stride 0), other shapes are repeated to the common one. */
    private Node[] aligned(Node[] args, Shape shape) {
        Node[] aligned = new Node[args.length];
        boolean full = false;
        for (int i = 0; i < args.length; i++) {
            Node arg = args[i];
            boolean repeated = arg.op() == Op.BROADCAST && arg.arg(0).shape().isScalar();
            aligned[i] = repeated ? arg.arg(0) : arg.shape().isScalar() ? arg : broadcast(arg, shape);
            full |= !aligned[i].shape().isScalar();
        }
        if (!full) {
            aligned[0] = broadcast(aligned[0], shape);
        }
        return aligned;
    }

    private static IllegalArgumentException shapes(String what, Node... args) {
        StringBuilder text = new StringBuilder(what + ": shapes do not match:");
        for (Node arg : args) {
            text.append(' ').append(arg.shape());
        }
        return new IllegalArgumentException(text.toString());
    }

    // ---- arrangement ----

    /** The entries from the offset on, under a new shape. */
    public Node view(Node a, int offset, Shape shape) {
        if (offset < 0 || offset + (long) shape.size() > a.size()) {
            throw new IllegalArgumentException(
                    "entries " + offset + " to " + (offset + (long) shape.size()) + " of shape " + a.shape());
        }
        if (shape.equals(a.shape())) {
            return a;
        }
        switch (a.op()) {
            case VIEW:
                return view(a.arg(0), a.integer() + offset, shape);
            case CONSTANT:
                return intern(Op.CONSTANT, shape, a.values().range(offset, offset + shape.size()), NONE);
            case BROADCAST:
                if (a.arg(0).shape().isScalar()) {
                    return broadcast(a.arg(0), shape);
                }
                break;
            case ASSEMBLE:
                int[] starts = ((Offsets) a.attribute()).values();
                int found = Arrays.binarySearch(starts, offset);
                int piece = found >= 0 ? found : -found - 2;
                if (piece >= 0 && offset + shape.size() <= starts[piece] + a.arg(piece).size()) {
                    return view(a.arg(piece), offset - starts[piece], shape);
                }
                break;
            default:
        }
        return intern(Op.VIEW, shape, offset, new Node[] {a});
    }

    public Node reshape(Node a, Shape shape) {
        if (shape.size() != a.size()) {
            throw new IllegalArgumentException("reshape: " + a.shape() + " has " + a.size() + " entries, " + shape + " has " + shape.size());
        }
        return view(a, 0, shape);
    }

    /** Zeros of a shape with the parts copied to ascending, disjoint offsets. */
    public Node assemble(Shape shape, int[] offsets, Node[] parts) {
        if (parts.length == 1 && parts[0].size() == shape.size()) {
            return view(parts[0], 0, shape);
        }
        return intern(Op.ASSEMBLE, shape, new Offsets(offsets), parts);
    }

    public Node permute(Node a, List<Integer> permutation) {
        List<Integer> identity = new ArrayList<>();
        int[] extents = new int[permutation.size()];
        for (int axis = 0; axis < extents.length; axis++) {
            extents[axis] = a.shape().extent(permutation.get(axis));
            identity.add(axis);
        }
        return permutation.equals(identity) ? a : intern(Op.PERMUTE, Shape.of(extents), List.copyOf(permutation), new Node[] {a});
    }

    public Node broadcast(Node a, Shape shape) {
        if (a.shape().equals(shape)) {
            return a;
        }
        if (!shape.equals(Shape.broadcast(a.shape(), shape))) {
            throw new IllegalArgumentException("broadcast: shape " + a.shape() + " does not extend to " + shape);
        }
        return intern(Op.BROADCAST, shape, null, new Node[] {a});
    }

    // ---- contractions ----

    public Node sum(Node a, int axis) {
        return reduce(Op.SUM, a, axis);
    }

    /** The sum of all entries in row-major order. */
    public Node sum(Node a) {
        return a.shape().isScalar() ? a : sum(reshape(a, Shape.of(a.size())), 0);
    }

    public Node largest(Node a, int axis) {
        if (a.shape().extent(axis) == 0) {
            throw new IllegalArgumentException("the largest entry of an empty axis: shape " + a.shape());
        }
        return reduce(Op.LARGEST, a, axis);
    }

    private Node reduce(Op op, Node a, int axis) {
        Shape shape = a.shape().without(axis);
        return a.shape().extent(axis) == 1 ? view(a, 0, shape) : intern(op, shape, axis, new Node[] {a});
    }

    /** The product of two matrices, either of them transposed. */
    public Node product(Node a, Node b, boolean leftTransposed, boolean rightTransposed) {
        int rows = a.shape().extent(leftTransposed ? 1 : 0);
        int inner = a.shape().extent(leftTransposed ? 0 : 1);
        int columns = b.shape().extent(rightTransposed ? 0 : 1);
        if (inner != b.shape().extent(rightTransposed ? 1 : 0)) {
            throw shapes("matrix product", a, b);
        }
        Shape shape = Shape.of(rows, columns);
        if (inner == 1 && (rows == 1 || columns == 1)) {
            Node scaled = rows == 1
                    ? multiply(reshape(a, Shape.SCALAR), reshape(b, Shape.of(columns)))
                    : multiply(reshape(a, Shape.of(rows)), reshape(b, Shape.SCALAR));
            return reshape(scaled, shape);
        }
        return intern(Op.PRODUCT, shape, new Transposed(leftTransposed, rightTransposed), new Node[] {a, b});
    }

    /** The inner product of two arrays of the same size. */
    public Node dot(Node a, Node b) {
        Node product = product(reshape(a, Shape.of(1, a.size())), reshape(b, Shape.of(b.size(), 1)), false, false);
        return reshape(product, Shape.SCALAR);
    }

    // ---- hash-consing ----

    private Node intern(Op op, Shape shape, Object attribute, Node[] args) {
        int hash = hash(op, shape, attribute, args);
        int slot = hash & table.length - 1;
        while (table[slot] != 0) {
            if ((int) (table[slot] >>> 32) == hash) {
                Node known = nodes[(int) table[slot] - 1];
                if (isSame(known, op, shape, attribute, args)) {
                    return known;
                }
            }
            slot = slot + 1 & table.length - 1;
        }
        Node node = new Node(size, op, shape, attribute, args);
        if (size == nodes.length) {
            nodes = Arrays.copyOf(nodes, 2 * size);
        }
        nodes[size++] = node;
        table[slot] = (long) hash << 32 | size;
        if (2 * size > table.length) {
            grow();
        }
        if (size % LISTENS == 0) {
            Interrupts.check("writing down a function, so far of", size, "operations");
        }
        return node;
    }

    private void grow() {
        long[] old = table;
        table = new long[2 * old.length];
        for (long entry : old) {
            if (entry != 0) {
                int slot = (int) (entry >>> 32) & table.length - 1;
                while (table[slot] != 0) {
                    slot = slot + 1 & table.length - 1;
                }
                table[slot] = entry;
            }
        }
    }

    private static boolean isSame(Node known, Op op, Shape shape, Object attribute, Node[] args) {
        if (known.op() != op || known.args().length != args.length) {
            return false;
        }
        for (int i = 0; i < args.length; i++) {
            if (known.arg(i) != args[i]) {
                return false;
            }
        }
        return known.shape().equals(shape) && (attribute == null || attribute.equals(known.attribute()));
    }

    private static int hash(Op op, Shape shape, Object attribute, Node[] args) {
        int hash = mix(op.ordinal(), shape.hashCode());
        for (Node arg : args) {
            hash = mix(hash, arg.id());
        }
        return attribute == null ? hash : mix(hash, attribute.hashCode());
    }

    /** Spreads every bit over the word: neighbouring ids must not become neighbouring slots, which would form long runs. */
    private static int mix(int hash, int next) {
        int mixed = (hash ^ next) * 0x9E3779B1;
        mixed ^= mixed >>> 15;
        mixed *= 0x85EBCA77;
        return mixed ^ mixed >>> 13;
    }
}
