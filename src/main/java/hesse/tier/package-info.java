/**
 * How programs run: {@link hesse.tier.Executor} and its implementations, which all give the same bits. Internal: called
 * by {@code hesse.run}. Executors are immutable and shared by threads; a {@link hesse.tier.Frame} belongs to one thread
 * of one call.
 */
package hesse.tier;
