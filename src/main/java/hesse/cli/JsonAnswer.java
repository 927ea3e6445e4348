package hesse.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import hesse.curvature.Curvature;
import hesse.curvature.Inertia;
import hesse.matrix.SymmetricMatrix;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Answers as JSON, an object a line. Numbers round-trip; those that are not finite are the strings "NaN", "Infinity",
 * "-Infinity".
 */
final class JsonAnswer implements AutoCloseable {
    private static final int LONGEST_ERROR = 1_000;

    private final JsonGenerator json;

    JsonAnswer(OutputStream out) throws IOException {
        json = new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.setRootValueSeparator(new SerializedString(""));
    }

    void write(Problem problem, Analysis analysis) throws IOException {
        Curvature curvature = analysis.curvature();
        SymmetricMatrix hessian = curvature.hessian();
        double[] eigenvalues = curvature.eigenvalues();
        json.writeStartObject();
        id(problem.id());
        json.writeArrayFieldStart("variables");
        for (String variable : problem.variables()) {
            json.writeString(variable);
        }
        json.writeEndArray();
        vector("at", problem.at());
        json.writeNumberField("value", curvature.value());
        vector("gradient", curvature.gradient());
        json.writeArrayFieldStart("hessian");
        double[] row = new double[eigenvalues.length];
        for (int i = 0; i < row.length; i++) {
            for (int j = 0; j < row.length; j++) {
                row[j] = hessian.get(i, j);
            }
            vector(row);
        }
        json.writeEndArray();
        vector("eigenvalues", eigenvalues);
        json.writeArrayFieldStart("eigenvectors");
        for (int k = 0; k < eigenvalues.length; k++) {
            vector(curvature.eigenvector(k));
        }
        json.writeEndArray();
        json.writeStringField("classification", name(curvature.classification()));
        curvature(analysis);
        if (analysis.constraints() != null) {
            vector("constraints", analysis.constraints());
            rows("jacobian", analysis.jacobian());
        }
        end();
    }

    private void curvature(Analysis analysis) throws IOException {
        Curvature curvature = analysis.curvature();
        json.writeObjectFieldStart("curvature");
        json.writeNumberField("slope", analysis.along().slope());
        json.writeNumberField("curvature", analysis.along().curvature());
        json.writeStringField("kind", name(analysis.along().kind()));
        json.writeNumberField("step", analysis.step());
        json.writeNumberField("linearDecrease", analysis.prediction().linear());
        json.writeNumberField("quadraticDecrease", analysis.prediction().quadratic());
        json.writeNumberField("actualDecrease", analysis.prediction().actual());
        json.writeNumberField("bestStep", curvature.bestStep());
        json.writeNumberField("largestStableStep", curvature.largestStableStep());
        json.writeNumberField("conditionNumber", curvature.conditionNumber());
        inertia(curvature.inertia());
        json.writeEndObject();
    }

    /** The numbers of positive, zero and negative eigenvalues; null where the Hessian is not finite. */
    private void inertia(Inertia inertia) throws IOException {
        if (inertia == null) {
            json.writeNullField("inertia");
            return;
        }
        json.writeObjectFieldStart("inertia");
        json.writeNumberField("positive", inertia.positive());
        json.writeNumberField("zero", inertia.zero());
        json.writeNumberField("negative", inertia.negative());
        json.writeEndObject();
    }

    /** The answer to a line of a batch that cannot be answered. */
    void writeError(String id, long line, String message) throws IOException {
        json.writeStartObject();
        id(id);
        json.writeNumberField("line", line);
        json.writeStringField("error", message.length() <= LONGEST_ERROR ? message
                : message.substring(0, LONGEST_ERROR) + " ...");
        end();
    }

    /** Ends an object and its line, and flushes: a caller may wait for an answer before it asks more. */
    private void end() throws IOException {
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    private void id(String id) throws IOException {
        if (id != null) {
            json.writeStringField("id", id);
        }
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void rows(String field, double[][] rows) throws IOException {
        json.writeArrayFieldStart(field);
        for (double[] row : rows) {
            vector(row);
        }
        json.writeEndArray();
    }

    private void vector(String field, double[] values) throws IOException {
        json.writeFieldName(field);
        vector(values);
    }

    private void vector(double[] values) throws IOException {
        json.writeArray(values, 0, values.length);
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
