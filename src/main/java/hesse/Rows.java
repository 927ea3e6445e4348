package hesse;

import hesse.graph.Input;
import hesse.graph.Node;
import hesse.graph.Shape;
import hesse.run.MappedFile;
import hesse.run.RowData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * N rows of named columns: {@code double} columns of a width, row-major, and {@code int} index columns. The arrays are
 * not copied; changing them while a function reads them gives mixed results. Immutable otherwise: adding a column gives
 * new rows. Numbers are not looked at, so NaN in the data propagates into the results.
 */
public final class Rows {
    /** Consecutive doubles of each row of a file. */
    public record Field(String name, int width) {}

    /** A column's name and width; its values, or where in a record of the file it starts. */
    private record Column(String name, int width, double[] values, int offset) {}

    /** A mapped file of records of so many doubles. */
    private record Mapped(MappedFile file, int record) {}

    private record Index(String name, int[] values) {}

    private final int count;
    private final int from;
    private final List<Column> columns;
    private final List<Index> indices;
    /** Null where all columns are arrays. */
    private final Mapped file;

    private Rows(int count, int from, List<Column> columns, List<Index> indices, Mapped file) {
        this.count = count;
        this.from = from;
        this.columns = columns;
        this.indices = indices;
        this.file = file;
    }

    /** That many rows, without columns yet. */
    public static Rows of(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("rows of " + count + ", there must be at least 1");
        }
        return new Rows(count, 0, List.of(), List.of(), null);
    }

    /**
     * The rows of a file of little-endian doubles: row after row, each the fields in order, as numpy's {@code tofile}
     * writes a matrix. The file is mapped into memory and read again by every evaluation, a few hundred rows at a time,
     * so that it may be larger than the heap and than memory, and stays open until nobody holds these rows. Where it
     * becomes shorter, calls of functions over it end with an {@link java.io.UncheckedIOException} that names it. More
     * columns can be added from arrays.
     *
     * @throws IOException where the file cannot be opened
     * @throws IllegalArgumentException where it does not hold a whole number of rows, 1 to 2^31 - 1, or they are wider
     *     than 2^28 - 2 doubles
     */
    public static Rows mapped(Path path, Field... fields) throws IOException {
        Rows rows = new Rows(1, 0, List.of(), List.of(), null);
        long record = 0;
        for (Field field : fields) {
            requireWidth(field.name, field.width);
            rows = rows.with(new Column(field.name, field.width, null, (int) record));
            record += field.width;
            if (record > RowData.WIDEST) {
                throw new IllegalArgumentException("rows of " + path + " with " + record
                        + " doubles up to field \"" + field.name
                        + "\", there may be at most " + RowData.WIDEST);
            }
        }
        if (record == 0) {
            throw new IllegalArgumentException("rows of " + path + " without fields");
        }
        long size = Files.size(path);
        long count = size / (8 * record);
        if (count < 1 || count > Integer.MAX_VALUE || size != 8 * record * count) {
            throw new IllegalArgumentException(path + " has " + size + " bytes; rows of " + record
                    + " doubles take " + 8 * record
                    + " each, there must be a whole number of them, 1 to " + Integer.MAX_VALUE);
        }
        return new Rows((int) count, 0, rows.columns, List.of(), new Mapped(new MappedFile(path, size), (int) record));
    }

    private Rows with(Column column) {
        requireUnknown(column.name);
        List<Column> more = new ArrayList<>(columns);
        more.add(column);
        return new Rows(count, from, List.copyOf(more), indices, file);
    }

    private static void requireWidth(String name, int width) {
        if (width < 1) {
            throw new IllegalArgumentException("column \"" + name + "\" has width " + width + ", must be at least 1");
        }
    }

    /** With a column of one number a row. */
    public Rows column(String name, double[] values) {
        return column(name, 1, values);
    }

    /** With a column of {@code width} numbers a row: row i holds the entries from i * width on. */
    public Rows column(String name, int width, double[] values) {
        requireWidth(name, width);
        requireLength(name, (long) count * width, values.length, width);
        return with(new Column(name, width, values, -1));
    }

    /** With an index column: one int a row. */
    public Rows index(String name, int[] values) {
        requireLength(name, count, values.length, 1);
        requireUnknown(name);
        List<Index> more = new ArrayList<>(indices);
        more.add(new Index(name, values));
        return new Rows(count, from, columns, List.copyOf(more), file);
    }

    private void requireLength(String name, long expected, int given, int width) {
        if (from != 0) {
            throw new IllegalArgumentException("column \"" + name + "\": columns are added before slicing");
        }
        if (given != expected) {
            throw new IllegalArgumentException("column \"" + name + "\" has " + given + " values, " + count
                    + " rows of width "
                    + width + " need " + expected);
        }
    }

    private void requireUnknown(String name) {
        boolean known = columns.stream().anyMatch(c -> c.name.equals(name)) || indices.stream()
                .anyMatch(c -> c.name.equals(name));
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
            throw new IllegalArgumentException("slice " + from + " to " + to + " of " + count
                    + " rows, must hold at least 1");
        }
        return new Rows(to - from, this.from + from, columns, indices, file);
    }

    int indexOf(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name.equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no column \"" + name + "\"; there are "
                + names(columns.stream().map(Column::name).toList()));
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
            throw new IllegalArgumentException("the function reads rows of " + schema() + "; these have "
                    + other.schema());
        }
    }

    /** The columns as inputs of a body. */
    Node[] inputs(Trace trace) {
        Node[] inputs = new Node[columns.size()];
        for (int i = 0; i < inputs.length; i++) {
            int width = columns.get(i).width;
            inputs[i] = trace.graph().input(new Input(Input.Role.COLUMN, i), width == 1 ? Shape.SCALAR
                    : Shape.of(width));
        }
        return inputs;
    }

    RowData data() {
        double[][] values = columns.stream().map(Column::values).toArray(double[][]::new);
        int[] widths = columns.stream().mapToInt(Column::width).toArray();
        return file == null
                ? new RowData.Arrays(count, from, values, widths)
                : new RowData.Records(count, from, values, widths, file.file,
                columns.stream().mapToInt(Column::offset).toArray(), file.record);
    }

    @Override
    public String toString() {
        return count + " rows of " + schema();
    }
}
