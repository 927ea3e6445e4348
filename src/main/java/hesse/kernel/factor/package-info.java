/**
 * Dense factorisations of symmetric matrices in tiles: Cholesky and its solves, tridiagonal form, eigenvalues.
 * Internal: called by {@code hesse.matrix}. Threads may factor different matrices at the same time.
 */
package hesse.kernel.factor;
