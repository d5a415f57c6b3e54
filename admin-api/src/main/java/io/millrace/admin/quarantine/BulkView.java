package io.millrace.admin.quarantine;

import java.util.List;
import java.util.UUID;

/**
 * What became of many messages.
 *
 * @param done with how many it was done
 * @param refused with which it could not be, and why
 */
record BulkView(int done, List<RefusedView> refused) {

  /** A message with which it could not be done; it stays as it is. */
  record RefusedView(UUID id, String detail) {}
}
