package hesse.tier;

import hesse.plan.Section;

/** Takes the results of one point into an array. */
final class PointResults implements Executor.Sink {
    private double value;
    private double[] out;
    private int from;

    /** As of {@link Executor.AtPoint#evaluate}. */
    void to(double[] target, int first) {
        value = 0;
        out = target;
        from = first;
    }

    double value() {
        out = null;
        return value;
    }

    @Override
    public void take(Executor.OverRows executor, Frame frame, Section.Output[] outputs, int direction,
            int row, int count) {
        double[] numbers = executor.numbers(frame);
        for (Section.Output output : outputs) {
            int target = output.target(direction);
            int length = output.length(direction);
            for (int i = 0; i < length; i++) {
                int entry = target + i * output.stride();
                double number = numbers[executor.at(output.slot() + i)];
                if (entry == 0) {
                    value = number;
                } else {
                    out[from + entry - 1] = number;
                }
            }
        }
    }

    @Override
    public void listen() {}
}
