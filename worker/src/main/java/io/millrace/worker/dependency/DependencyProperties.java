package io.millrace.worker.dependency;

import io.millrace.core.dependency.DependencyKey;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How each dependency is treated, by its name. The same for all workers of one database.
 *
 * @param dependencies by name; what is not named is treated by the defaults
 */
@ConfigurationProperties("millrace")
public record DependencyProperties(@DefaultValue Map<String, DependencySettings> dependencies) {

  public DependencyProperties {
    dependencies = Map.copyOf(dependencies);
    dependencies.keySet().forEach(DependencyProperties::requireName);
  }

  /** How {@code key} is treated. */
  DependencySettings of(DependencyKey key) {
    return of(key.name());
  }

  DependencySettings of(String name) {
    return dependencies.getOrDefault(name, DependencySettings.DEFAULT);
  }

  private static void requireName(String name) {
    if (!DependencyKey.isName(name)) {
      throw new IllegalArgumentException(
          "millrace.dependencies.%s: a dependency has a name of a-z, 0-9 and '-'".formatted(name));
    }
  }
}
