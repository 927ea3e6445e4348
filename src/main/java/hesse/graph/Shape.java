package hesse.graph;

import java.util.Arrays;

/** The extents of an array value, row-major; no extents at all is a scalar. */
public final class Shape {
    public static final Shape SCALAR = new Shape();

    private final int[] extents;
    private final int size;

    private Shape(int... extents) {
        this.extents = extents;
        long product = 1;
        for (int extent : extents) {
            if (extent < 0) {
                throw new IllegalArgumentException("negative extent in shape " + Arrays.toString(extents));
            }
            product *= extent;
            if (product > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("shape " + Arrays.toString(extents)
                        + " has more than 2^31 - 1 entries");
            }
        }
        this.size = (int) product;
    }

    public static Shape of(int... extents) {
        return extents.length == 0 ? SCALAR : new Shape(extents.clone());
    }

    public int rank() {
        return extents.length;
    }

    public int size() {
        return size;
    }

    /** The extent of an axis. */
    public int extent(int axis) {
        return extents[axis];
    }

    public int[] toArray() {
        return extents.clone();
    }

    public boolean isScalar() {
        return extents.length == 0;
    }

    /** The product of the extents before the axis. */
    public int outer(int axis) {
        return product(0, axis);
    }

    /** The product of the extents behind the axis: the distance of two neighbours along it. */
    public int inner(int axis) {
        return product(axis + 1, extents.length);
    }

    private int product(int from, int to) {
        int product = 1;
        for (int axis = from; axis < to; axis++) {
            product *= extents[axis];
        }
        return product;
    }

    public Shape without(int axis) {
        int[] rest = new int[extents.length - 1];
        System.arraycopy(extents, 0, rest, 0, axis);
        System.arraycopy(extents, axis + 1, rest, axis, rest.length - axis);
        return of(rest);
    }

    public Shape with(int axis, int extent) {
        int[] changed = extents.clone();
        changed[axis] = extent;
        return of(changed);
    }

    /**
     * The common shape under NumPy's rules: aligned at the last axis, extents equal or one of them 1; null where there
     * is none.
     */
    public static Shape broadcast(Shape a, Shape b) {
        if (a.equals(b) || b.isScalar()) {
            return a;
        }
        if (a.isScalar()) {
            return b;
        }
        int rank = Math.max(a.rank(), b.rank());
        int[] common = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            int left = axis < rank - a.rank() ? 1 : a.extents[axis - rank + a.rank()];
            int right = axis < rank - b.rank() ? 1 : b.extents[axis - rank + b.rank()];
            if (left != right && left != 1 && right != 1) {
                return null;
            }
            common[axis] = left == 1 ? right : left;
        }
        return of(common);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Shape shape && Arrays.equals(extents, shape.extents);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(extents);
    }

    @Override
    public String toString() {
        return Arrays.toString(extents);
    }
}
