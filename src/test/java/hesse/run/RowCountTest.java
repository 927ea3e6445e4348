package hesse.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hesse.plan.Layout;
import org.junit.jupiter.api.Test;

/** Arithmetic of row counts, widths and triangles near the largest int, without the memory. */
class RowCountTest {
    /** Every row is taken once, whatever the count, and threads that come too late get none. */
    @Test
    void takesEndAtTheLastRow() {
        int largest = Integer.MAX_VALUE;
        for (int count : new int[] {1, 383, 384, 385, 2_147_475_456, 2_147_475_457, largest - 384, largest - 383,
                largest - 1, largest}) {
            for (int stage : new int[] {Stage.ROWS, RowSum.chunk(count)}) {
                for (int start : new int[] {0, 3 - Stage.ROWS}) {
                    Call call = new Call();
                    call.start(null, count, null, Mode.SCALAR, null);
                    call.startAt(start);
                    long expected = start;
                    int taken = call.take(stage);
                    for (; taken < count; taken = call.take(stage)) {
                        assertEquals(expected, taken);
                        expected += stage;
                    }
                    assertTrue(expected >= count && expected - stage < count, count + " rows by " + stage
                            + ": " + expected);
                    for (int late = 0; late < 100; late++) {
                        assertEquals(count, call.take(stage));
                    }
                }
            }
        }
    }

    @Test
    void stagesOfWideRowsFitIntoAnArray() {
        assertEquals(Stage.ROWS, Stage.of(0));
        assertEquals(Stage.ROWS, Stage.of(40_000));
        long before = Stage.ROWS;
        for (long numbers = 1; numbers <= RowData.WIDEST; numbers += 1 + numbers / 3) {
            int stage = Stage.of(numbers);
            assertTrue(stage % Stage.ACCUMULATORS == 0 && stage >= Stage.ACCUMULATORS && stage <= before,
                    numbers + " numbers: " + stage);
            assertTrue(stage * numbers <= Integer.MAX_VALUE - 8, numbers + " numbers: " + stage);
            before = stage;
        }
        assertEquals(Stage.ACCUMULATORS, Stage.of(5_600_000));
        assertEquals(Stage.ACCUMULATORS, Stage.of(Long.MAX_VALUE / 2));
    }

    /** The largest triangle that an array holds has 65,534 rows; int products of row numbers end at 46,340. */
    @Test
    void triangles() {
        for (int row : new int[] {0, 1, 46_339, 46_340, 46_341, 50_000, 65_533}) {
            long before = 0;
            for (int r = 1; r <= row; r++) {
                before += r;
            }
            assertEquals(before, Layout.packedIndex(row, 0));
            assertEquals(before + row, Layout.packedIndex(row, row));
            assertEquals(before + row + 1, Layout.packedSize(row + 1));
        }
    }
}
