/**
 * Minimisers, least squares and constrained problems on exact derivatives. Every step says what the gradient and the quadratic model
 * promised and what happened. For users of {@link hesse.Objective} and {@link hesse.VectorFunction}; builders are of one thread,
 * results are immutable, and the same problem gives the same bits on every run.
 */
package hesse.optimize;
