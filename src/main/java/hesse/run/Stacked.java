package hesse.run;

/**
 * Where the results of many rows or points go: the first entries of each to one array, the next to another, the rest to a third.
 * Kept in a {@link Workspace}.
 */
public final class Stacked {
    int head;
    double[] first;
    int middle;
    double[] second;
    double[] rest;
    boolean byComponent;
    double scale;
    boolean adds;

    Stacked() {}

    /** Of each result the first {@code head} entries, the next {@code middle}, and the rest; each array may be null. */
    public Stacked to(int head, double[] first, int middle, double[] second, double[] rest) {
        this.head = head;
        this.first = first;
        this.middle = middle;
        this.second = second;
        this.rest = rest;
        return as(false, 1, false);
    }

    /**
     * How they go there.
     *
     * @param byComponent whether an array holds an entry of all results, then the next entry; else all entries of a result, then
     *     the next result
     * @param scale what results are multiplied by
     * @param adds whether they are added to what is there
     */
    public Stacked as(boolean byComponent, double scale, boolean adds) {
        this.byComponent = byComponent;
        this.scale = scale;
        this.adds = adds;
        return this;
    }

    /** Where an entry of all results goes; may be null. */
    double[] array(int entry) {
        return entry < head ? first : entry < head + middle ? second : rest;
    }

    /** Which entry of those in its array it is. */
    int index(int entry) {
        return entry < head ? entry : entry < head + middle ? entry - head : entry - head - middle;
    }

    /** Whether results are stored as they are. */
    boolean isPlain() {
        return scale == 1 && !adds;
    }

    /** Lets go of the caller's arrays. */
    void clear() {
        to(0, null, 0, null, null);
    }
}
