package io.millrace.batch;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The parameters that a batch job has declared, of different names. */
public record BatchParameters(List<BatchParameter> all) {

  /**
   * @throws IllegalArgumentException if two have one name
   */
  public BatchParameters {
    all = List.copyOf(all);
    Names.requireDifferent("parameter", all.stream().map(BatchParameter::name).toList());
  }

  /**
   * The values for a run: those that are given, and the default values of the others. A day may be
   * given as {@code today} or {@code yesterday}.
   *
   * @param job its name, for messages
   * @param today where whoever asks is
   * @throws IllegalArgumentException that says what is wrong, if one is missing, unknown, or not of
   *     its kind
   */
  public Map<String, String> values(String job, Map<String, String> given, LocalDate today) {
    requireKnown(job, given);
    Map<String, String> values = new TreeMap<>();
    for (BatchParameter parameter : all) {
      String value = given.getOrDefault(parameter.name(), parameter.defaultValue());
      if (value == null) {
        throw new IllegalArgumentException(
            "%s needs the parameter %s: %s"
                .formatted(job, parameter.name(), parameter.description()));
      }
      values.put(parameter.name(), parameter.value(value, today));
    }
    return values;
  }

  private void requireKnown(String job, Map<String, String> given) {
    String known = all.stream().map(BatchParameter::name).collect(Collectors.joining(", "));
    for (String name : given.keySet()) {
      if (all.stream().noneMatch(parameter -> parameter.name().equals(name))) {
        throw new IllegalArgumentException(
            "%s has no parameter '%s': its parameters are %s"
                .formatted(job, name, known.isEmpty() ? "none" : known));
      }
    }
  }
}
