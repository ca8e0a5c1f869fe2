package io.oodmonitor.report;

import com.samskivert.mustache.Mustache;
import io.oodmonitor.evaluation.Evaluation;
import io.oodmonitor.evaluation.ResultTable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** An evaluation for people: one HTML file that needs nothing besides itself. */
public final class HtmlReport {

    private static final String UPLOT_VERSION = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";

    private HtmlReport() {
    }

    /**
     * Writes the page over whatever is there.
     *
     * @param table of the same evaluation
     */
    public static void write(Path file, Evaluation evaluation, ResultTable table) throws IOException {
        Files.writeString(file, html(evaluation, table));
    }

    static String html(Evaluation evaluation, ResultTable table) throws IOException {
        String uplot = "/META-INF/resources/webjars/uplot/" + uplotVersion() + "/";
        Map<String, Object> parts = Map.of(
                "uplotCss", text(uplot + "dist/uPlot.min.css"),
                "uplotScript", text(uplot + "dist/uPlot.iife.min.js"),
                "uplotLicence", text(uplot + "LICENSE"),
                "css", text("report.css"),
                "script", text("report.js"),
                "data", ChartData.json(evaluation, table),
                "page", Page.of(evaluation, table));
        // Values are escaped for HTML, by default; three braces in the template take ours as they are.
        return Mustache.compiler().compile(new StringReader(text("report.mustache"))).execute(parts);
    }

    private static String uplotVersion() throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text(UPLOT_VERSION)));
        return properties.getProperty("version");
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = HtmlReport.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException("the program lacks " + resource + ": build it anew with mvn package");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
