package hesse.measure;

import java.util.Locale;

/** How a benchmark fared between base and head, worst first: reports list benchmarks in this order. */
enum Verdict {
    MISSING,
    SLOWER,
    ALLOCATES_MORE,
    UNJUDGED,
    FASTER,
    SAME,
    NEW;

    /** Its name in reports: lower case, with spaces. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
