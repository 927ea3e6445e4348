package hesse.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import hesse.curvature.Curvature;
import hesse.curvature.Inertia;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** Answers as JSON, an object a line. Numbers round-trip; those that are not finite are the strings "NaN", "Infinity", "-Infinity". */
final class JsonAnswer implements AutoCloseable {
    private final JsonGenerator json;

    JsonAnswer(OutputStream out) throws IOException {
        json = new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.setRootValueSeparator(new SerializedString("\n"));
    }

    void write(Problem problem, Analysis analysis) throws IOException {
        Curvature curvature = analysis.curvature();
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
        rows("hessian", curvature.hessian().toArray());
        vector("eigenvalues", curvature.eigenvalues());
        json.writeArrayFieldStart("eigenvectors");
        for (int k = 0; k < curvature.eigenvalues().length; k++) {
            vector(curvature.eigenvector(k));
        }
        json.writeEndArray();
        json.writeStringField("classification", name(curvature.classification()));
        curvature(analysis);
        if (analysis.constraints() != null) {
            vector("constraints", analysis.constraints());
            rows("jacobian", analysis.jacobian());
        }
        json.writeEndObject();
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

    /** Signs; null where the Hessian is not finite. */
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

    /** The answer to a problem that could not be read. */
    void writeError(String id, String message) throws IOException {
        json.writeStartObject();
        id(id);
        json.writeStringField("error", message);
        json.writeEndObject();
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
        json.writeRaw('\n');
        json.close();
    }
}
