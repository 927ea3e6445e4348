package hesse.optimize;

/** The quadratic model g's + s'Hs/2 of the cost around a point. */
interface SubProblem {
    /**
     * A step s, n entries, that makes the model small among those of ||s|| at most the radius; may be asked again for a
     * smaller one.
     */
    double[] step(double radius);
}
