package io.millrace.standalone;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.outcome.OutcomeProperties;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.type.filter.AnnotationTypeFilter;

class ConfigurationReferenceTest {

  private static final Path DOCUMENT = Path.of("../ops/configuration.md");
  private static final List<String> PROCESSES = List.of("worker", "scheduler", "admin-api");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(millrace[^:}]+):([^}]*)}");

  /** Its value is too long for a table; the document says where to find it. */
  private static final String PATTERN_OF_THE_LOG = "logging.pattern.console";

  /**
   * A line of a table, as far as it can be compared.
   *
   * @param variable {@code none} where there is none
   */
  record Row(String key, String variable, String defaultValue) {

    @Override
    public String toString() {
      return key;
    }
  }

  @Test
  void theDocumentHasExactlyTheKeysAndDefaultsOfTheCode() throws IOException {
    Map<String, String> inCode = new TreeMap<>(keysOfRecords());
    inCode.putAll(keysOfPlaceholders());
    inCode.putAll(keysOf(new ClassPathResource("millrace-core.yml")));
    inCode.put("server.port", portsOfTheProcesses());
    inCode.replace(PATTERN_OF_THE_LOG, "see `core/src/main/resources/millrace-core.yml`");

    Map<String, String> documented = new TreeMap<>();
    for (Row row : rows()) {
      assertThat(documented.put(row.key(), row.defaultValue())).as(row.key() + " once").isNull();
    }

    assertThat(documented).containsExactlyInAnyOrderEntriesOf(inCode);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theEnvironmentVariableSetsTheKey(Row row) {
    if (row.variable().equals("none")) {
      assertThat(row.key()).as("a key that no variable can spell").matches(".*[A-Z].*");
      return;
    }

    Binder binder = withVariable(row.variable().replace("*", "ENTRY"), "a value");

    assertThat(binder.bind(row.key().replace("*", "entry"), String.class).get())
        .isEqualTo("a value");
  }

  @Test
  void anEnvironmentVariableCanNameAJobType() {
    Binder binder = withVariable("MILLRACE_OUTCOMES_TYPES_LOAN_AMORTIZE", "FAILURES");

    OutcomeProperties outcomes = binder.bind("millrace.outcomes", OutcomeProperties.class).get();

    assertThat(outcomes.types())
        .containsExactly(Map.entry("loan.amortize", OutcomeProperties.Publish.FAILURES));
  }

  static List<Row> rows() throws IOException {
    return Files.readAllLines(DOCUMENT).stream()
        .filter(line -> line.startsWith("| `"))
        .map(ConfigurationReferenceTest::row)
        .toList();
  }

  private static Row row(String line) {
    String[] cells = line.split(" ?\\| ?", -1);
    assertThat(cells).as(line).hasSize(7);
    return new Row(cells[1].replace("`", ""), cells[2].replace("`", ""), cells[3]);
  }

  private static Map<String, String> keysOfRecords() {
    Map<String, String> keys = new HashMap<>();
    classesWith(ConfigurationProperties.class)
        .forEach(
            type ->
                addKeys(
                    requireNonNull(type.getAnnotation(ConfigurationProperties.class)).value(),
                    type,
                    keys));
    return keys;
  }

  private static void addKeys(String prefix, Class<?> type, Map<String, String> keys) {
    for (Parameter component : canonicalConstructor(type).getParameters()) {
      String key = prefix + "." + hyphenated(component.getName());
      Class<?> value = component.getType();
      if (value.equals(Map.class)) {
        key += ".*";
        value = valueTypeOf(component);
      }
      if (value.isRecord()) {
        addKeys(key, value, keys);
        continue;
      }
      keys.put(key, defaultOf(component.getAnnotation(DefaultValue.class)));
    }
  }

  private static Constructor<?> canonicalConstructor(Class<?> type) {
    assertThat(type.isRecord()).as(type + " is a record").isTrue();
    Class<?>[] components =
        Arrays.stream(requireNonNull(type.getRecordComponents()))
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(components);
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  private static Class<?> valueTypeOf(Parameter map) {
    return (Class<?>) ((ParameterizedType) map.getParameterizedType()).getActualTypeArguments()[1];
  }

  /** Single keys that a configuration class reads by {@code @Value("${key:default}")}. */
  private static Map<String, String> keysOfPlaceholders() {
    return classesWith(Configuration.class)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .map(Method::getParameters)
        .flatMap(Arrays::stream)
        .filter(parameter -> parameter.isAnnotationPresent(Value.class))
        .map(parameter -> parameter.getAnnotation(Value.class).value())
        .distinct()
        .map(PLACEHOLDER::matcher)
        .filter(Matcher::matches)
        .collect(Collectors.toMap(match -> match.group(1), match -> shown(match.group(2))));
  }

  private static Map<String, String> keysOf(Resource yaml) {
    return properties(yaml).entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> (String) entry.getKey(), entry -> shown(entry.getValue().toString())));
  }

  private static String portsOfTheProcesses() {
    return PROCESSES.stream()
        .map(process -> process + " " + shown(portOf(process)))
        .collect(Collectors.joining(", "));
  }

  private static String portOf(String process) {
    Path file = Path.of("..", process, "src/main/resources/application.yml");
    return requireNonNull(properties(new FileSystemResource(file)).get("server.port")).toString();
  }

  private static Properties properties(Resource yaml) {
    YamlPropertiesFactoryBean factory = new YamlPropertiesFactoryBean();
    factory.setResources(yaml);
    return requireNonNull(factory.getObject());
  }

  private static Stream<Class<?>> classesWith(Class<? extends Annotation> annotation) {
    ClassPathScanningCandidateComponentProvider scanner =
        new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(annotation));
    return scanner.findCandidateComponents("io.millrace").stream()
        .map(found -> requireNonNull(found.getBeanClassName()))
        .map(ConfigurationReferenceTest::load);
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static String hyphenated(String camelCase) {
    return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static String defaultOf(@Nullable DefaultValue annotation) {
    return annotation == null || annotation.value().length == 0
        ? "none"
        : shown(String.join(",", annotation.value()));
  }

  private static String shown(String value) {
    return value.isEmpty() ? "empty" : "`" + value + "`";
  }

  private static Binder withVariable(String name, String value) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(name, value)));
    ConfigurationPropertySources.attach(environment);
    return Binder.get(environment);
  }
}
