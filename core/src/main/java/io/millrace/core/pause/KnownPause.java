package io.millrace.core.pause;

import java.time.Instant;

/**
 * Something that is paused.
 *
 * @param since when it was paused
 * @param by who has paused it
 * @param reason for people
 */
public record KnownPause(PausedPart part, Instant since, String by, String reason) {}
