/**
 * A call: which executor serves it, its work spaces, warm-ups, and sums and stacks over rows on threads. Internal:
 * called by {@code hesse}. Engines are shared between threads; a {@link hesse.run.Workspace} belongs to one call at a
 * time.
 */
package hesse.run;
