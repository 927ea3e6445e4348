package hesse.graph;

/**
 * One value of a graph: an operation applied to earlier nodes. Hash-consed: within a graph two nodes with the same
 * operation, attribute and operands are the same object, so nodes are compared by identity.
 *
 * @param id the position in its graph; operands have smaller ones
 * @param attribute what the operation needs beyond operands (see {@link Op}), or null
 * @param range what is known of its values
 */
public record Node(int id, Op op, Shape shape, Object attribute, Node[] args, Range range) {
    Node(int id, Op op, Shape shape, Object attribute, Node[] args) {
        this(id, op, shape, attribute, args, Range.of(op, attribute, args));
    }

    /** Whether every entry is known to be NaN or +0 at least. */
    public boolean isNonNegative() {
        return range.nonNegative();
    }

    /** Whether an entry may be infinite though the point is finite and of everyday size. */
    public boolean mayOverflow() {
        return range.mayOverflow();
    }

    /** Whether an entry is infinite where a datum is: data and the point are added up in it. */
    public boolean isOfData() {
        return range.ofData();
    }

    public Node arg(int i) {
        return args[i];
    }

    public int size() {
        return shape.size();
    }

    public boolean isConstant() {
        return op == Op.CONSTANT;
    }

    /** Whether this is one number that is known. */
    public boolean isNumber() {
        return isConstant() && shape.isScalar();
    }

    /** Whether all entries are known to be zero. */
    public boolean isZero() {
        return isConstant() && values().allEqual(0.0) || isConstant() && values().allEqual(-0.0);
    }

    /** Whether this is the scalar constant with these bits. */
    public boolean is(double value) {
        return isNumber() && Double.doubleToLongBits(scalar()) == Double.doubleToLongBits(value);
    }

    /** The value of a scalar constant. */
    public double scalar() {
        return values().get(0);
    }

    public Values values() {
        return (Values) attribute;
    }

    /** The offset of a VIEW, the axis of a SUM or LARGEST. */
    public int integer() {
        return (Integer) attribute;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("%" + id + " = " + op + shape);
        for (Node arg : args) {
            text.append(" %").append(arg.id);
        }
        return text.toString();
    }
}
