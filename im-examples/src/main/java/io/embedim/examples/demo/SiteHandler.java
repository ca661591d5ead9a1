package io.embedim.examples.demo;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/** The site, in Grizzly without servlets. */
final class SiteHandler extends HttpHandler {

    private final Site site;

    SiteHandler(Site site) {
        this.site = site;
    }

    @Override
    public void service(Request request, Response response) throws IOException {
        Answer answer = site.answer(new Asked(request));
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        if (answer.status() == Answer.NOT_MODIFIED) {
            return;
        }
        response.setContentLengthLong(answer.length());
        if (!request.getMethod().getMethodString().equals("HEAD")) {
            answer.writeTo(response.getOutputStream());
        }
    }

    private record Asked(Request request) implements Question {

        @Override
        public String method() {
            return request.getMethod().getMethodString();
        }

        /** As it was sent: none of the site's own paths needs an escape, and what has one is none of them. */
        @Override
        public String path() {
            return request.getRequestURI();
        }

        @Override
        public Optional<String> header(String name) {
            return Optional.ofNullable(request.getHeader(name));
        }

        @Override
        public String from() {
            return request.getRemoteAddr();
        }

        @Override
        public InputStream stream() throws IOException {
            return request.getInputStream();
        }
    }
}
