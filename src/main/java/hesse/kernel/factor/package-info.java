/**
 * Dense factorisations of symmetric matrices in tiles: Cholesky and its solves, tridiagonal form, eigenvalues. Twins as
 * in {@code hesse.kernel}. Internal: called by {@code hesse.matrix}. Threads may factor different matrices at the same
 * time; each packs into space of its own, which helping threads share.
 */
package hesse.kernel.factor;
