package io.embedim.testkit.contract;

import io.embedim.conversation.ConversationId;
import io.embedim.conversation.Marks;
import io.embedim.conversation.Position;
import io.embedim.conversation.Watermarks;
import io.embedim.model.UserId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Watermarks that break one rule each. */
final class BrokenWatermarks {

    private BrokenWatermarks() {}

    /** Correct ones with places to do something wrong. */
    static class Hooked implements Watermarks {

        record Key(UserId user, ConversationId conversation) {}

        final Map<Key, Marks> all = new ConcurrentHashMap<>();

        Key key(UserId user, ConversationId conversation) {
            return new Key(user, conversation);
        }

        Marks advanced(Marks before, Kind kind, Position position) {
            return before.advanced(kind, position);
        }

        @Override
        public CompletionStage<Marks> find(UserId user, ConversationId conversation) {
            return now(all.getOrDefault(key(user, conversation), Marks.NONE));
        }

        @Override
        public CompletionStage<Marks> advance(
                UserId user, ConversationId conversation, Kind kind, Position position) {
            Marks after = all.merge(
                    key(user, conversation),
                    advanced(Marks.NONE, kind, position),
                    (before, first) -> advanced(before, kind, position));
            return now(after);
        }

        @Override
        public CompletionStage<Map<UserId, Marks>> ofAll(ConversationId conversation, int limit) {
            Map<UserId, Marks> found = new HashMap<>();
            all.forEach((key, marks) -> {
                if (key.conversation().equals(conversation) && found.size() < limit) {
                    found.put(key.user(), marks);
                }
            });
            return now(found);
        }

        @Override
        public CompletionStage<Void> forget(UserId user, ConversationId conversation) {
            all.remove(key(user, conversation));
            return CompletableFuture.completedFuture(null);
        }

        static <T> CompletionStage<T> now(T value) {
            return CompletableFuture.completedFuture(value);
        }
    }

    static final class GoesBack extends Hooked {
        @Override
        Marks advanced(Marks before, Kind kind, Position position) {
            return Marks.NONE.advanced(kind, position);
        }
    }

    static final class TakesEqualNumbers extends Hooked {
        @Override
        Marks advanced(Marks before, Kind kind, Position position) {
            return before.read().seq() == position.seq()
                    ? new Marks(position, position)
                    : before.advanced(kind, position);
        }
    }

    static final class LooksAtNumbersAlone extends Hooked {
        @Override
        Marks advanced(Marks before, Kind kind, Position position) {
            Position higher = position.seq() > before.recv().seq() ? position : before.recv();
            return kind == Kind.RECV ? new Marks(before.read(), higher) : before.advanced(kind, position);
        }
    }

    static final class TakesNothingForAPosition extends Hooked {
        @Override
        Marks advanced(Marks before, Kind kind, Position position) {
            return position.seq() == 0 ? new Marks(position, position) : before.advanced(kind, position);
        }
    }

    static final class LeavesReceivedWhereItWas extends Hooked {
        @Override
        Marks advanced(Marks before, Kind kind, Position position) {
            return kind == Kind.READ
                    ? new Marks(before.advanced(kind, position).read(), before.recv())
                    : before.advanced(kind, position);
        }
    }

    static final class TakesReceivedForRead extends Hooked {
        @Override
        Marks advanced(Marks before, Kind kind, Position position) {
            return before.advanced(Kind.READ, position);
        }
    }

    static final class LowersReceived extends Hooked {
        @Override
        Marks advanced(Marks before, Kind kind, Position position) {
            Marks after = before.advanced(kind, position);
            return kind == Kind.READ ? new Marks(after.read(), after.read()) : after;
        }
    }

    static final class AnswersWhatItWasGiven extends Hooked {
        @Override
        public CompletionStage<Marks> advance(UserId user, ConversationId conversation, Kind kind, Position position) {
            return super.advance(user, conversation, kind, position).thenApply(after -> new Marks(position, position));
        }
    }

    /** Looks and writes in two steps, between which all others look too. */
    static final class LooksThenWrites extends Hooked {

        private final CyclicBarrier four = new CyclicBarrier(4);

        @Override
        public CompletionStage<Marks> advance(UserId user, ConversationId conversation, Kind kind, Position position) {
            Marks before = find(user, conversation).toCompletableFuture().join();
            try {
                four.await(1, TimeUnit.SECONDS);
                // The highest writes first, so that another is written over it.
                if (position.seq() < 4) {
                    four.await(1, TimeUnit.SECONDS);
                }
                put(user, conversation, before.advanced(kind, position));
                if (position.seq() == 4) {
                    four.await(1, TimeUnit.SECONDS);
                }
            } catch (TimeoutException | BrokenBarrierException e) {
                four.reset();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return now(before.advanced(kind, position));
        }

        private void put(UserId user, ConversationId conversation, Marks marks) {
            all.put(key(user, conversation), marks);
        }
    }

    static final class HasOneMarkForAUser extends Hooked {
        @Override
        Key key(UserId user, ConversationId conversation) {
            return new Key(user, ConversationId.between(user, user));
        }
    }

    static final class HasOneMarkForAConversation extends Hooked {
        @Override
        Key key(UserId user, ConversationId conversation) {
            return new Key(new UserId("all"), conversation);
        }
    }

    static final class IgnoresLimit extends Hooked {
        @Override
        public CompletionStage<Map<UserId, Marks>> ofAll(ConversationId conversation, int limit) {
            return super.ofAll(conversation, Integer.MAX_VALUE);
        }
    }

    static final class ShowsReadAlone extends Hooked {
        @Override
        public CompletionStage<Map<UserId, Marks>> ofAll(ConversationId conversation, int limit) {
            return super.ofAll(conversation, limit).thenApply(found -> {
                found.replaceAll((user, marks) -> new Marks(marks.read(), marks.read()));
                return found;
            });
        }
    }

    static final class ForgetsNothing extends Hooked {
        @Override
        public CompletionStage<Void> forget(UserId user, ConversationId conversation) {
            return CompletableFuture.completedFuture(null);
        }
    }

    static final class ForgetsTheConversation extends Hooked {
        @Override
        public CompletionStage<Void> forget(UserId user, ConversationId conversation) {
            all.keySet().removeIf(key -> key.conversation().equals(conversation));
            return CompletableFuture.completedFuture(null);
        }
    }
}
