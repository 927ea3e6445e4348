package hesse.optimize;

/** Counts the evaluations of a run, and ends it by a {@link Stop} when it asks for one more than it may have. */
final class Budget {
    private final int most;
    private int values;
    private int gradients;
    private int hessians;
    private int products;

    /** @param most evaluations of any kind together */
    Budget(int most) {
        this.most = most;
    }

    private void spend() {
        if (values + gradients + hessians + products >= most) {
            throw new Stop(Ending.EVALUATION_LIMIT, most + " evaluations");
        }
    }

    /** Before a value is computed. */
    void value() {
        spend();
        values++;
    }

    /** Before a gradient, or a Jacobian, is computed. */
    void gradient() {
        spend();
        gradients++;
    }

    /** Before a Hessian is computed. */
    void hessian() {
        spend();
        hessians++;
    }

    /** Before a Hessian-vector product is computed. */
    void product() {
        spend();
        products++;
    }

    Evaluations spent() {
        return new Evaluations(values, gradients, hessians, products);
    }
}
