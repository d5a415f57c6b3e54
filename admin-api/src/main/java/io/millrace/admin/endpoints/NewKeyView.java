package io.millrace.admin.endpoints;

/**
 * A key that was made just now.
 *
 * @param id by which it is known
 * @param secret what the receiver checks signatures with; it is shown this once and never again
 */
record NewKeyView(String id, String secret) {}
