package hesse.kernel.machine;

import java.util.concurrent.CancellationException;

/** Where long work hears an interrupt of the thread that it runs on: between its parts, never inside a kernel. */
public final class Interrupts {
    private Interrupts() {}

    /**
     * Goes on where the thread is not interrupted.
     *
     * @param work what a person calls it, before a number and what is counted: "a factorisation of", 300, "rows"
     * @throws CancellationException where it is; the interrupt stays set
     */
    public static void check(String work, int count, String counted) {
        if (Thread.currentThread().isInterrupted()) {
            throw cancelled(work, count, counted);
        }
    }

    /** What a call ends with. */
    public static CancellationException cancelled(String work, int count, String counted) {
        return new CancellationException("interrupted in " + work + " " + count + " " + counted
                + "; the thread's interrupt is still set");
    }
}
