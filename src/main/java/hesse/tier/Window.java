package hesse.tier;

import hesse.graph.Input;
import hesse.kernel.Transpose;
import hesse.plan.Plan;
import java.util.Arrays;

/** Consecutive rows of a plan's columns: where each column's first number is. */
public final class Window {
    private final Plan.PlacedLeaf[] columns;
    private final double[][] data;
    private final int[] from;
    private final double[][] buffers;
    /** From an entry of a row to the next entry; 1 where rows lie one after the other. */
    private int step = 1;

    Window(Plan plan) {
        this.columns = plan.columns();
        this.data = new double[columns.length][];
        this.from = new int[columns.length];
        this.buffers = new double[columns.length + 1][];
    }

    /**
     * Moves to other rows; data columns are set by whoever has them.
     *
     * @param extra the weights of the rows' values, or points; null where there are none
     * @param spacing of points, from an entry to the next: 1, or their number where {@code extra} holds an entry of all
     *     points, then the next entry
     */
    public void open(int row, double[] extra, int spacing) {
        step = spacing;
        for (int k = 0; k < columns.length; k++) {
            switch (columns[k].input().role()) {
                case ROW_SEED -> set(k, extra, row * columns[k].width());
                case POINT -> set(k, extra, step == 1 ? row * columns[k].width() : row);
                case COLUMN, SEED, DIRECTION -> { }
            }
        }
    }

    /** Lets go of all arrays. */
    public void release() {
        Arrays.fill(data, null);
    }

    public int columns() {
        return columns.length;
    }

    /** Which data column the k-th is; negative where it is none. */
    public int index(int k) {
        return columns[k].input().role() == Input.Role.COLUMN ? columns[k].input().index() : -1;
    }

    /** An array of at least a length for numbers that are not in one; there is one for each column and one more. */
    public double[] buffer(int k, int length) {
        return buffers[k] == null || buffers[k].length < length ? buffers[k] = new double[length] : buffers[k];
    }

    /** The k-th column's rows lie in an array, row-major. */
    public void set(int k, double[] array, int first) {
        data[k] = array;
        from[k] = first;
    }

    public double[] data(int k) {
        return data[k];
    }

    public int from(int k) {
        return from[k];
    }

    /** Numbers of a row. */
    public int width() {
        int width = 0;
        for (Plan.PlacedLeaf column : columns) {
            width += column.width();
        }
        return width;
    }

    /**
     * Brings rows into a near cache, by one load a cache line. What comes from memory comes faster in one burst than in
     * as many as there are blocks, with their operations between them.
     *
     * @return something that depends on all loads; whoever keeps it keeps them
     */
    public long fetch(int count) {
        long bits = 0;
        for (int k = 0; k < columns.length; k++) {
            bits |= fetch(data[k], from[k], from[k] + count * columns[k].width());
        }
        return bits;
    }

    private static long fetch(double[] a, int from, int to) {
        long bits = 0;
        for (long i = from; i < to; i += 8) { // long: an array may end within 8 of the largest int
            bits |= Double.doubleToRawLongBits(a[(int) i]);
        }
        return bits;
    }

    /** Copies a row's columns into an arena. */
    void load(int row, double[] arena) {
        for (int k = 0; k < columns.length; k++) {
            Plan.PlacedLeaf column = columns[k];
            if (isByComponent(k)) {
                for (int i = 0; i < column.width(); i++) {
                    arena[column.slot() + i] = data[k][from(k, i) + row];
                }
            } else {
                System.arraycopy(data[k], from[k] + row * column.width(), arena, column.slot(), column.width());
            }
        }
    }

    /** Copies rows of a column into blocks of so many numbers, an entry of all rows after the other. */
    void load(int k, int row, int count, double[] d, int to, int size) {
        int width = columns[k].width();
        if (isByEntry(k)) {
            for (int i = 0; i < width; i++) {
                System.arraycopy(data[k], from(k, i) + row, d, to + i * size, count);
            }
        } else {
            Transpose.columns(data[k], from[k] + row * width, count, width, d, to, size);
        }
    }

    /** Whether all rows of an entry lie side by side. */
    boolean isByEntry(int k) {
        return isByComponent(k) || columns[k].width() == 1;
    }

    /** Where an entry of the first row is. */
    int from(int k, int entry) {
        return from[k] + entry * step;
    }

    /** Only points can lie so. */
    private boolean isByComponent(int k) {
        return step > 1 && columns[k].input().role() == Input.Role.POINT;
    }
}
