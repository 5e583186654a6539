package io.tickmesh.client.sockjs;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The ids of a node's SockJS sessions over HTTP, whose requests may come to any of its event loops. */
public final class SockJsSessions {
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final Set<String> receiving = ConcurrentHashMap.newKeySet();

    /** Whether no session is open, nor about to close. */
    public boolean isEmpty() {
        return open.isEmpty();
    }

    boolean isOpen(String id) {
        return open.contains(id);
    }

    /** Whether a request for that path belongs to a session that is open. */
    public boolean owns(String path) {
        int end = path.lastIndexOf('/');
        int start = path.lastIndexOf('/', end - 1);
        return start >= 0 && isOpen(path.substring(start + 1, end));
    }

    void opened(String id) {
        open.add(id);
    }

    void closed(String id) {
        open.remove(id);
    }

    /** A request came that takes the frames of the session; false if another one does already. */
    boolean beginReceiving(String id) {
        return receiving.add(id);
    }

    void endReceiving(String id) {
        receiving.remove(id);
    }
}
