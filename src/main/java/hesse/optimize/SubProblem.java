package hesse.optimize;

/** A quadratic model around a point. */
interface SubProblem {
    /** A step that makes g's + s'Hs/2 small among those of ||s|| at most the radius; again for a smaller radius. */
    double[] step(double radius);
}
