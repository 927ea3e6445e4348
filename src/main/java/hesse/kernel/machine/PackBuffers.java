package hesse.kernel.machine;

/** A thread's own packing space, kept so that a warm kernel allocates nothing. */
public final class PackBuffers {
    private static final ThreadLocal<PackBuffers> OWN = ThreadLocal.withInitial(PackBuffers::new);

    private double[] left = {};
    private double[] right = {};
    private double[] third = {};
    private double[] scratch = {};

    private PackBuffers() {}

    public static PackBuffers own() {
        return OWN.get();
    }

    public double[] left(int size) {
        if (left.length < size) {
            left = new double[size];
        }
        return left;
    }

    public double[] right(int size) {
        if (right.length < size) {
            right = new double[size];
        }
        return right;
    }

    /**
     * The same space for panels of vectors, from {@link CacheLines#LEAD} on, so that no vector straddles two cache
     * lines.
     */
    public double[] panels(int size) {
        return right(Math.max(CacheLines.LEAD + size, CacheLines.OF_ITS_OWN));
    }

    public double[] scratch(int size) {
        if (scratch.length < size) {
            scratch = new double[size];
        }
        return scratch;
    }

    public double[] third(int size) {
        if (third.length < size) {
            third = new double[size];
        }
        return third;
    }
}
