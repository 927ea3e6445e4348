package hesse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class RowsTest {
    private static String message(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }

    @Test
    void columnsAndSlices() {
        Rows rows = Rows.of(4).column("a", new double[] {1, 2, 3, 4})
                .column("w", 2, new double[] {1, 2, 3, 4, 5, 6, 7, 8}).index("g", new int[4]);
        assertEquals("4 rows of a (width 1), w (width 2), g (index)", rows.toString());
        VectorFunction f = VectorFunction.perRow(2, rows, (x, row) -> row.get("w").times(x).plus(row.get("a")));
        assertArrayEquals(new double[] {2, 21, 5, 42, 8, 63, 11, 84}, f.value(new double[] {1, 10}));
        assertArrayEquals(new double[] {8, 63}, f.on(rows.slice(1, 4).slice(1, 2)).value(new double[] {1, 10}));
        assertEquals(2, rows.slice(1, 3).count());
    }

    @Test
    void badInput() {
        Rows rows = Rows.of(2).column("a", new double[2]);
        assertEquals("rows of 0, there must be at least 1", message(() -> Rows.of(0)));
        assertEquals("rows of -3, there must be at least 1", message(() -> Rows.of(-3)));
        assertEquals("column \"b\" has width -1, must be at least 1",
                message(() -> rows.column("b", -1, new double[2])));
        assertEquals("column \"b\" has 3 values, 2 rows of width 1 need 2",
                message(() -> rows.column("b", new double[3])));
        assertEquals("column \"b\" has 5 values, 2 rows of width 2 need 4",
                message(() -> rows.column("b", 2, new double[5])));
        assertEquals("column \"i\" has 1 values, 2 rows of width 1 need 2", message(() -> rows.index("i", new int[1])));
        assertEquals("column \"a\" is there already", message(() -> rows.column("a", new double[2])));
        assertEquals("slice 1 to 1 of 2 rows, must hold at least 1", message(() -> rows.slice(1, 1)));
        assertEquals("slice 0 to 3 of 2 rows, must hold at least 1", message(() -> rows.slice(0, 3)));
        assertEquals("no column \"z\"; there are \"a\"",
                message(() -> Objective.sum(1, rows, (x, row) -> row.get("z"))));
    }
}
