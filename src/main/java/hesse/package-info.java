/**
 * Write a function once in plain Java and get its value, gradient, Jacobian and Hessian, exact to rounding.
 *
 * <p>{@link hesse.Objective} is a function to R, {@link hesse.VectorFunction} one to R^m, {@link hesse.Rows} the data
 * they may sum or stack over; their bodies are written with {@link hesse.Expr} and {@link hesse.Functions}. All of
 * these are immutable and safe to share between threads; a body runs once, in the thread that builds the function.
 */
package hesse;
