package io.millrace.simulation.database;

import io.millrace.core.dependency.Circuit;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.core.dependency.DependencyState;
import io.millrace.core.store.DependencyStore;
import io.millrace.core.store.JobHead;
import io.millrace.core.store.ParkedStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A world whose jobs call nobody. */
public final class NothingParked implements ParkedStore, DependencyStore {

  @Override
  public List<DependencyKey> awaited(String after, int most) {
    return List.of();
  }

  @Override
  public List<JobHead> lockNext(DependencyKey dependency, int window, String after) {
    return List.of();
  }

  @Override
  public Map<DependencyKey, DependencyState> troubled() {
    return Map.of();
  }

  @Override
  public boolean open(
      DependencyKey key, Circuit from, Duration wait, Duration longest, String reason) {
    throw new UnsupportedOperationException("nobody calls");
  }

  @Override
  public boolean probe(DependencyKey key, Duration patience) {
    throw new UnsupportedOperationException("nobody calls");
  }

  @Override
  public boolean close(DependencyKey key) {
    throw new UnsupportedOperationException("nobody calls");
  }

  @Override
  public void rest(DependencyKey key, Duration rest) {
    throw new UnsupportedOperationException("nobody calls");
  }
}
