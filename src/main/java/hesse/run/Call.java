package hesse.run;

import hesse.kernel.machine.Interrupts;
import hesse.tier.Destination;
import hesse.tier.Window;
import java.util.concurrent.atomic.AtomicLong;

/** What the threads that work on one call over rows share. Kept in the work space of the caller. */
final class Call {
    private RowData rows;
    private int count;
    private double[] extra;
    private Mode mode;
    private Destination destination;
    private Thread caller;
    /** Long, since every thread asks once more when all rows are taken. */
    private final AtomicLong next = new AtomicLong();

    /**
     * Begins.
     *
     * @param data null where the only column is the point
     * @param number of rows, or points
     * @param weightsOrPoints weights of the rows' values, or points; null where there are none
     * @param target where stacked results go; null for a sum
     */
    void start(RowData data, int number, double[] weightsOrPoints, Mode tier, Destination target) {
        rows = data;
        count = number;
        extra = weightsOrPoints;
        mode = tier;
        destination = target;
        caller = Thread.currentThread();
        next.set(0);
    }

    /** Lets go of the caller's arrays. */
    void end() {
        start(null, 0, null, null, null);
        caller = null;
    }

    /** How many rows, or points. */
    int count() {
        return count;
    }

    Mode mode() {
        return mode;
    }

    /** Where stacked results go; null for a sum. */
    Destination destination() {
        return destination;
    }

    /** How many numbers of each row are copied to a buffer. */
    int buffered() {
        return rows == null ? 0 : rows.buffered();
    }

    /** Moves a window to some rows. */
    void open(Window window, int row, int length) {
        window.open(row, extra, destination != null && destination.byComponent() ? count : 1);
        if (rows != null) {
            rows.open(row, length, window);
        }
    }

    /** Refuses rows of a file that has become shorter. */
    void require() {
        if (rows != null) {
            rows.require();
        }
    }

    /** Lets the first rows that are taken begin before row 0, so that they are fewer. */
    void startAt(int row) {
        next.set(row);
    }

    /** The first of the next rows that nobody took yet; {@link #count} or more where there are none. */
    int take(int length) {
        return (int) Math.min(next.getAndAdd(length), count);
    }

    /** Between stages: what has one only runs to its end. */
    void stopIfInterrupted(int row) {
        if (row > 0) {
            stopIfInterrupted();
        }
    }

    /** Between rows that take long; a call without a caller is a warm-up, which listens for itself. */
    void stopIfInterrupted() {
        if (caller != null && caller.isInterrupted()) {
            throw Interrupts.cancelled("an evaluation of", count, rows == null ? "points" : "rows");
        }
    }
}
