package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * A library that a program names for its tests alone is left out of its jar, even if a module that
 * the program is built on needs it. Its tests do not notice: they have the library.
 */
class ProgramsTest {

  private static final Path ROOT = Path.of("..");
  private static final String OURS = "millrace-";

  private record Dependency(String artifact, String scope) {

    boolean isForTests() {
      return scope.equals("test");
    }

    boolean isModule() {
      return artifact.startsWith(OURS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"worker", "scheduler", "admin-api", "standalone"})
  void haveAllThatTheirModulesNeed(String program) throws Exception {
    Set<String> needed = new HashSet<>();
    List<Dependency> own = dependencies(program);

    for (Dependency dependency : own) {
      if (dependency.isModule() && !dependency.isForTests()) {
        addNeeded(dependency, needed);
      }
    }

    assertThat(needed).contains("amqp-client", "postgresql");
    assertThat(own.stream().filter(Dependency::isForTests).map(Dependency::artifact))
        .doesNotContainAnyElementsOf(needed);
  }

  private static void addNeeded(Dependency module, Set<String> needed) throws Exception {
    String name = module.artifact().substring(OURS.length()).replace("example-", "examples/");
    for (Dependency dependency : dependencies(name)) {
      if (!dependency.isForTests() && needed.add(dependency.artifact()) && dependency.isModule()) {
        addNeeded(dependency, needed);
      }
    }
  }

  private static List<Dependency> dependencies(String module) throws Exception {
    Element project =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(ROOT.resolve(module).resolve("pom.xml").toFile())
            .getDocumentElement();
    return children(project, "dependencies")
        .flatMap(all -> children(all, "dependency"))
        .map(each -> new Dependency(text(each, "artifactId"), text(each, "scope")))
        .toList();
  }

  private static Stream<Element> children(Element parent, String name) {
    NodeList nodes = parent.getChildNodes();
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(Element.class::isInstance)
        .map(Element.class::cast)
        .filter(element -> element.getTagName().equals(name));
  }

  private static String text(Element parent, String name) {
    return children(parent, name).map(Element::getTextContent).findFirst().orElse("");
  }
}
