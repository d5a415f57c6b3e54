package io.millrace.admin.quarantine;

/**
 * Why a message is given up.
 *
 * @param note for people
 */
record DiscardRequest(String note) {}
