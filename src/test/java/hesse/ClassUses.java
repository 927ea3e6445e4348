package hesse;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which classes use which, read from constant pools: classes, and the types in descriptors and generic signatures. */
final class ClassUses {
    /** A type in a descriptor or signature. */
    private static final Pattern TYPE = Pattern.compile("L(hesse/[\\w/$]+)[;<]");
    /** A dollar sign and a digit: a class without a name, or one that is local to a method. */
    private static final Pattern LOCAL = Pattern.compile("\\$\\d");

    private ClassUses() {}

    /**
     * The top-level classes below a folder of class files, each with the other top-level classes there that it or a
     * class within it names. Full names, with dots.
     *
     * @param without classes whose path starts so are left out
     */
    static Map<String, Set<String>> of(Path root, String without) throws IOException {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (Path file : files(root, without)) {
            ClassModel model = ClassFile.of().parse(file);
            Set<String> others = uses.computeIfAbsent(topLevel(model.thisClass().asInternalName()),
                    key -> new TreeSet<>());
            for (PoolEntry entry : model.constantPool()) {
                if (entry instanceof ClassEntry used && used.asInternalName().startsWith("hesse/")) {
                    others.add(topLevel(used.asInternalName()));
                } else if (entry instanceof Utf8Entry text) {
                    Matcher matcher = TYPE.matcher(text.stringValue());
                    while (matcher.find()) {
                        others.add(topLevel(matcher.group(1)));
                    }
                }
            }
        }
        uses.forEach((name, others) -> {
            others.retainAll(uses.keySet());
            others.remove(name);
        });
        return uses;
    }

    /** Full names of all types below a folder of class files but those without a name and those local to a method. */
    static Set<String> named(Path root, String without) throws IOException {
        return files(root, without).stream().map(file -> dotted(root.relativize(file).toString().replace(".class", "")))
                .filter(name -> !LOCAL.matcher(name).find() && !name.endsWith("-info"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Path> files(Path root, String without) throws IOException {
        try (Stream<Path> walk = Files.walk(root.resolve("hesse"))) {
            return walk.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !dotted(root.relativize(file).toString()).startsWith(dotted(without))).toList();
        }
    }

    private static String topLevel(String internalName) {
        int nested = internalName.indexOf('$');
        return dotted(nested < 0 ? internalName : internalName.substring(0, nested));
    }

    private static String dotted(String path) {
        return path.replace('\\', '.').replace('/', '.');
    }
}
