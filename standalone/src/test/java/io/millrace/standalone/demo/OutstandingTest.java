package io.millrace.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.contract.JobId;
import io.millrace.core.job.JobState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OutstandingTest {

  private final Map<UUID, JobState> database = new HashMap<>();
  private final List<Integer> asked = new ArrayList<>();
  private final Outstanding outstanding = new Outstanding();

  @Test
  void countsEveryJobOnce() {
    JobId good = publish("1");
    JobId bad = publish("2");
    publish("3");

    database.put(good.value(), JobState.SUCCEEDED);
    outstanding.look(this::ended);
    database.put(bad.value(), JobState.FAILED);
    outstanding.look(this::ended);
    outstanding.look(this::ended);

    assertThat(outstanding.done()).isEqualTo(2);
    assertThat(outstanding.failed()).isEqualTo(1);
  }

  @Test
  void asksNoFurtherThanTheOldestGroupWithoutAnEnd() {
    for (int i = 0; i < 5_000; i++) {
      publish(Integer.toString(i));
    }

    outstanding.look(this::ended);

    assertThat(asked).containsExactly(2_000);
  }

  private JobId publish(String messageId) {
    JobId id = JobId.of(Run.TENANT, messageId);
    outstanding.add(id);
    return id;
  }

  private Map<UUID, JobState> ended(List<UUID> ids) {
    asked.add(ids.size());
    Map<UUID, JobState> ended = new HashMap<>(database);
    ended.keySet().retainAll(ids);
    return ended;
  }
}
