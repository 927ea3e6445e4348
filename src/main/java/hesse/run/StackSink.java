package hesse.run;

import hesse.kernel.Transpose;
import hesse.plan.Layout;
import hesse.plan.Layout.Part;
import hesse.plan.Section;
import hesse.tier.Destination;
import hesse.tier.Executor;
import hesse.tier.Frame;
import java.util.Arrays;

/** Puts the results of every row, or point, where they go. */
final class StackSink implements Executor.Sink {
    private static final Part[] PARTS = Part.values();

    private final Layout layout;
    private Call call;
    /** Results that do not lie together, [entry][row of the block]. */
    private double[] gathered = {};
    private boolean isLong;

    StackSink(Layout layout) {
        this.layout = layout;
    }

    /** Before a block of an executor. */
    void start(Call of, Executor.OverRows executor, boolean takesLong) {
        call = of;
        isLong = takesLong;
        if (!mayStay(executor)) {
            int length = Math.multiplyExact(executor.rows(), layout.size());
            if (gathered.length < length) {
                gathered = new double[length];
            }
            Arrays.fill(gathered, 0, length, 0);
        }
    }

    /** Whether results can leave from where the executor has them. */
    private boolean mayStay(Executor.OverRows executor) {
        return executor.resultsAreTogether() || call.destination().byComponent() && executor.results() != null;
    }

    @Override
    public void take(Executor.OverRows executor, Frame frame, Section.Output[] outputs, int direction,
            int row, int count) {
        if (mayStay(executor)) {
            return;
        }
        double[] numbers = executor.numbers(frame);
        int size = executor.rows();
        for (Section.Output output : outputs) {
            int target = output.target(direction);
            int length = output.length(direction);
            for (int i = 0; i < length; i++) {
                int at = executor.at(output.slot() + i);
                int to = (target + i * output.stride()) * size;
                if (size == 1) {
                    gathered[to] = numbers[at];
                } else {
                    System.arraycopy(numbers, at, gathered, to, size);
                }
            }
        }
    }

    @Override
    public void listen() {
        if (isLong) {
            call.stopIfInterrupted();
        }
    }

    /** After a block: its results to their places, the first of them that of a row. */
    void end(Executor.OverRows executor, Frame frame, int row, int count) {
        double[] numbers = executor.numbers(frame);
        if (call.destination().byComponent() && executor.results() != null) {
            entryByEntry(executor, frame, row, count);
        } else if (executor.resultsAreTogether()) {
            put(numbers, executor.results()[0], executor.rows(), row, count);
        } else {
            put(gathered, 0, executor.rows(), row, count);
        }
    }

    /** Each entry straight to its place, if a region did not leave it there. */
    private void entryByEntry(Executor.OverRows executor, Frame frame, int row, int count) {
        Destination out = call.destination();
        for (Part part : PARTS) {
            double[] array = out.array(part);
            int from = layout.from(part);
            for (int i = 0; array != null && i < layout.length(part); i++) {
                if (!executor.isLeft(from + i, frame)) {
                    out.put(executor.numbers(frame), executor.results()[from + i], 1, array,
                            i * call.count() + row, count);
                }
            }
        }
    }

    /** Puts one result of a call to its place. */
    void put(Call of, double[] result, int row) {
        call = of;
        put(result, 0, 1, row, 1);
    }

    /** Results [entry][size] of some rows, which start at a row, to their places. */
    private void put(double[] results, int start, int size, int row, int count) {
        Destination out = call.destination();
        for (Part part : PARTS) {
            double[] array = out.array(part);
            int entries = layout.length(part);
            int from = start + layout.from(part) * size;
            boolean byComponent = out.byComponent() || entries == 1;
            if (array == null || entries == 0) {
                continue;
            }
            if (!byComponent && size > 1 && out.isPlain()) {
                Transpose.columns(results, from, entries, size, count, array, row * entries, entries);
                continue;
            }
            for (int i = 0; byComponent && i < entries; i++) {
                out.put(results, from + i * size, 1, array, i * call.count() + row, count);
            }
            for (int r = 0; !byComponent && r < count; r++) {
                out.put(results, from + r, size, array, (row + r) * entries, entries);
            }
        }
    }
}
