package hesse.jmh;

import hesse.ChildJvm;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The outcome of a rival in a JVM of its own.
 *
 * @param lines what it printed
 * @param why why it is not available; null where it is
 * @param failed whether it is available but did something wrong
 */
public record RivalJvm(List<String> lines, String why, boolean failed) {
    /**
     * Exit code of a rival that is absent. 1 is a failure of its own, or a crash where HotSpot printed one; the code of
     * a signal is a crash.
     */
    public static final int ABSENT = 2;
    private static final List<String> FLAGS = List.of("-Xmx2g", "--enable-native-access=ALL-UNNAMED",
            "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=target/jmh/rival-crash.log");
    private static final int MINUTES = 5;

    /** Runs a main class, which ends by {@link #end} where something goes wrong. */
    public static RivalJvm run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        Process process = ChildJvm.of(main, FLAGS, arguments).start();
        Thread alarm = Thread.ofVirtual().start(() -> {
            try {
                if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException done) {
                Thread.currentThread().interrupt();
            }
        });
        List<String> lines = process.inputReader().lines().filter(line -> !line.startsWith("WARNING")).toList();
        int code = process.waitFor();
        alarm.interrupt();
        // without a core file HotSpot ends a crash with 1
        boolean isCrash = code > ABSENT
                || lines.stream().anyMatch(line -> line.startsWith("# A fatal error has been detected"));
        if (isCrash) {
            return new RivalJvm(lines, "its JVM ended with exit code " + code + crash(lines), false);
        }
        return new RivalJvm(lines, code == ABSENT ? lines.isEmpty() ? "absent" : lines.getLast() : null, code == 1);
    }

    /** HotSpot's account of a crash: the signal and the frame; empty where it printed none. */
    private static String crash(List<String> lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("^# *", "");
            boolean isFrame = i > 0 && lines.get(i - 1).startsWith("# Problematic frame");
            text.append(isFrame || line.startsWith("SIG") ? "; " + line : "");
        }
        return text.toString();
    }

    /** Ends this JVM: a library that cannot be linked is absent, all else is a failure. */
    public static void end(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = below(cause)) {
            if (cause instanceof LinkageError) {
                System.out.println(cause.toString().lines().findFirst().orElse(""));
                System.exit(ABSENT);
            }
        }
        thrown.printStackTrace(System.out);
        System.exit(1);
    }

    /** The cause of a throwable, else the first that it suppressed; null where there is neither. */
    private static Throwable below(Throwable thrown) {
        Throwable[] suppressed = thrown.getSuppressed();
        return thrown.getCause() != null ? thrown.getCause() : suppressed.length == 0 ? null : suppressed[0];
    }
}
