package io.millrace.admin.endpoints;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent where.
 *
 * @param url {@code https://} or {@code http://}, a host, perhaps a port, a path and a query
 * @param description for people
 * @param eventTypes the types of the events that are wanted; left out or empty for everything
 */
record EndpointRequest(
    String url, @Nullable String description, @Nullable List<String> eventTypes) {}
