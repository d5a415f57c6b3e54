package io.millrace.admin.quarantine;

/**
 * A message in quarantine with what it says.
 *
 * @param properties of AMQP, as a JSON object
 * @param headers as a JSON object
 * @param body not copied
 */
record QuarantinedWhole(Quarantined message, String properties, String headers, byte[] body) {}
