package io.embedim.examples.demo;

import io.embedim.ImServer;
import io.embedim.model.GroupId;
import io.embedim.model.Page;
import io.embedim.model.PageRequest;
import io.embedim.model.UserId;
import io.embedim.session.Session;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Who is here, with names: the session store says who, the joins said under which name. Lists at most the sessions of one page. */
final class Directory {

    private static final PageRequest FIRST = PageRequest.first(PageRequest.MAX_LIMIT);

    private final ImServer server;
    private final Names names;

    Directory(ImServer server, Names names) {
        this.server = server;
        this.names = names;
    }

    List<Person> online() throws IOException {
        return people(server.sessions().all(FIRST));
    }

    List<Person> members(GroupId group) throws IOException {
        return people(server.sessions().inGroup(group, FIRST));
    }

    private List<Person> people(CompletionStage<Page<Session>> sessions) throws IOException {
        Map<UserId, Person> found = new LinkedHashMap<>();
        for (Session session : await(sessions).items()) {
            Person named = names.of(session.id()).orElse(null);
            UserId user = session.user() != null ? session.user() : named != null ? named.user() : null;
            if (user != null) {
                boolean fits = named != null && named.user().equals(user);
                found.putIfAbsent(user, fits ? named : new Person(user, user.value()));
            }
        }
        return List.copyOf(found.values());
    }

    private Page<Session> await(CompletionStage<Page<Session>> page) throws IOException {
        try {
            return page.toCompletableFuture().get(server.limits().backendTime().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the session store does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
