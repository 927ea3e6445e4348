package hesse.tier;

import hesse.plan.Plan;
import hesse.plan.Section;

/** How the steps of a plan run. All executors of a program give the same bits. */
public interface Executor {
    Plan plan();

    /** One that evaluates a program without rows at a point. */
    interface AtPoint extends Executor {
        /**
         * Evaluates.
         *
         * @param seed null where there is none
         * @param out filled with what follows the value; null where nothing does
         * @param from where in {@code out}
         * @return the value
         * @throws java.util.concurrent.CancellationException where the thread is interrupted and a run takes long; some
         *     results may be in place then
         */
        double evaluate(double[] x, double[] seed, Frame frame, double[] out, int from);
    }

    /** One that runs loops for some rows of a window at a time. */
    interface OverRows extends Executor {
        /** How many rows run together at most. */
        int rows();

        /** Makes what does not change with the row ready, when the arena has it. */
        void share(Frame frame);

        /**
         * Before the first rows of a window.
         *
         * @param destination where results may be left; null where they may not
         * @param row which of all results the window's first row gives
         * @param count of all rows
         */
        void open(Frame frame, Destination destination, int row, int count);

        /** Brings rows of the window to where steps read them. */
        void load(Frame frame, int row, int count);

        /** Runs the steps of a loop, not the loops inside, for rows that are loaded. */
        void execute(Section section, Frame frame, int row, int count);

        /** Sets an entry of the unit vector. */
        void direct(Frame frame, int direction, double value);

        /** Where numbers are after a run. */
        double[] numbers(Frame frame);

        /** Where in {@link #numbers} those of a slot start, one of each row. */
        int at(int slot);

        /** By entry of the result where its numbers start; null where some are zero, or come by directions. */
        int[] results();

        /** Whether the numbers of all entries of the result lie one after the other. */
        boolean resultsAreTogether();

        /** Whether an entry of the results of rows that have run is where it goes already; see {@link #open}. */
        boolean isLeft(int entry, Frame frame);

        /** Runs a loop and the directions inside for rows that are loaded, and hands over what leaves. */
        default void run(Section section, Frame frame, int row, int count, Sink sink) {
            execute(section, frame, row, count);
            sink.take(this, frame, section.outputs(), 0, row, count);
            for (Section directions : section.children()) {
                for (int d = 0; d < directions.count(); d++) {
                    sink.listen();
                    direct(frame, d, 1);
                    execute(directions, frame, row, count);
                    direct(frame, d, 0);
                    sink.take(this, frame, directions.outputs(), d, row, count);
                }
            }
        }
    }

    /** Takes what leaves; knows no executor by its kind. */
    interface Sink {
        /** The numbers of outputs are in the executor's {@link OverRows#numbers}. */
        void take(OverRows executor, Frame frame, Section.Output[] outputs, int direction, int row, int count);

        /** Hears an interrupt where one row takes long. */
        void listen();
    }
}
