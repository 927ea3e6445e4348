package hesse;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house: which package may call which, and the limits that HotSpot sets. */
class LayersTest {
    /** HotSpot never compiles a method with more bytecodes. */
    private static final int HUGE_METHOD = 8_000;

    private static final JavaClasses HESSE =
            new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("hesse..");

    @Test
    void arrowsPointDown() {
        layeredArchitecture().consideringOnlyDependenciesInLayers()
                .layer("cli").definedBy("hesse.cli")
                .layer("measure").definedBy("hesse.measure")
                .layer("optimize").definedBy("hesse.optimize")
                .layer("curvature").definedBy("hesse.curvature")
                .layer("hesse").definedBy("hesse")
                .layer("run").definedBy("hesse.run")
                .layer("tier").definedBy("hesse.tier")
                .layer("emit").definedBy("hesse.emit")
                .layer("plan").definedBy("hesse.plan")
                .layer("diff").definedBy("hesse.diff")
                .layer("graph").definedBy("hesse.graph")
                .layer("matrix").definedBy("hesse.matrix")
                .layer("kernel").definedBy("hesse.kernel")
                .layer("function").definedBy("hesse.kernel.function")
                .layer("factor").definedBy("hesse.kernel.factor")
                .layer("machine").definedBy("hesse.kernel.machine")
                .withOptionalLayers(true)
                .whereLayer("cli").mayNotBeAccessedByAnyLayer()
                .whereLayer("measure").mayOnlyBeAccessedByLayers("cli")
                .whereLayer("measure").mayOnlyAccessLayers("hesse", "matrix")
                .whereLayer("optimize").mayOnlyBeAccessedByLayers("cli")
                .whereLayer("curvature").mayOnlyBeAccessedByLayers("cli", "optimize")
                .whereLayer("hesse").mayOnlyBeAccessedByLayers("cli", "measure", "optimize", "curvature")
                .whereLayer("run").mayOnlyBeAccessedByLayers("hesse")
                .whereLayer("tier").mayOnlyBeAccessedByLayers("run")
                .whereLayer("emit").mayOnlyBeAccessedByLayers("run", "tier")
                .whereLayer("plan").mayOnlyBeAccessedByLayers("hesse", "run", "tier", "emit")
                .whereLayer("diff").mayOnlyBeAccessedByLayers("plan")
                .whereLayer("graph").mayOnlyBeAccessedByLayers("hesse", "run", "tier", "emit", "plan", "diff")
                .whereLayer("machine").mayNotAccessAnyLayer()
                .whereLayer("factor").mayOnlyBeAccessedByLayers("matrix")
                .whereLayer("kernel").mayOnlyBeAccessedByLayers("matrix", "run", "tier", "emit", "graph", "factor")
                .whereLayer("function").mayOnlyBeAccessedByLayers(
                        "run", "tier", "emit", "graph", "kernel", "factor", "matrix")
                .check(HESSE);
    }

    /** Where there is no instruction for it, {@link Math#fma} takes microseconds. */
    @Test
    void multiplyAddsAskWhatTheProcessorHas() {
        noClasses().that().doNotHaveFullyQualifiedName("hesse.kernel.machine.FusedMultiplyAdd")
                .should().callMethod(Math.class, "fma", double.class, double.class, double.class).check(HESSE);
    }

    @Test
    void onlyKernelsSeeVectors() {
        noClasses().that().resideOutsideOfPackage("hesse.kernel..")
                .should().dependOnClassesThat().resideInAPackage("jdk.incubator..").check(HESSE);
        fields().that().areDeclaredInClassesThat().resideInAPackage("hesse..")
                .should().notHaveRawType("jdk.incubator.vector.DoubleVector").check(HESSE);
    }

    /** The vector twin of X is XLanes; what such twins share, and arithmetic on vectors alone, is named here. */
    @Test
    void vectorTwinsAreNamedSo() {
        classes().that().resideInAPackage("hesse.kernel..").and(dependOnVectors())
                .should().haveNameMatching(".*(Lanes|\\.RegisterTile|\\.Transpose|\\.Arithmetic)").check(HESSE);
    }

    private static DescribedPredicate<JavaClass> dependOnVectors() {
        return DescribedPredicate.describe("depend on vectors", type -> type.getDirectDependenciesFromSelf().stream()
                .anyMatch(d -> d.getTargetClass().getPackageName().startsWith("jdk.incubator")));
    }

    /**
     * Libraries are optional dependencies: a program that uses Hesse for derivatives alone needs none of them. What of
     * the JDK is not named here the module descriptor would have to require.
     */
    @Test
    void onlyTheCommandLineAndMeasurementNeedLibraries() {
        noClasses().that().resideOutsideOfPackages("hesse.cli", "hesse.measure")
                .and().areNotAssignableTo(hesse.optimize.Hipparchus.class)
                .should().dependOnClassesThat().resideOutsideOfPackages(
                        "hesse..", "java.io..", "java.lang..", "java.math..", "java.nio..", "java.util..",
                        "jdk.incubator..").check(HESSE);
    }

    @Test
    void onlyTheCommandLinePrints() {
        noClasses().that().resideOutsideOfPackage("hesse.cli").should().accessField(System.class, "out")
                .orShould().accessField(System.class, "err").check(HESSE);
    }

    @Test
    void stateIsFinal() {
        classes().that().resideInAPackage("hesse")
                .should().haveModifier(JavaModifier.FINAL).orShould().beInterfaces().orShould().beEnums().check(HESSE);
        fields().that().areStatic().and().areDeclaredInClassesThat().resideInAPackage("hesse..")
                .should().beFinal().check(HESSE);
    }

    @Test
    void methodsAreSmallEnoughToBeCompiled() throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(Path.of("target/classes/hesse"))) {
            files = walk.filter(file -> file.toString().endsWith(".class")).toList();
        }
        assertTrue(files.size() > 50, "class files found: " + files.size());
        for (Path file : files) {
            ClassModel model = ClassFile.of().parse(file);
            for (MethodModel method : model.methods()) {
                CodeModel code = method.code().orElse(null);
                boolean initialiser = method.methodName().equalsString("<clinit>");
                if (code instanceof CodeAttribute attribute && !initialiser) {
                    assertTrue(attribute.codeLength() < HUGE_METHOD,
                            file + " " + method.methodName().stringValue() + ": " + attribute.codeLength());
                }
            }
        }
    }
}
