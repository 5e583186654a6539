package io.tickmesh.upstream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a provider wants its sessions treated.
 *
 * @param codesPerFrame the most registrations in one control frame
 * @param framesPerSecond the most control frames in any second
 * @param framesPerMinute the most control frames in any minute; 0 for no such limit
 * @param acknowledges whether a control frame is answered; where not, silence is consent
 * @param answerWithin how long to wait for an answer, or for a complaint; null for the configured time
 * @param pings whether WebSocket pings are sent
 * @param pongsCount whether an answer to them is a sign of life of the feed
 * @param watchdog a session without any sign of life for so long is given up; null for the configured time
 * @param inUsePause how long to wait where the provider most likely still counts a session that is gone;
 *     null for the usual time
 */
public record SessionRules(
        int codesPerFrame,
        int framesPerSecond,
        int framesPerMinute,
        boolean acknowledges,
        @Nullable Duration answerWithin,
        boolean pings,
        boolean pongsCount,
        @Nullable Duration watchdog,
        @Nullable Duration inUsePause) {}
