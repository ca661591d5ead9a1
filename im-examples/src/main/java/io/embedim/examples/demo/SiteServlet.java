package io.embedim.examples.demo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.util.Optional;

/** The site, in a servlet container. */
final class SiteServlet extends HttpServlet {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Site site;

    SiteServlet(Site site) {
        this.site = site;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Answer answer = site.answer(new Asked(request));
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        if (answer.status() == Answer.NOT_MODIFIED) {
            return;
        }
        response.setContentLengthLong(answer.length());
        if (!request.getMethod().equals("HEAD")) {
            answer.writeTo(response.getOutputStream());
        }
    }

    private record Asked(HttpServletRequest request) implements Question {

        @Override
        public String method() {
            return request.getMethod();
        }

        @Override
        public String path() {
            String info = request.getPathInfo();
            return info == null ? request.getServletPath() : request.getServletPath() + info;
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
