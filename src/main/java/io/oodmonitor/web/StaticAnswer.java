package io.oodmonitor.web;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A file that is part of the program. */
final class StaticAnswer extends ReadOnlyAnswer {

    private static final String UPLOT_VERSION = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";

    private final String type;
    private final byte[] body;

    private StaticAnswer(String type, byte[] body) {
        this.type = type;
        this.body = body;
    }

    /** @param resource beside these classes, or absolute */
    static StaticAnswer of(String type, String resource) {
        return new StaticAnswer(type, bytes(resource));
    }

    /** A file of the charts' library, as its webjar has it. */
    static StaticAnswer ofUPlot(String type, String file) {
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(new String(bytes(UPLOT_VERSION), StandardCharsets.UTF_8)));
            return of(type, "/META-INF/resources/webjars/uplot/" + properties.getProperty("version") + "/dist/" + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = StaticAnswer.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException("the program lacks " + resource + ": build it anew with mvn package");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void answer(Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
