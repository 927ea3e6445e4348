/**
 * Array kernels and elementary functions, the only place that may import {@code jdk.incubator.vector}. Internal: called
 * by {@code hesse.run} and {@code hesse.matrix}, and by {@code hesse.graph} to fold constants. Everything is static and
 * without state, so any thread may call it.
 */
package hesse.kernel;
