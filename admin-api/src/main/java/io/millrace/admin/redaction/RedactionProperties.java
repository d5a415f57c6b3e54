package io.millrace.admin.redaction;

import io.millrace.core.InvalidSettingException;
import io.millrace.core.access.TypePattern;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What whoever may not read payloads sees of them.
 *
 * @param rules by names of the configuration's own; several for one type add up
 */
@ConfigurationProperties("millrace.redaction")
public record RedactionProperties(@DefaultValue Map<String, Rule> rules) {

  /**
   * What is hidden in some payloads, so that the rest is shown. A type without a rule shows
   * nothing.
   *
   * @param types patterns, such as {@code loan.*}
   * @param paths JSON paths, as Jayway's library reads them, into payload and result, such as
   *     {@code $.borrower.name} and {@code $..iban}
   */
  public record Rule(@DefaultValue List<String> types, @DefaultValue List<String> paths) {

    public Rule {
      types = List.copyOf(types);
      paths = List.copyOf(paths);
    }

    Set<TypePattern> patterns() {
      return types.stream().map(TypePattern::new).collect(Collectors.toSet());
    }
  }

  /**
   * @throws InvalidSettingException if a rule cannot be kept: a wrong path would hide nothing
   */
  public RedactionProperties {
    rules = Map.copyOf(rules);
    new TreeMap<>(rules).forEach(RedactionProperties::require);
  }

  private static void require(String name, Rule rule) {
    String key = "millrace.redaction.rules." + name;
    if (rule.types().isEmpty() || rule.paths().isEmpty()) {
      throw new InvalidSettingException(
          key + " has no types or no paths",
          "Set %1$s.types, such as loan.*, and %1$s.paths, such as $.borrower.name".formatted(key));
    }
    try {
      rule.patterns();
      Mask.of(rule.paths());
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(
          "%s cannot be kept: %s".formatted(key, e.getMessage()),
          "Correct it; types are such as loan.*, paths such as $.borrower.name and $..iban");
    }
  }
}
