package hesse;

import java.lang.management.ManagementFactory;

/** What a call allocates once it is warm. */
public final class Allocation {
    private static final long PATIENCE = 60_000_000_000L;

    private Allocation() {}

    /**
     * The fewest bytes that a call allocates, measured again and again after so many calls, until none or for a minute.
     */
    public static long least(int calls, Runnable call) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        long giveUp = System.nanoTime() + PATIENCE;
        while (least > 0 && System.nanoTime() < giveUp) {
            for (int k = 0; k < calls; k++) {
                call.run();
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            call.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
