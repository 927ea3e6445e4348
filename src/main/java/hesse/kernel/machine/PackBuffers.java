package hesse.kernel.machine;

/**
 * A thread's own space for packed operands and intermediate sums, kept so that a warm kernel allocates nothing. Each of
 * the four buffers grows to the largest size asked for and keeps its numbers until it grows; a kernel calls no other
 * that fills a buffer which it still reads. A kernel that splits its work hands its own buffers to the threads that
 * help.
 */
public final class PackBuffers {
    private static final ThreadLocal<PackBuffers> OWN = ThreadLocal.withInitial(PackBuffers::new);

    private double[] left = {};
    private double[] right = {};
    private double[] third = {};
    private double[] scratch = {};

    private PackBuffers() {}

    /** Those of the calling thread. */
    public static PackBuffers own() {
        return OWN.get();
    }

    /** Panels of a product's left operand; of at least {@code size} numbers, as all of these. */
    public double[] left(int size) {
        if (left.length < size) {
            left = new double[size];
        }
        return left;
    }

    /** Panels of a product's right operand. */
    public double[] right(int size) {
        if (right.length < size) {
            right = new double[size];
        }
        return right;
    }

    /**
     * The right buffer for panels of vectors, from {@link CacheLines#LEAD} on, so that no vector straddles two cache
     * lines.
     */
    public double[] panels(int size) {
        return right(Math.max(CacheLines.LEAD + size, CacheLines.OF_ITS_OWN));
    }

    /** A third operand or result: edges of a product, tile columns of a factorisation, a vector of a solve. */
    public double[] third(int size) {
        if (third.length < size) {
            third = new double[size];
        }
        return third;
    }

    /** Accumulators, or an elementary function's intermediate values; for the innermost kernels only. */
    public double[] scratch(int size) {
        if (scratch.length < size) {
            scratch = new double[size];
        }
        return scratch;
    }
}
