package hesse.run;

import hesse.kernel.machine.Interrupts;
import java.util.concurrent.atomic.AtomicLong;

/** What the threads that work on one call over rows share. Kept in the work space of the caller. */
final class Call {
    /** Null where the only column is the point. */
    RowData rows;
    int count;
    /** Weights of the rows' values, or points; null where there are none. */
    double[] extra;
    Engine.Mode mode;
    /** Where stacked results go; null for a sum. */
    Stacked stacked;
    private Thread caller;
    /** Long, since every thread asks once more when all rows are taken. */
    private final AtomicLong next = new AtomicLong();

    void start(RowData rows, int count, double[] extra, Engine.Mode mode, Stacked stacked) {
        this.rows = rows;
        this.count = count;
        this.extra = extra;
        this.mode = mode;
        this.stacked = stacked;
        this.caller = Thread.currentThread();
        next.set(0);
    }

    /** Lets go of the caller's arrays. */
    void end() {
        start(null, 0, null, null, null);
        caller = null;
    }

    /** Lets the first rows that are taken begin before row 0, so that they are fewer. */
    void startAt(int row) {
        next.set(row);
    }

    /** The first of the next rows that nobody took yet; {@link #count} or more where there are none. */
    int take(int rows) {
        return (int) Math.min(next.getAndAdd(rows), count);
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
