/**
 * Plan to numbers: the tiers, work spaces, and sums over rows. Internal: called by {@code hesse}. Engines are shared
 * between threads; a {@link hesse.run.Workspace} belongs to one call at a time.
 */
package hesse.run;
