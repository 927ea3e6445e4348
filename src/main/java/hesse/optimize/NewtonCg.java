package hesse.optimize;

/** {@link Method#NEWTON_CG}: the model by Hessian-vector products, solved by conjugate gradients. */
record NewtonCg(Iterate at) implements RadiusMethod {
    @Override
    public SubProblem model(int[] free) {
        return new ConjugateGradients(at.g(), free, at::product);
    }
}
