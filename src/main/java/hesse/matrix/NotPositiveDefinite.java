package hesse.matrix;

/** A matrix has no Cholesky factor: some pivot is not positive. */
public final class NotPositiveDefinite extends ArithmeticException {
    private static final long serialVersionUID = 1;

    private final int pivot;

    NotPositiveDefinite(int n, int pivot) {
        super("not positive definite: pivot " + pivot + " of " + n + " is not positive");
        this.pivot = pivot;
    }

    /** The first row whose pivot is not positive: the leading block up to and including it is not positive definite. */
    public int pivot() {
        return pivot;
    }
}
