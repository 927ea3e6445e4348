package hesse.optimize;

/**
 * Where a method has no step to take, or its steps change nothing.
 *
 * @param direction of the steps that were tried
 * @param promised the decrease of the cost that the method's model promised of them
 * @param stop the end of the run if something was left to gain
 */
record Impasse(double[] direction, double promised, Stop stop) {}
