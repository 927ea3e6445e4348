/**
 * Plans: which derivative a call needs, as scheduled steps with places in an arena. Internal: called by {@code
 * hesse.run} and {@code hesse}. Plans are immutable; building one locks its {@link hesse.plan.Body}.
 */
package hesse.plan;
