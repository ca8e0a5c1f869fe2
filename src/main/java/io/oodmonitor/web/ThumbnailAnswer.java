package io.oodmonitor.web;

import io.oodmonitor.history.ImageKey;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.pathmap.UriTemplatePathSpec;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A small copy of an image, as soon as it is made. */
final class ThumbnailAnswer extends ReadOnlyAnswer {

    private static final String KEY = "key";

    private final UriTemplatePathSpec path;
    private final Function<ImageKey, Optional<CompletableFuture<byte[]>>> thumbnails;

    /** @param path with a place for the image's key */
    ThumbnailAnswer(UriTemplatePathSpec path, Function<ImageKey, Optional<CompletableFuture<byte[]>>> thumbnails) {
        this.path = path;
        this.thumbnails = thumbnails;
    }

    @Override
    void answer(Request request, Response response, Callback callback) {
        Optional.ofNullable(path.getPathParams(Request.getPathInContext(request))).map(params -> params.get(KEY))
                .flatMap(ImageKey::parse).flatMap(thumbnails)
                .ifPresentOrElse(file -> file.whenComplete((png, failure) -> {
                    if (failure == null) {
                        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "image/png");
                        response.write(true, ByteBuffer.wrap(png), callback);
                    } else {
                        absent(request, response, callback);
                    }
                }), () -> absent(request, response, callback));
    }

    private static void absent(Request request, Response response, Callback callback) {
        Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
    }
}
