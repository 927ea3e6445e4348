package hesse.optimize;

/** How often a cost was asked for what; each with the value. */
public record Evaluations(int values, int gradients, int hessians, int products) {
    public int total() {
        return values + gradients + hessians + products;
    }

    @Override
    public String toString() {
        return values + " values, " + gradients + " gradients, " + hessians + " Hessians, " + products + " Hessian-vector products";
    }
}
