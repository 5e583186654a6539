package io.tickmesh.client.sse;

/**
 * The head of a frame of the native dialect. Those that have a position begin with it:
 *
 * <pre> {"type":"tick","topic":"trade/fmp:AAPL","epoch":1827302400000,"seq":42,... </pre>
 *
 * @param topic empty, like the position, for all others
 */
record NativeEvent(String type, String topic, long epoch, long seq) {
    private static final String TYPE = "{\"type\":\"";
    private static final String TOPIC = "\",\"topic\":\"";
    private static final String EPOCH = "\",\"epoch\":";
    private static final String SEQ = ",\"seq\":";

    static NativeEvent of(String frame) {
        int typeEnd = frame.indexOf('"', TYPE.length());
        String type = frame.substring(TYPE.length(), typeEnd);
        if (!type.equals("tick") && !type.equals("snapshot") && !type.equals("reset")) {
            return new NativeEvent(type, "", 0, 0);
        }
        int topicAt = typeEnd + TOPIC.length();
        int topicEnd = frame.indexOf('"', topicAt);
        int epochAt = topicEnd + EPOCH.length();
        int epochEnd = frame.indexOf(',', epochAt);
        int seqAt = epochEnd + SEQ.length();
        int seqEnd = frame.indexOf(',', seqAt);
        return new NativeEvent(
                type,
                frame.substring(topicAt, topicEnd),
                Long.parseLong(frame, epochAt, epochEnd, 10),
                Long.parseLong(frame, seqAt, seqEnd, 10));
    }

    boolean isPosition() {
        return !topic.isEmpty();
    }
}
