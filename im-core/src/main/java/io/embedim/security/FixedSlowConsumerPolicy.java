package io.embedim.security;

import io.embedim.connection.Backlog;
import io.embedim.session.Session;

/** The policies that give every client the same answer. */
enum FixedSlowConsumerPolicy implements SlowConsumerPolicy {
    CLOSE(Answer.CLOSE),
    DROP_OLDEST(Answer.DROP);

    private final Answer answer;

    FixedSlowConsumerPolicy(Answer answer) {
        this.answer = answer;
    }

    @Override
    public Answer decide(Session session, Backlog backlog) {
        return answer;
    }
}
