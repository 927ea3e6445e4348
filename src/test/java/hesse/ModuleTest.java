package hesse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hesse on the module path of a user's named module: all tiers run, emitted classes too, and inner packages are hidden.
 */
class ModuleTest {
    private static final Path HESSE = Path.of("target/classes").toAbsolutePath();
    private static final String DESCRIPTOR = "module user { requires hesse; }";

    /** Prints the runtime after it compared the tiers' Hessians at a point and over rows, bit by bit. */
    private static final String USER = """
            package user;

            import static hesse.Functions.*;

            import hesse.Hesse;
            import hesse.Objective;
            import hesse.Rows;
            import hesse.Tier;
            import hesse.matrix.SymmetricMatrix;

            public class Main {
                public static void main(String[] args) {
                    Objective point = Objective.of(3, x -> exp(x.get(0).times(x.get(1)))
                            .plus(square(x.get(2).minus(square(x.get(0)))).times(100)));
                    double[] data = new double[3_000];
                    for (int i = 0; i < data.length; i++) {
                        data[i] = Math.sin(i);
                    }
                    Objective sum = Objective.sum(3, Rows.of(1_000).column("x", 3, data),
                            (b, row) -> softplus(dot(row.get("x"), b)));
                    check(point);
                    check(sum);
                    System.out.println(Hesse.runtime() + ", named " + Objective.class.getModule().isNamed());
                }

                private static void check(Objective f) {
                    SymmetricMatrix reference = hessian(f, Tier.SCALAR);
                    for (Tier tier : Tier.values()) {
                        SymmetricMatrix h = hessian(f, tier);
                        for (int i = 0; i < 9; i++) {
                            long bits = Double.doubleToRawLongBits(h.get(i / 3, i % 3));
                            if (bits != Double.doubleToRawLongBits(reference.get(i / 3, i % 3))) {
                                throw new AssertionError(tier + ":\\n" + h + "\\n" + reference);
                            }
                        }
                    }
                }

                private static SymmetricMatrix hessian(Objective f, Tier tier) {
                    Objective settled = f.with(f.settings().tier(tier));
                    settled.prepare();
                    return settled.hessian(new double[] {-1.2, 1, 0.3});
                }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void aNamedModuleRunsEveryTier() throws Exception {
        assertEquals("", compile(DESCRIPTOR, USER));
        List<String> paths = List.of("-p", HESSE + File.pathSeparator + folder.resolve("classes"));
        String last = ChildJvm.lastLine(0, ChildJvm.ofModule("user/user.Main", paths));
        assertTrue(last.startsWith(Hesse.runtime().toString()) && last.endsWith("named true"), last);
    }

    @Test
    void onlyPublicPackagesAreExported() throws IOException {
        try (InputStream in = Files.newInputStream(HESSE.resolve("module-info.class"))) {
            ModuleDescriptor hesse = ModuleDescriptor.read(in);
            assertEquals(Set.of("hesse", "hesse.curvature", "hesse.matrix", "hesse.optimize"),
                    hesse.exports().stream().map(ModuleDescriptor.Exports::source).collect(Collectors.toSet()));
        }
        String errors = compile(DESCRIPTOR, "package user; class Main { hesse.kernel.Gemm hidden; }");
        assertTrue(errors.contains("package hesse.kernel is not visible"), errors);
    }

    /** What javac prints for a module of one class that has Hesse on its module path. */
    private String compile(String descriptor, String main) throws IOException {
        Path source = Files.createDirectories(folder.resolve("source/user"));
        Path module = Files.writeString(source.resolveSibling("module-info.java"), descriptor);
        Path type = Files.writeString(source.resolve("Main.java"), main);
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        StringWriter printed = new StringWriter();
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-Xlint:-incubating", "-p", HESSE.toString(), "-d",
                    folder.resolve("classes").toString());
            javac.getTask(printed, files, null, options, null, files.getJavaFileObjects(module, type)).call();
        }
        return printed.toString();
    }
}
