package io.millrace.worker.intake;

import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.broker.QueueNames;
import io.millrace.core.pause.Paused;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which queues a worker consumes, by the types of which it has handlers. */
record TypeQueues(Collection<JobType> types) {

  TypeQueues {
    types = List.copyOf(types);
  }

  /** All of them, what publishers send first. */
  Set<String> all() {
    Set<String> queues =
        types.stream()
            .sorted()
            .flatMap(TypeQueues::ofPublishers)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    types.stream().sorted().map(QueueNames::dispatch).forEach(queues::add);
    queues.add(QueueNames.UNROUTED);
    queues.add(QueueNames.DEAD);
    return queues;
  }

  /** Those to which publishers send jobs of {@code type}. */
  static Stream<String> ofPublishers(JobType type) {
    return Stream.of(Lane.values()).map(lane -> QueueNames.of(type, lane));
  }

  /** Those of which nothing is to begin; the dispatcher's has jobs of all lanes. */
  Set<String> of(Paused paused) {
    Set<String> names = new HashSet<>();
    for (JobType type : types) {
      for (Lane lane : Lane.values()) {
        if (paused.holds(type, lane)) {
          names.add(QueueNames.of(type, lane));
        }
      }
      if (paused.types().contains(type)) {
        names.add(QueueNames.dispatch(type));
      }
    }
    return Set.copyOf(names);
  }
}
