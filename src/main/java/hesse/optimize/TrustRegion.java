package hesse.optimize;

/** {@link Method#TRUST_REGION}: the model with the whole Hessian, solved exactly. */
record TrustRegion(Iterate at) implements RadiusMethod {
    @Override
    public SubProblem model(int[] free) {
        return new ExactModel(at.g(), at.h(), free);
    }
}
