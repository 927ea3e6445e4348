package hesse.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The steps of a run so far, each told to the user's listener as it is taken. */
final class History {
    private final int most;
    private final Predicate<Step> listener;
    private final List<Step> steps = new ArrayList<>();

    /**
     * Without steps.
     *
     * @param most steps that the run may take
     * @param listener told each step; false ends the run
     */
    History(int most, Predicate<Step> listener) {
        this.most = most;
        this.listener = listener;
    }

    int size() {
        return steps.size();
    }

    /** The last step; null before the first. */
    Step last() {
        return steps.isEmpty() ? null : steps.getLast();
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    /** Keeps and tells a step; whether the listener lets the run go on. */
    boolean add(Step step) {
        steps.add(step);
        return listener.test(step);
    }

    /** Ends the run where it has taken all the steps that it may take. */
    void requireRoom() {
        if (steps.size() >= most) {
            throw new Stop(Ending.ITERATION_LIMIT, most + " steps");
        }
    }
}
