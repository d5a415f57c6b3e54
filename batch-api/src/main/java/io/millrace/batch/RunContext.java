package io.millrace.batch;

import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;

/**
 * The run that something is a part of.
 *
 * @param run stays the same however often the run is restarted
 * @param parameters of the run, each of which its job has declared
 */
public record RunContext(UUID run, Map<String, String> parameters) {

  public RunContext {
    parameters = Map.copyOf(parameters);
  }

  /**
   * The value of a parameter of kind {@link BatchParameter.Kind#DATE}.
   *
   * @throws IllegalArgumentException if the job has declared no such parameter
   */
  public LocalDate date(String name) {
    return LocalDate.parse(text(name));
  }

  /**
   * The value of a parameter of kind {@link BatchParameter.Kind#NUMBER}.
   *
   * @throws IllegalArgumentException if the job has declared no such parameter
   */
  public long number(String name) {
    return Long.parseLong(text(name));
  }

  /**
   * The value of a parameter as it was given.
   *
   * @throws IllegalArgumentException if the job has declared no such parameter
   */
  public String text(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the job has declared no parameter '" + name + "'");
    }
    return value;
  }
}
