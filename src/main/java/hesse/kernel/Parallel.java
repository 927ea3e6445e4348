package hesse.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/** Splits work on a triangle's rows into parts of equal area, one a thread, on the common pool and the calling thread. */
final class Parallel {
    /** The system property {@code hesse.threads}, or all cores. */
    static final int THREADS = Math.max(1, Integer.getInteger("hesse.threads", Runtime.getRuntime().availableProcessors()));

    private Parallel() {}

    @FunctionalInterface
    interface Range {
        void run(int from, int to);
    }

    /** Rows from (inclusive) to (exclusive) of a lower triangle. */
    static void triangle(int from, int to, Range work) {
        int parts = Math.min(THREADS, to - from);
        List<ForkJoinTask<?>> tasks = new ArrayList<>();
        int start = from;
        for (int part = 1; part <= parts; part++) {
            double area = (double) from * from + ((double) to * to - (double) from * from) * part / parts;
            int end = part == parts ? to : Math.max(start, (int) Math.round(Math.sqrt(area)));
            int first = start;
            if (part == parts) {
                work.run(first, end);
            } else if (end > first) {
                tasks.add(ForkJoinPool.commonPool().submit(() -> work.run(first, end)));
            }
            start = end;
        }
        tasks.forEach(ForkJoinTask::join);
    }
}
