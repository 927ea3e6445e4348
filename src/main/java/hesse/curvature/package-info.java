/**
 * What the second derivatives of a cost function say about a point: its kind, its spectrum, how far a step may go. Uses
 * the public API of {@code hesse} and {@code hesse.matrix} only. Immutable and safe to share between threads.
 */
package hesse.curvature;
