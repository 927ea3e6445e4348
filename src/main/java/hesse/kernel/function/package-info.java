/**
 * Elementary functions of one, two or three numbers. {@code X} has them for single numbers, written to be understood;
 * {@code XLanes} has them for arrays on vectors, with the same bits; {@link hesse.kernel.function.ArrayFunctions} and
 * {@link hesse.kernel.function.ArrayFunctionsOfTwo} choose. Internal: called by the operations of
 * {@code hesse.graph} and by the tiers. Any thread may call them; those that need an array of their own take it from
 * the thread's {@link hesse.kernel.machine.PackBuffers}.
 */
package hesse.kernel.function;
