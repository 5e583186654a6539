package io.tickmesh.channel;

import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The handlers of this node by the type of their messages. */
final class Handlers {
    /** What clients may send according to the contract, or to what this service adds to it. */
    private static final Set<String> TAKEN = Set.of("ping", "subscribe", "unsubscribe", "presence");

    private final Map<String, MessageHandler> handlers = new HashMap<>();

    Handlers(Iterable<MessageHandler> found) {
        for (MessageHandler each : found) {
            String type = each.type();
            MessageHandler before = handlers.putIfAbsent(type, each);
            if (before != null || TAKEN.contains(type)) {
                throw new IllegalStateException("two handlers of messages of type " + type + ": "
                        + each.getClass().getName() + " and "
                        + (before == null
                                ? "the service itself"
                                : before.getClass().getName()));
            }
        }
    }

    static Handlers installed() {
        return new Handlers(ServiceLoader.load(MessageHandler.class));
    }

    Set<String> types() {
        return Set.copyOf(handlers.keySet());
    }

    @Nullable
    MessageHandler of(String type) {
        return handlers.get(type);
    }
}
