package hesse.kernel.machine;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * Independent pieces of work on the common pool and the calling thread, each thread taking the next piece when it is
 * done with one. Pieces write to different places, so that their order changes no bits.
 *
 * <p>The caller waits for pieces, not for threads: a helper that the pool has not started yet is not waited for, and
 * the caller runs nobody else's work meanwhile, which could overwrite its {@link PackBuffers}.
 */
public final class Parallel {
    /** The system property {@code hesse.threads}, or all cores. */
    public static final int THREADS = Configuration.THREADS;
    /** How long a thread spins: for the last pieces of others, and before a helper goes back to the pool. */
    private static final int SPINS = 10_000;
    private static final AtomicReference<Parallel> LATEST = new AtomicReference<>();
    private static final AtomicInteger LINGERING = new AtomicInteger();

    private final int count;
    private final IntConsumer piece;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private Parallel(int count, IntConsumer piece) {
        this.count = count;
        this.piece = piece;
    }

    /**
     * Runs the pieces 0 to count - 1, and returns when all are done; throws what the first of them that failed threw.
     */
    public static void each(int count, IntConsumer piece) {
        Parallel work = new Parallel(count, piece);
        LATEST.set(work);
        for (int helper = Math.min(THREADS, count) - LINGERING.get(); helper > 1; helper--) {
            ForkJoinPool.commonPool().execute(work::help);
        }
        work.run();
        for (int spins = 0; work.done.get() < count; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        LATEST.compareAndSet(work, null);
        switch (work.failure.get()) {
            case null -> { }
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            default -> throw new IllegalStateException(work.failure.get());
        }
    }

    private void run() {
        for (int k = next.getAndIncrement(); k < count; k = next.getAndIncrement()) {
            try {
                piece.accept(k);
            } catch (Throwable thrown) {
                failure.compareAndSet(null, thrown);
            } finally {
                done.incrementAndGet();
            }
        }
    }

    /** A helper lingers, since work often comes in many steps and waking a thread takes longer than a step. */
    private void help() {
        Parallel work = this;
        while (work != null) {
            work.run();
            work = linger();
        }
    }

    private static Parallel linger() {
        LINGERING.incrementAndGet();
        try {
            for (int spins = 0; spins < SPINS; spins++) {
                Parallel work = LATEST.get();
                if (work != null && work.next.get() < work.count) {
                    return work;
                }
                Thread.onSpinWait();
            }
            return null;
        } finally {
            LINGERING.decrementAndGet();
        }
    }
}
