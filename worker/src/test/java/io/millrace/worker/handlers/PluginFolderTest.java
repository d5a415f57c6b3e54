package io.millrace.worker.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.handler.JobHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginFolderTest {

  private static final String SOURCE =
      """
      package plug;
      import io.millrace.handler.*;
      @Handles("plug.in")
      public class Plugged implements Calculation<Plugged.In, Plugged.In> {
        public record In(int a) {}
        public In calculate(In input, JobContext context) { return new In(input.a() + 1); }
      }
      """;

  @TempDir private Path folder;

  @Test
  void findsHandlersInJarsAndInFoldersOfJarsEachInItsOwnClassLoader() throws Exception {
    Path classes = compile();
    jar(classes, folder.resolve("single.jar"));
    jar(classes, Files.createDirectory(folder.resolve("with-libraries")).resolve("plugin.jar"));
    Files.writeString(folder.resolve("README.txt"), "not a plugin");

    List<Class<?>> handlers = PluginFolder.handlers(folder);

    assertThat(handlers).extracting(Class::getName).containsExactly("plug.Plugged", "plug.Plugged");
    assertThat(handlers.get(0).getClassLoader()).isNotSameAs(handlers.get(1).getClassLoader());
    assertThat(handlers.get(0)).isAssignableTo(JobHandler.class);
  }

  @Test
  void saysWhichFolderIsMissing() {
    assertThatThrownBy(() -> PluginFolder.handlers(folder.resolve("nowhere")))
        .hasMessageContaining("nowhere")
        .hasMessageContaining("millrace.plugins");
  }

  private Path compile() throws IOException {
    Path classes = Files.createTempDirectory(folder, "out");
    JavaFileObject source =
        new SimpleJavaFileObject(
            URI.create("string:///plug/Plugged.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return SOURCE;
          }
        };
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .getTask(
                    null,
                    null,
                    null,
                    List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path")),
                    null,
                    List.of(source))
                .call())
        .isTrue();
    return classes;
  }

  private static void jar(Path classes, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (String name : List.of("plug/Plugged.class", "plug/Plugged$In.class")) {
        entries.putNextEntry(new JarEntry(name));
        entries.write(Files.readAllBytes(classes.resolve(name)));
      }
      entries.putNextEntry(new JarEntry("META-INF/services/" + JobHandler.class.getName()));
      entries.write("plug.Plugged".getBytes(StandardCharsets.UTF_8));
    }
  }
}
