package hesse.optimize;

import java.util.concurrent.CancellationException;

/** Thrown where a run ends, from whatever depth; {@link #of} catches it. */
final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1;
    /** Entries of a point that a message shows. */
    private static final int SHOWN = 6;

    final Ending ending;

    /** @param message the ending for a person, with figures */
    Stop(Ending ending, String message) {
        super(message, null, false, false);
        this.ending = ending;
    }

    /** The same end with more to say of it. */
    Stop and(String more) {
        return new Stop(ending, getMessage() + more);
    }

    /** Runs what ends by a stop only, and returns that stop; cancellations of an evaluation are stops, too. */
    static Stop of(Runnable run) {
        try {
            run.run();
            throw new AssertionError("a run ends by a stop");
        } catch (Stop stop) {
            return stop;
        } catch (CancellationException e) {
            return new Stop(Ending.CANCELLED, e.getMessage());
        }
    }

    /** A point as messages show it: its first six entries. */
    static String text(double[] x) {
        StringBuilder text = new StringBuilder("x = (");
        for (int i = 0; i < Math.min(x.length, SHOWN); i++) {
            text.append(i == 0 ? "" : ", ").append(x[i]);
        }
        return text.append(x.length > SHOWN ? ", ...)" : ")").toString();
    }
}
