package hesse.optimize;

/** A method that solves a quadratic model within a radius; {@link RadiusDescent} takes the steps. */
interface RadiusMethod {
    Iterate at();

    /** The model around the iterate in the parameters that may move. */
    SubProblem model(int[] free);
}
