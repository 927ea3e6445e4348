package hesse.kernel;

/** A thread's own packing space, kept so that a warm kernel allocates nothing. */
final class PackBuffers {
    private static final ThreadLocal<PackBuffers> OWN = ThreadLocal.withInitial(PackBuffers::new);

    private double[] left = {};
    private double[] right = {};
    private double[] third = {};
    private double[] lanes = {};

    private PackBuffers() {}

    static PackBuffers own() {
        return OWN.get();
    }

    double[] left(int size) {
        if (left.length < size) {
            left = new double[size];
        }
        return left;
    }

    double[] right(int size) {
        if (right.length < size) {
            right = new double[size];
        }
        return right;
    }

    /** The same space for panels of vectors, from {@link Tiles#LEAD} on, so that no vector straddles two cache lines. */
    double[] panels(int size) {
        return right(Math.max(Tiles.LEAD + size, Tiles.OF_ITS_OWN));
    }

    double[] lanes(int size) {
        if (lanes.length < size) {
            lanes = new double[size];
        }
        return lanes;
    }

    double[] third(int size) {
        if (third.length < size) {
            third = new double[size];
        }
        return third;
    }
}
