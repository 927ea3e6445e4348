/**
 * Matrices: the blocked {@link hesse.matrix.SymmetricMatrix}, the rectangular {@link hesse.matrix.Matrix}, and
 * decompositions. They know nothing of functions. Mutable; a matrix is used by one thread at a time unless it is only
 * read.
 */
package hesse.matrix;
