package io.millrace.admin.document;

import static java.util.Objects.requireNonNull;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * What the sources say of their types, methods and components: so the description of the API is
 * worded where its code is, and once.
 */
final class Javadocs {

  private final Map<String, String> texts = new HashMap<>();

  /** Reads all sources of {@code folders}. */
  Javadocs(Path... folders) {
    JavaCompiler compiler = requireNonNull(ToolProvider.getSystemJavaCompiler());
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources(folders)));
      DocTrees trees = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Reader(trees).scan(unit, requireNonNull(unit.getPackageName()).toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> sources(Path... folders) throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(all::add);
      }
    }
    return all;
  }

  /** What is said of a type. */
  Optional<String> of(Class<?> type) {
    return Optional.ofNullable(texts.get(name(type)));
  }

  /** What is said of a method; of all its overloads, the last one in the source counts. */
  Optional<String> of(Method method) {
    return Optional.ofNullable(
        texts.get(name(method.getDeclaringClass()) + "#" + method.getName()));
  }

  /** What is said of a component of a record. */
  Optional<String> of(Class<?> type, String component) {
    return Optional.ofNullable(texts.get(name(type) + "." + component));
  }

  /** What is said of a parameter of a method. */
  Optional<String> of(Method method, String parameter) {
    return Optional.ofNullable(
        texts.get(name(method.getDeclaringClass()) + "#" + method.getName() + "." + parameter));
  }

  private static String name(Class<?> type) {
    return type.getName().replace('$', '.');
  }

  /** Notes the comments of one source, under the names of what they are about. */
  private final class Reader extends TreePathScanner<@Nullable Void, String> {

    private final DocTrees trees;

    Reader(DocTrees trees) {
      this.trees = trees;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, String around) {
      String name = around + "." + type.getSimpleName();
      note(name, ".");
      return super.visitClass(type, name);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, String around) {
      note(around + "#" + method.getName(), ".");
      return super.visitMethod(method, around);
    }

    private void note(String name, String between) {
      DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
      if (comment == null) {
        return;
      }
      texts.put(name, plain(comment.getFullBody()));
      for (DocTree tag : comment.getBlockTags()) {
        if (tag instanceof ParamTree parameter) {
          texts.put(name + between + parameter.getName(), plain(parameter.getDescription()));
        }
      }
    }
  }

  private static String plain(List<? extends DocTree> parts) {
    return parts.stream()
        .map(Object::toString)
        .collect(Collectors.joining())
        .replaceAll("\\{@(?:code|link|linkplain)\\s+([^}]*)}", "`$1`")
        .replaceAll("`[^`]*#([a-z][A-Za-z]*)(\\([^`]*)?`", "`$1`")
        .replaceAll("</?[a-z]+>", " ")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
