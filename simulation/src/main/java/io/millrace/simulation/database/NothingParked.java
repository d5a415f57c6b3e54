package io.millrace.simulation.database;

import io.millrace.core.dependency.Circuit;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.core.dependency.DependencyState;
import io.millrace.core.pause.KnownPause;
import io.millrace.core.pause.Paused;
import io.millrace.core.pause.PausedPart;
import io.millrace.core.store.DependencyStore;
import io.millrace.core.store.JobHead;
import io.millrace.core.store.ParkedStore;
import io.millrace.core.store.PauseStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A world whose jobs call nobody, and in which nothing is paused. */
public final class NothingParked implements ParkedStore, DependencyStore, PauseStore {

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
  public void force(DependencyKey key, Circuit circuit, String by, String reason) {
    throw new UnsupportedOperationException("nobody calls");
  }

  @Override
  public boolean automatic(DependencyKey key) {
    throw new UnsupportedOperationException("nobody calls");
  }

  @Override
  public Paused current() {
    return Paused.NOTHING;
  }

  @Override
  public List<KnownPause> all() {
    return List.of();
  }

  @Override
  public boolean pause(PausedPart part, String by, String reason) {
    throw new UnsupportedOperationException("nobody operates");
  }

  @Override
  public boolean resume(PausedPart part) {
    throw new UnsupportedOperationException("nobody operates");
  }

  @Override
  public List<SetAside> setAside() {
    return List.of();
  }

  @Override
  public List<JobHead> lockSetAside(SetAside which, int most) {
    return List.of();
  }

  @Override
  public void rest(DependencyKey key, Duration rest) {
    throw new UnsupportedOperationException("nobody calls");
  }
}
