package hesse.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands as a person types them: what is printed, where, and the exit code. */
class CommandLineTest {
    private static final String ROSENBROCK = "100*(y-x^2)^2 + (1-x)^2";

    @TempDir
    private Path folder;

    private static Map<String, Object> json(String line) throws IOException {
        return JSON.std.mapFrom(line);
    }

    private static double[] numbers(Object list) {
        return ((List<?>) list).stream().mapToDouble(value -> Double.parseDouble(value.toString())).toArray();
    }

    @Test
    void aReadableAnswer() {
        CommandRun run = CommandRun.of("analyze", ROSENBROCK, "--at", "x=-1.2,y=1");
        assertEquals("", run.err());
        assertEquals(0, run.code());
        for (String line : List.of(
                "value           24.2",
                "gradient                  -215.6             -88",
                "Hessian         x             1330             480",
                "kind of point   regular: the gradient is not small",
                "curvature              1504.5091   positive: the cost falls more slowly than the gradient predicts, "
                        + "and in the end rises",
                "quadratic              18.021612   predicted")) {
            assertTrue(run.out().contains(line), line + " missing in\n" + run.out());
        }
    }

    @Test
    void everyKeyOfTheJsonAnswer() throws IOException {
        CommandRun run = CommandRun.of("analyze", "-x^2*y", "--at", "y=2,x=3", "--json", "--constraints",
                "-x+y; x*y^2;");
        assertEquals(0, run.code(), run.err());
        assertEquals(1, run.out().lines().count());
        Map<String, Object> answer = json(run.out());
        assertEquals(List.of("variables", "at", "value", "gradient", "hessian", "eigenvalues", "eigenvectors",
                "classification", "curvature", "constraints", "jacobian"), List.copyOf(answer.keySet()));
        assertEquals(List.of("y", "x"), answer.get("variables"));
        assertEquals(-18.0, answer.get("value"));
        assertArrayEquals(new double[] {-9, -12}, numbers(answer.get("gradient")));
        assertArrayEquals(new double[] {-6, -4}, numbers(((List<?>) answer.get("hessian")).get(1)));
        assertEquals("regular", answer.get("classification"));
        assertArrayEquals(new double[] {-1, 12}, numbers(answer.get("constraints")));
        assertArrayEquals(new double[] {12, 4}, numbers(((List<?>) answer.get("jacobian")).get(1)));
        assertEquals(List.of("slope", "curvature", "kind", "step", "linearDecrease", "quadraticDecrease",
                "actualDecrease", "bestStep", "largestStableStep", "conditionNumber", "inertia"),
                List.copyOf(((Map<?, ?>) answer.get("curvature")).keySet()));
    }

    @Test
    void numbersThatJsonCannotWriteAreTexts() throws IOException {
        Map<String, Object> answer = json(CommandRun.of("analyze", "1/x", "--at", "x=0", "--json").out());
        assertEquals("Infinity", answer.get("value"));
        assertArrayEquals(new double[] {Double.NEGATIVE_INFINITY}, numbers(answer.get("gradient")));
        assertEquals("not finite", answer.get("classification"));
        assertEquals("NaN", json(CommandRun.of("analyze", "log(x)", "--at", "x=-1", "--json").out()).get("value"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "x^2+|column 5: the formula ends where an operand is expected",
        "x^2+z|column 5: unknown variable \"z\"; there are x",
        "--jsn|column 3: unknown variable \"jsn\"; there are x"
    })
    void badFormulas(String formula, String message) {
        CommandRun run = CommandRun.of("analyze", formula, "--at", "x=1");
        assertEquals(2, run.code());
        assertEquals("", run.out());
        assertEquals("hesse: " + message, run.err().lines().findFirst().orElse(""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "x|--at \"x\": expected name=value, as in x=-1.2,y=1",
        "x=1,|--at \"\": expected name=value, as in x=-1.2,y=1",
        "x=one|--at x: \"one\" is no number",
        "x=1,x=2|--at gives x twice",
        "2=1|--at \"2=1\": expected name=value, as in x=-1.2,y=1"
    })
    void badPoints(String at, String message) {
        CommandRun run = CommandRun.of("analyze", "x", "--at", at);
        assertEquals(2, run.code());
        assertEquals("hesse: " + message, run.err().lines().findFirst().orElse(""));
    }

    @Test
    void badUsage() {
        assertEquals("hesse: --at is missing: give the point, as in --at x=1,y=2",
                CommandRun.of("analyze", "x").err().lines().findFirst().orElse(""));
        assertTrue(CommandRun.of("analyze", "--at", "x=1").err().startsWith("hesse: no formula"));
        assertTrue(CommandRun.of("analyze", "x", "+", "1", "--at", "x=1").err()
                .startsWith("hesse: expected one formula, found 3"));
        assertTrue(CommandRun.of("analyze", "x", "--at", "x=1", "--plot", "a.pdf").err()
                .contains("must end in .svg or .png"));
        assertTrue(CommandRun.of("analyze", "--batch", "absent.jsonl").err().contains("absent.jsonl: no such file"));
        assertTrue(CommandRun.of("analyze", "x", "--batch", "f").err()
                .contains("--batch reads everything from its file"));
        assertTrue(CommandRun.of().err()
                .startsWith("hesse: no command: analyze, minimize, fit, demo, bench, compare or tune"));
        assertTrue(CommandRun.of("frob").err().contains("frob"));
        for (CommandRun run : List.of(CommandRun.of("analyze", "x"), CommandRun.of(), CommandRun.of("frob"),
                CommandRun.of("analyze", "--batch", "absent.jsonl"))) {
            assertEquals(2, run.code());
        }
        assertEquals(0, CommandRun.of("--version").code());
        assertEquals(0, CommandRun.of("analyze", "--help").code());
    }

    @Test
    void oneAnswerALineEvenForBadLines() throws IOException {
        Path file = folder.resolve("batch.jsonl");
        Files.writeString(file, """
                {"id":"a","expression":"x*y","variables":["x","y"],"at":[2,3],"other":{"deep":[1]}}

                {"id":"b","expression":"x*z","variables":["x"],"at":[2]}
                {"id":7,"expression":"-x","at":{"x":2},"constraints":["x^2"]}
                nonsense
                {"id":"c","expression":"x","variables":["x"],"at":[1,2]}
                {"id":"d","expression":"x","variables":["x","y"],"at":{"x":1}}
                {"id":"e","variables":["x"],"at":[1]}
                {"id":"f","expression":"x/y","variables":["y","x"],"at":{"x":1,"y":4}}
                {"id":"g","expression":"x","variables":["x"],"at":["NaN"]}
                """);
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"),
                "hesse.cli.Main", "analyze", "--batch", file.toString(), "--json").start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines().toList();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(9, lines.size(), err);
        assertEquals(6.0, json(lines.get(0)).get("value"));
        assertEquals("a", json(lines.get(0)).get("id"));
        assertEquals("column 3: unknown variable \"z\"; there are x", json(lines.get(1)).get("error"));
        assertArrayEquals(new double[] {4}, numbers(json(lines.get(2)).get("constraints")));
        assertEquals("7", json(lines.get(2)).get("id"));
        assertTrue(json(lines.get(3)).get("error").toString().startsWith("not a JSON object in one line"));
        assertEquals("1 variables (x) but 2 values", json(lines.get(4)).get("error"));
        assertEquals("\"at\" gives no value for y", json(lines.get(5)).get("error"));
        assertEquals("\"expression\" must be a text", json(lines.get(6)).get("error"));
        assertEquals(0.25, json(lines.get(7)).get("value"));
        assertEquals("NaN", json(lines.get(8)).get("value"));
        assertTrue(err.startsWith("5 lines could not be answered"), err);
    }

    @Test
    void plots() throws IOException {
        for (String formula : List.of(ROSENBROCK, "x^3-x*y^2", "x+y", "exp(10*x)*y", "0*x*y", "log(x)+y")) {
            Path svg = folder.resolve("deep/p.svg");
            Path png = folder.resolve("p.PNG");
            assertEquals(0, CommandRun.of("analyze", formula, "--at", "x=0.1,y=0.2", "--plot", svg.toString()).code());
            CommandRun run = CommandRun.of("analyze", formula, "--at", "x=0.1,y=0.2", "--plot", png.toString());
            assertEquals(0, run.code(), run.err());
            assertTrue(Files.readString(svg).contains("<svg"), formula);
            assertTrue(ImageIO.read(png.toFile()).getWidth() > 800, formula);
        }
    }

    @Test
    void theDemoAgreesWithItsAnswers() {
        CommandRun run = CommandRun.of("demo", "--out", folder.toString());
        assertEquals(0, run.code(), run.out() + run.err());
        assertTrue(run.out().endsWith("All answers agree.\n"), run.out());
        assertTrue(Files.exists(folder.resolve("demo-misra1a.svg")));
        assertTrue(Files.exists(folder.resolve("demo-cancer.png")));
        System.out.print(run.out());
    }

    @Test
    void minimizeTellsEveryStep() throws IOException {
        Path plot = folder.resolve("path.png");
        CommandRun run = CommandRun.of("minimize", ROSENBROCK, "--from", "x=-1.2,y=1", "--method", "trust_region,lbfgs",
                "--plot", plot.toString(), "--convergence", folder.resolve("steps.svg").toString());
        assertEquals(0, run.code(), run.err());
        for (String text : List.of("trust_region: converged gradient", "lbfgs: converged gradient", "by quadratic",
                "positive", "x                              1")) {
            assertTrue(run.out().contains(text), text + " missing in\n" + run.out());
        }
        assertTrue(ImageIO.read(plot.toFile()).getWidth() > 800);
        assertTrue(Files.readString(folder.resolve("steps.svg")).contains("<svg"));
        Map<String, Object> answer = json(CommandRun.of("minimize", "-x-y", "--from", "x=0,y=0", "--bounds",
                "0<=x<=1; y<=5", "--subject-to", "x+y<=3; x>=0.5", "--json").out());
        assertEquals(-3, ((Number) answer.get("value")).doubleValue(), 1e-7);
        assertEquals("interior_point", answer.get("method"));
        assertEquals(2, numbers(answer.get("multipliers")).length);
    }

    @Test
    void pointsThatAreNotFiniteHaveNoCurvature() throws IOException {
        for (String point : List.of("log(x)|x=-1", "sqrt(x)|x=0", "exp(x)|x=800", "1/x|x=0", "x*log(x)|x=0")) {
            String[] parts = point.split("\\|");
            CommandRun run = CommandRun.of("analyze", parts[0], "--at", parts[1]);
            assertEquals(0, run.code(), run.err());
            assertTrue(run.out().contains("not finite") && !run.out().contains("the cost falls"), run.out());
            assertTrue(CommandRun.of("analyze", parts[0], "--at", parts[1], "--json").out()
                    .contains("\"inertia\":null"));
        }
    }

    @Test
    void minimizeTellsSecondOrder() {
        CommandRun wells = CommandRun.of("minimize", "(x^2-1)^2", "--from", "x=0");
        assertTrue(wells.code() == 0 && wells.out().contains("sufficient: the cost curves up"), wells.out());
        assertTrue(CommandRun.of("minimize", "(x+y-1)^2", "--from", "x=0,y=0").out()
                .contains("not decided: second derivatives are 0 in 1 directions"));
        CommandRun bound = CommandRun.of("minimize", "-x^2", "--from", "x=0", "--bounds", "-1<=x<=2");
        assertTrue(bound.code() == 0 && bound.out().contains("held by a bound, multiplier -4"), bound.out());
        assertTrue(CommandRun.of("minimize", "1e10+100*(y-x^2)^2+(1-x)^2", "--from", "x=-1.2,y=1").out()
                .contains("below the rounding"));
        assertTrue(CommandRun.of("minimize", "(x-1)^2", "--from", "x=0", "--method", "interior_point", "--bounds",
                "x>=2").out().contains("complementarity leaves"));
    }

    @Test
    void minimizeSaysWhyItFails() {
        CommandRun unbounded = CommandRun.of("minimize", "-x^2", "--from", "x=1");
        assertEquals(1, unbounded.code());
        assertTrue(unbounded.out().contains("unbounded"), unbounded.out());
        assertEquals(1, CommandRun.of("minimize", "x^2", "--from", "x=1", "--subject-to", "x>=3; x<=1").code());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "minimize x^2 --from x=1 --method quick|--method quick: known are auto",
        "minimize x^2 --from x=1 --bounds x>2|expected a relation",
        "minimize x^2 --from x=1 --bounds z<=2|expected a variable (x) and a number",
        "minimize x^2 --from x=1 --bounds x<=two|\"two\" is no number",
        "minimize x^2 --from x=1 --subject-to x|expected a relation",
        "minimize x^2 --from x|--from \"x\": expected name=value",
        "minimize x^2 --from x=1 --method gradient_fixed|needs stepSize",
        "fit nothing.csv --model x --start b=1|no such file",
        "fit pom.xml --start b=1|--model is missing"})
    void badUsageOfOptimisers(String line, String message) {
        CommandRun run = CommandRun.of(line.split(" "));
        assertEquals(2, run.code(), run.out());
        assertTrue(run.err().contains(message), run.err());
    }

    @Test
    void fitReadsCsvAndNist() throws IOException {
        Path csv = folder.resolve("line.csv");
        Files.writeString(csv, "t, y\n0, 1.1\n1, 2.9\n2, 5.2\n3, 6.8\n4, 9.1\n");
        Map<String, Object> answer = json(CommandRun.of("fit", csv.toString(), "--model", "a+b*t", "--start", "a=0,b=0",
                "--json").out());
        assertArrayEquals(new double[] {1.04, 1.99}, numbers(answer.get("parameters")), 1e-9);
        assertEquals(3, answer.get("degreesOfFreedom"));
        CommandRun robust = CommandRun.of("fit", csv.toString(), "--model", "a+b*t", "--start", "a=0,b=0", "--loss",
                "huber:0.1", "--bounds", "a>=0");
        assertEquals(0, robust.code(), robust.err());
        assertTrue(robust.out().contains("standard error"), robust.out());
        Path nist = folder.resolve("Misra1a.dat");
        Files.write(nist, CommandLineTest.class.getResourceAsStream("/hesse/cli/demo/Misra1a.dat").readAllBytes());
        CommandRun run = CommandRun.of("fit", nist.toString(), "--start", "2");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("238.94213"), run.out());
        Files.writeString(csv, "t,y\n1,2\n3,x\n");
        CommandRun bad = CommandRun.of("fit", csv.toString(), "--model", "a*t", "--start", "a=1");
        assertEquals(2, bad.code());
        assertTrue(bad.err().contains("line 3: column y: \"x\" is no number"), bad.err());
    }

    /** Errors that are infinite or absent, by the user's names; exact data and stuck starts by their exit codes. */
    @Test
    void fitTellsWhatIsOpenExactOrStuck() throws IOException {
        Path csv = folder.resolve("exact.csv");
        Files.writeString(csv, "x,y\n" + IntStream.range(0, 10).mapToObj(i -> i + "," + (2 * i + 1) + "\n")
                .collect(Collectors.joining()));
        assertEquals(0, CommandRun.of("fit", csv.toString(), "--model", "a*x+b", "--start", "a=1,b=3").code());
        CommandRun open = CommandRun.of("fit", csv.toString(), "--model", "a*x+c+d", "--start", "a=1,c=0,d=0");
        assertEquals(0, open.code());
        assertTrue(open.out().contains("the data say nothing about 1.000 c - 1.000 d")
                && open.out().contains("infinite"), open.out());
        Map<String, Object> answer = json(CommandRun.of("fit", csv.toString(), "--model", "a*x+c+d",
                "--start", "a=1,c=0,d=0", "--json").out());
        assertEquals(List.of("Infinity", "Infinity"), ((List<?>) answer.get("standardErrors")).subList(1, 3));
        CommandRun held = CommandRun.of("fit", csv.toString(), "--model", "a*x+b", "--start", "a=1,b=3", "--bounds",
                "a>=2.5; 3<=b<=3");
        assertTrue(held.out().contains("at its bound") && held.out().contains("fixed")
                && held.out().contains("10 degrees of freedom"), held.out());
        CommandRun stuck = CommandRun.of("fit", csv.toString(), "--model", "exp(-(x-m)^2)", "--start", "m=1000");
        assertEquals(1, stuck.code());
        assertTrue(stuck.out().contains("stuck: never moved from m = 1000.0"), stuck.out());
        CommandRun not = CommandRun.of("fit", csv.toString(), "--model", "x^m*exp(x/c)", "--start", "m=0,c=0");
        assertEquals(1, not.code());
        assertTrue(not.out().contains("residual 1 is NaN at the start, m = 0.0, c = 0.0")
                && !not.out().contains("say nothing"), not.out());
    }
}
