/**
 * Elementary functions of one, two or three numbers: scalar twins, read to be understood, and vector twins with the
 * same bits. Internal: called by the operations of {@code hesse.graph} and by the tiers. Stateless, so safe for any
 * number of threads.
 */
package hesse.kernel.function;
