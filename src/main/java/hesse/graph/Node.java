package hesse.graph;

/**
 * One value of a graph: an operation applied to earlier nodes. Hash-consed: within a graph two nodes with the same
 * operation, shape and operands are the same object, so nodes are compared by identity.
 *
 * @param id the position in its graph; operands have smaller ones
 * @param range what is known of its values
 */
public record Node(int id, Operation operation, Shape shape, Node[] args, Range range) {
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
        return operation instanceof Operation.Constant;
    }

    /** Whether this is one number that is known. */
    public boolean isNumber() {
        return isConstant() && shape.isScalar();
    }

    /** Whether all entries are known to be zero. */
    public boolean isZero() {
        return operation instanceof Operation.Constant(Values values)
                && (values.allEqual(0.0) || values.allEqual(-0.0));
    }

    /** Whether this is the scalar constant with these bits. */
    public boolean is(double value) {
        return isNumber() && Double.doubleToLongBits(scalar()) == Double.doubleToLongBits(value);
    }

    /** The value of a scalar constant. */
    public double scalar() {
        return values().get(0);
    }

    /** The entries of a constant. */
    public Values values() {
        return ((Operation.Constant) operation).values();
    }

    /** The node whose entries these are: of a view that of its operand, else this one. */
    public Node owner() {
        return operation instanceof Operation.View ? args[0] : this;
    }

    /** Where in its {@link #owner} the entries of this node start. */
    public int offsetInOwner() {
        return operation instanceof Operation.View(int offset) ? offset : 0;
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
        StringBuilder text = new StringBuilder("%" + id + " = " + operation + shape);
        for (Node arg : args) {
            text.append(" %").append(arg.id);
        }
        return text.toString();
    }
}
