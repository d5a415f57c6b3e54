package io.millrace.worker.httpcall;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was kept of an answer.
 *
 * @param status from 200 to 599
 * @param headers the values of those that the payload asked for and that were there
 * @param body as text or in Base64, as the payload asked; null if it did not
 * @param truncated whether there was more of the body than was to be kept
 */
public record HttpCallResult(
    int status, Map<String, List<String>> headers, @Nullable String body, boolean truncated) {}
