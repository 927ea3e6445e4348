/**
 * What processors differ in, told once and hidden from all who compute: vector width, multiply-add, threads, sizes of
 * blocks, packing space, and where emitted classes live. Internal: for every package of the library. Settings are read
 * once while classes load; the state behind them, a pool of threads, each thread's packing space and the emitted
 * classes in use, is safe for any thread.
 */
package hesse.kernel.machine;
