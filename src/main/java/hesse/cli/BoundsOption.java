package hesse.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** {@code --bounds} of variables or of parameters. */
final class BoundsOption {
    @Option(names = "--bounds", paramLabel = "\"0<=x<=1; y>=2\"", defaultValue = "",
            description = "bounds of variables, or of parameters")
    private String bounds;

    /** Lower and upper bounds of these names, in their order: rows 0 and 1, infinite where none is given. */
    double[][] of(List<String> names) {
        return Conditions.bounds(names, bounds);
    }
}
