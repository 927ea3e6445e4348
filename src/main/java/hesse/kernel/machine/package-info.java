/**
 * What processors differ in, told once and hidden from all who compute. Internal: for every package of the library;
 * stateless.
 */
package hesse.kernel.machine;
