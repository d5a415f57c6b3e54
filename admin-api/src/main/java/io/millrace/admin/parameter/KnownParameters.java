package io.millrace.admin.parameter;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

/** The parameters that a handler method asks for. Immutable. */
final class KnownParameters {

  private static final Pattern NAME = Pattern.compile("!?([A-Za-z]+).*");

  /** Whether each may come more than once. */
  private final Map<String, Boolean> lists;

  private KnownParameters(Map<String, Boolean> lists) {
    this.lists = Collections.unmodifiableMap(new TreeMap<>(lists));
  }

  static KnownParameters of(HandlerMethod method) {
    Map<String, Boolean> lists = new TreeMap<>();
    RequestMapping mapping =
        AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequestMapping.class);
    if (mapping != null) {
      Arrays.stream(mapping.params())
          .map(NAME::matcher)
          .filter(Matcher::matches)
          .forEach(condition -> lists.put(condition.group(1), false));
    }
    for (MethodParameter parameter : method.getMethodParameters()) {
      add(parameter, lists);
    }
    return new KnownParameters(lists);
  }

  private static void add(MethodParameter parameter, Map<String, Boolean> lists) {
    RequestParam single = parameter.getParameterAnnotation(RequestParam.class);
    if (single != null) {
      String name = parameter.getParameter().getName();
      lists.put(
          single.name().isEmpty() ? name : single.name(), isList(parameter.getParameterType()));
      return;
    }
    if (parameter.hasParameterAnnotation(ModelAttribute.class)
        && parameter.getParameterType().isRecord()) {
      for (RecordComponent component : parameter.getParameterType().getRecordComponents()) {
        lists.put(component.getName(), isList(component.getType()));
      }
    }
  }

  private static boolean isList(Class<?> type) {
    return type.isArray() || Collection.class.isAssignableFrom(type);
  }

  boolean hasName(String name) {
    return lists.containsKey(name);
  }

  boolean isList(String name) {
    return lists.getOrDefault(name, false);
  }

  Set<String> names() {
    return lists.keySet();
  }
}
