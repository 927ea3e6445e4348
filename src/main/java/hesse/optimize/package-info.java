/**
 * Minimisers, least squares and constrained problems on exact derivatives. Every step says what the gradient and the
 * quadratic model predicted and what happened. One class a method: {@code Minimize} and {@code LeastSquares} build,
 * methods take steps, runs count, tell and stop, results know nothing of runs. For users of {@link hesse.Objective} and
 * {@link hesse.VectorFunction}; builders are of one thread, results are immutable, and the same problem gives the same
 * bits on every run.
 */
package hesse.optimize;
