package io.millrace.admin.redaction;

import io.millrace.admin.access.Caller;
import io.millrace.client.contract.JobType;
import io.millrace.core.access.TypePattern;
import java.util.List;
import java.util.Set;

/** Decides what callers see of payloads. Safe for use by many threads. */
public final class Redaction {

  private record Rule(Set<TypePattern> types, Mask mask) {

    boolean isFor(JobType type) {
      return types.stream().anyMatch(pattern -> pattern.matches(type.name()));
    }
  }

  private final List<Rule> rules;

  Redaction(RedactionProperties properties) {
    rules =
        properties.rules().values().stream()
            .map(rule -> new Rule(rule.patterns(), Mask.of(rule.paths())))
            .toList();
  }

  /** What {@code caller} sees of jobs of {@code type}. */
  public Sight sightOf(Caller caller, JobType type) {
    if (caller.readsPayloads()) {
      return new Sight.Whole();
    }
    List<Mask> masks = rules.stream().filter(rule -> rule.isFor(type)).map(Rule::mask).toList();
    return masks.isEmpty() ? new Sight.Hidden() : new Sight.Masked(Mask.all(masks));
  }
}
