package hesse.run;

import hesse.kernel.Arithmetic;
import hesse.plan.Section;
import hesse.tier.Executor;
import hesse.tier.Frame;
import java.util.Arrays;

/**
 * Adds up what leaves: row i of a chunk to accumulator i mod 8 of each number, folded 8, 4, 2, 1 at the end of the
 * chunk.
 */
final class SumSink implements Executor.Sink {
    private static final int LANES = Stage.ACCUMULATORS;

    private Call call;
    private boolean isLong;
    private int numbers;
    /** [number][accumulator]. */
    private double[] accumulators = {};

    /** Begins a chunk of a sum of so many numbers. */
    void start(Call of, int count, boolean takesLong) {
        call = of;
        numbers = count;
        isLong = takesLong;
        if (accumulators.length < LANES * count) {
            accumulators = new double[LANES * count];
        }
        Arrays.fill(accumulators, 0, LANES * count, 0);
    }

    @Override
    public void take(Executor.OverRows executor, Frame frame, Section.Output[] outputs, int direction,
            int row, int count) {
        double[] from = executor.numbers(frame);
        for (Section.Output output : outputs) {
            int place = output.place(direction);
            int length = output.length(direction);
            for (int i = 0; i < length; i++) {
                int at = executor.at(output.slot() + i);
                if (executor.rows() == 1) {
                    accumulators[(place + i) * LANES + row % LANES] += from[at];
                } else {
                    Arithmetic.addToLanes(from, at, count, accumulators, (place + i) * LANES);
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

    /** Ends the chunk. */
    void fold(double[] sum) {
        for (int i = 0; i < numbers; i++) {
            int k = i * LANES;
            for (int half = LANES / 2; half > 0; half /= 2) {
                for (int j = 0; j < half; j++) {
                    accumulators[k + j] += accumulators[k + j + half];
                }
            }
            sum[i] = accumulators[k];
        }
    }
}
