package hesse;

import hesse.graph.Node;

/** One row of {@link Rows} while a body is written: the same body then runs for every row. */
public final class Row {
    private final Trace trace;
    private final Rows rows;
    private final Node[] columns;

    Row(Trace trace, Rows rows, Node[] columns) {
        this.trace = trace;
        this.rows = rows;
        this.columns = columns;
    }

    /** The row's value in a column: a scalar where the column's width is 1, else a vector of that length. */
    public Expr get(String column) {
        return new Expr(trace, columns[rows.indexOf(column)]);
    }
}
