package io.millrace.admin.dependencies;

import org.jspecify.annotations.Nullable;

/**
 * What somebody decides about a circuit. The key stands in the body and not in the path, for it may
 * have any character in it, slashes included.
 *
 * @param key of the dependency
 * @param reason for people; for what is taken back there need be none
 */
record DecisionRequest(String key, @Nullable String reason) {}
