package hesse;

import hesse.graph.Input;
import hesse.graph.Node;
import hesse.graph.Shape;
import hesse.run.RowData;
import java.util.ArrayList;
import java.util.List;

/**
 * N rows of named columns: {@code double} columns of a width, row-major, and {@code int} index columns. The arrays are not
 * copied; changing them while a function reads them gives mixed results. Immutable otherwise: adding a column gives new
 * rows. Numbers are not looked at, so NaN in the data propagates into the results.
 */
public final class Rows {
    /** A column's name and width. */
    private record Column(String name, int width, double[] values) {}

    private record Index(String name, int[] values) {}

    private final int count;
    private final int from;
    private final List<Column> columns;
    private final List<Index> indices;

    private Rows(int count, int from, List<Column> columns, List<Index> indices) {
        this.count = count;
        this.from = from;
        this.columns = columns;
        this.indices = indices;
    }

    /** That many rows, without columns yet. */
    public static Rows of(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("rows of " + count + ", there must be at least 1");
        }
        return new Rows(count, 0, List.of(), List.of());
    }

    /** With a column of one number a row. */
    public Rows column(String name, double[] values) {
        return column(name, 1, values);
    }

    /** With a column of {@code width} numbers a row: row i holds the entries from i * width on. */
    public Rows column(String name, int width, double[] values) {
        if (width < 1) {
            throw new IllegalArgumentException("column \"" + name + "\" has width " + width + ", must be at least 1");
        }
        requireNew(name, (long) count * width, values.length, width);
        List<Column> more = new ArrayList<>(columns);
        more.add(new Column(name, width, values));
        return new Rows(count, from, List.copyOf(more), indices);
    }

    /** With an index column: one int a row. */
    public Rows index(String name, int[] values) {
        requireNew(name, count, values.length, 1);
        List<Index> more = new ArrayList<>(indices);
        more.add(new Index(name, values));
        return new Rows(count, from, columns, List.copyOf(more));
    }

    private void requireNew(String name, long expected, int given, int width) {
        if (from != 0) {
            throw new IllegalArgumentException("column \"" + name + "\": columns are added before slicing");
        }
        if (given != expected) {
            throw new IllegalArgumentException("column \"" + name + "\" has " + given + " values, " + count + " rows of width "
                    + width + " need " + expected);
        }
        boolean known = columns.stream().anyMatch(c -> c.name.equals(name)) || indices.stream().anyMatch(c -> c.name.equals(name));
        if (known) {
            throw new IllegalArgumentException("column \"" + name + "\" is there already");
        }
    }

    /** The number of rows. */
    public int count() {
        return count;
    }

    /** The rows from (inclusive) to (exclusive), without copying. */
    public Rows slice(int from, int to) {
        if (from < 0 || to > count || from >= to) {
            throw new IllegalArgumentException("slice " + from + " to " + to + " of " + count + " rows, must hold at least 1");
        }
        return new Rows(to - from, this.from + from, columns, indices);
    }

    int indexOf(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name.equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no column \"" + name + "\"; there are " + names(columns.stream().map(Column::name).toList()));
    }

    private static String names(List<String> names) {
        return names.isEmpty() ? "none" : "\"" + String.join("\", \"", names) + "\"";
    }

    /** Names and widths, in order: what a body may depend on. */
    String schema() {
        StringBuilder text = new StringBuilder();
        columns.forEach(c -> text.append(c.name).append(" (width ").append(c.width).append("), "));
        indices.forEach(c -> text.append(c.name).append(" (index), "));
        return text.isEmpty() ? "no columns" : text.substring(0, text.length() - 2);
    }

    void requireSchema(Rows other) {
        if (!schema().equals(other.schema())) {
            throw new IllegalArgumentException("the function reads rows of " + schema() + "; these have " + other.schema());
        }
    }

    /** The columns as inputs of a body. */
    Node[] inputs(Trace trace) {
        Node[] inputs = new Node[columns.size()];
        for (int i = 0; i < inputs.length; i++) {
            int width = columns.get(i).width;
            inputs[i] = trace.graph().input(new Input(Input.Kind.COLUMN, i), width == 1 ? Shape.SCALAR : Shape.of(width));
        }
        return inputs;
    }

    RowData data() {
        return new RowData.Arrays(count, from, columns.stream().map(Column::values).toArray(double[][]::new),
                columns.stream().mapToInt(Column::width).toArray());
    }

    @Override
    public String toString() {
        return count + " rows of " + schema();
    }
}
