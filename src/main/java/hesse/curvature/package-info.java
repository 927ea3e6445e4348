/**
 * What second derivatives say about a cost function at a point. Uses the public API of {@code hesse} and
 * {@code hesse.matrix} only. Immutable and safe to share between threads.
 */
package hesse.curvature;
