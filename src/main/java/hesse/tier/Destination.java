package hesse.tier;

import hesse.plan.Layout;
import hesse.plan.Layout.Part;

/**
 * Where the results of many rows or points go: each part of the result to an array of its own. Kept in a work space.
 */
public final class Destination {
    private final Layout layout;
    private final double[][] arrays = new double[Part.values().length][];
    private boolean byComponent;
    private double scale;
    private boolean adds;

    public Destination(Layout layout) {
        this.layout = layout;
    }

    /** Values, gradients and matrices as they are, one result after the other; each array may be null. */
    public Destination to(double[] values, double[] gradients, double[] matrices) {
        arrays[Part.VALUE.ordinal()] = values;
        arrays[Part.GRADIENT.ordinal()] = gradients;
        arrays[Part.MATRIX.ordinal()] = matrices;
        return as(false, 1, false);
    }

    /**
     * How they go there.
     *
     * @param byComponent whether an array holds an entry of all results, then the next entry; else all entries of a
     *     result, then the next result
     * @param scale what results are multiplied by
     * @param adds whether they are added to what is there
     */
    public Destination as(boolean byComponent, double scale, boolean adds) {
        this.byComponent = byComponent;
        this.scale = scale;
        this.adds = adds;
        return this;
    }

    /** Where a part of all results goes; may be null. */
    public double[] array(Part part) {
        return arrays[part.ordinal()];
    }

    /** Where an entry of all results goes; may be null. */
    double[] array(int entry) {
        return array(part(entry));
    }

    /** Which entry of its part an entry of the result is. */
    int index(int entry) {
        return entry - layout.from(part(entry));
    }

    private Part part(int entry) {
        return entry < layout.from(Part.GRADIENT) ? Part.VALUE : entry < layout.from(Part.MATRIX)
                ? Part.GRADIENT : Part.MATRIX;
    }

    public boolean byComponent() {
        return byComponent;
    }

    /** Whether results are stored as they are. */
    public boolean isPlain() {
        return scale == 1 && !adds;
    }

    /** Puts numbers of a result that lie {@code stride} apart to consecutive places of an array. */
    public void put(double[] from, int at, int stride, double[] to, int start, int length) {
        if (stride == 1 && isPlain()) {
            System.arraycopy(from, at, to, start, length);
        } else if (adds) {
            for (int i = 0; i < length; i++) {
                to[start + i] += scale * from[at + i * stride];
            }
        } else {
            for (int i = 0; i < length; i++) {
                to[start + i] = scale * from[at + i * stride];
            }
        }
    }

    /** Lets go of the caller's arrays. */
    public void clear() {
        to(null, null, null);
    }
}
