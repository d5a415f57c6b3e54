package io.millrace.admin.queues;

/**
 * Why something is paused.
 *
 * @param reason for people
 */
record PauseRequest(String reason) {}
