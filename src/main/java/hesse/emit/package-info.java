/**
 * Steps to class files: a region of a program becomes one flat loop over a block of rows, or straight code at a point.
 * Internal: called by {@code hesse.tier}. Stateless; emitted classes live in {@code hesse.kernel.machine}, hidden.
 */
package hesse.emit;
