package hesse.optimize;

/**
 * What counts as 0 in {@link Minimize}.
 *
 * @param gradient of what the parameters' sizes make of an entry of the gradient, the part that counts as 0
 * @param change of the cost, the part by which several steps in a row must change it
 * @param violation of a constraint, in the constraint's own unit
 */
record Tolerances(double gradient, double change, double violation) {}
