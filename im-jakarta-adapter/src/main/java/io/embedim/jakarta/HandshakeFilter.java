package io.embedim.jakarta;

import io.embedim.connection.Handshake;
import io.embedim.model.LogText;
import io.embedim.security.Authentication;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in front of the upgrade: here a refusal is still an HTTP status, and the client's address is known.
 *
 * <p>An authenticator that has to look something up is waited for, on the container's thread. An asynchronous request would hold no thread, but Tomcat upgrades in a filter of its
 * own that does not take part in an asynchronous dispatch. So both the time and the number of those who wait are bounded; past that, 503.
 */
final class HandshakeFilter implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(HandshakeFilter.class);
    private static final int MAX_WAITING = 32;
    private static final long GRACE_MILLIS = 1_000;

    private final Registrations registrations;
    private final Semaphore waiting = new Semaphore(MAX_WAITING);

    HandshakeFilter(Registrations registrations) {
        this.registrations = registrations;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest http
                && response instanceof HttpServletResponse answer
                && isUpgrade(http)) {
            Registered registered = registrations.find(path(http));
            if (registered != null) {
                decide(registered, http, answer, chain);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private void decide(
            Registered registered, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Handshake handshake = handshake(request);
        int status = 0;
        Authentication authentication = null;
        if (registered.isClosed() || registered.core().isDraining()) {
            status = HttpServletResponse.SC_SERVICE_UNAVAILABLE;
            registered.core().retryAfter().ifPresent(seconds -> response.setIntHeader("Retry-After", seconds));
        } else if (!registered.options().origins().allow(handshake)) {
            status = HttpServletResponse.SC_FORBIDDEN;
        } else if (registered.options().authenticateBeforeUpgrade()) {
            authentication = authenticate(registered.core(), handshake);
            if (authentication instanceof Authentication.Refused refused) {
                LOG.debug(
                        "event=handshake_refused path={} status={} reason={}",
                        LogText.line(registered.path()),
                        refused.httpStatus(),
                        LogText.line(refused.reason()));
                status = refused.httpStatus();
            }
        }
        if (status != 0) {
            response.setStatus(status);
            response.setContentLength(0);
            return;
        }
        new Admission(registered.core(), request.getRemoteAddr(), authentication, registered.pipes()).enter();
        try {
            chain.doFilter(request, response);
        } finally {
            Admission.leave();
        }
    }

    private Authentication authenticate(Core core, Handshake handshake) {
        CompletableFuture<Authentication> answer = core.authenticate(handshake).toCompletableFuture();
        if (answer.isDone()) {
            return answerOf(answer, 0);
        }
        if (!waiting.tryAcquire()) {
            return unavailable("too many wait to be authenticated");
        }
        try {
            return answerOf(answer, core.limits().backendTime().toMillis() + GRACE_MILLIS);
        } finally {
            waiting.release();
        }
    }

    private static Authentication answerOf(CompletableFuture<Authentication> answer, long millis) {
        try {
            return answer.get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | CancellationException | TimeoutException e) {
            LOG.warn("event=authenticator_failed", LogText.trace(e));
            return unavailable("the authenticator does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unavailable("interrupted");
        }
    }

    private static Authentication unavailable(String reason) {
        return new Authentication.Refused(HttpServletResponse.SC_SERVICE_UNAVAILABLE, reason);
    }

    private static Handshake handshake(HttpServletRequest request) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, Collections.list(request.getHeaders(name)));
        }
        return Handshake.at(request.getContextPath() + path(request))
                .headers(Arrival.joined(headers))
                .query(QueryString.parse(request.getQueryString()))
                .principal(request.getUserPrincipal())
                .remoteAddress(request.getRemoteAddr())
                .build();
    }

    @Override
    public void destroy() {
        registrations.close();
    }

    /** The path in the web application, decoded. */
    private static String path(HttpServletRequest request) {
        String rest = request.getPathInfo();
        return rest == null ? request.getServletPath() : request.getServletPath() + rest;
    }

    private static boolean isUpgrade(HttpServletRequest request) {
        for (String upgrades : Collections.list(request.getHeaders("Upgrade"))) {
            // Not every upgrade: the JDK's client offers h2c with plain requests.
            if (upgrades.toLowerCase(Locale.ROOT).contains("websocket")) {
                return true;
            }
        }
        return false;
    }
}
