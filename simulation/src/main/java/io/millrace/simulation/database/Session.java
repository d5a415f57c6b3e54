package io.millrace.simulation.database;

import io.millrace.client.contract.JobId;
import io.millrace.simulation.kernel.Node;
import io.millrace.simulation.kernel.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A transaction on its connection. */
final class Session {

  final Task task;
  final Map<JobId, Row> written = new LinkedHashMap<>();
  final Set<JobId> locked = new LinkedHashSet<>();
  final Set<String> claimedKeys = new LinkedHashSet<>();
  final List<JobId> effects = new ArrayList<>();
  final Set<UUID> quarantined = new LinkedHashSet<>();
  final List<JobId> cancelled = new ArrayList<>();
  @Nullable Map<String, Instant> droppedUntil;
  boolean lost;
  @Nullable Session waitsFor;

  Session(Task task) {
    this.task = task;
  }

  Node node() {
    return task.node();
  }
}
