package hesse.optimize;

/**
 * How often a run evaluated its cost.
 *
 * @param values of the cost alone
 * @param gradients with the value; Jacobians in least squares
 * @param hessians with value and gradient
 * @param products Hessian-vector products
 */
public record Evaluations(int values, int gradients, int hessians, int products) {
    public int total() {
        return values + gradients + hessians + products;
    }

    @Override
    public String toString() {
        return values + " values, " + gradients + " gradients, " + hessians + " Hessians, " + products
                + " Hessian-vector products";
    }
}
