package hesse.cli;

import hesse.optimize.Step;
import java.util.Locale;

/** A line on standard error that says how far a run is: from its second second on, five times a second. */
final class Progress {
    private static final long FROM = 1_000_000_000L;
    private static final long EVERY = 200_000_000L;

    private final long start = System.nanoTime();
    private long last;
    private boolean told;

    boolean tell(Step step) {
        long now = System.nanoTime();
        if (now - start > FROM && now - last > EVERY) {
            last = now;
            told = true;
            System.err.printf(Locale.ROOT, "\rstep %d, cost %.8g, gradient %.3g      ", step.iteration(), step.value(),
                    step.gradientNorm());
        }
        return true;
    }

    void end() {
        if (told) {
            System.err.print("\r" + " ".repeat(70) + "\r");
        }
    }
}
