package io.millrace.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
      public class Plugged implements Runnable {
        public void run() {}
      }
      """;

  @TempDir private Path folder;

  @Test
  void findsServicesInJarsAndInFoldersOfJarsEachInItsOwnClassLoader() throws Exception {
    Path classes = compile();
    jar(classes, folder.resolve("single.jar"));
    jar(classes, Files.createDirectory(folder.resolve("with-libraries")).resolve("plugin.jar"));
    Files.writeString(folder.resolve("README.txt"), "not a plugin");

    List<Class<? extends Runnable>> found = PluginFolder.services(folder, Runnable.class);

    assertThat(found).extracting(Class::getName).containsExactly("plug.Plugged", "plug.Plugged");
    assertThat(found.get(0).getClassLoader()).isNotSameAs(found.get(1).getClassLoader());
  }

  @Test
  void saysWhichFolderIsMissing() {
    assertThatThrownBy(() -> PluginFolder.services(folder.resolve("nowhere"), Runnable.class))
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
      entries.putNextEntry(new JarEntry("plug/Plugged.class"));
      entries.write(Files.readAllBytes(classes.resolve("plug/Plugged.class")));
      entries.putNextEntry(new JarEntry("META-INF/services/" + Runnable.class.getName()));
      entries.write("plug.Plugged".getBytes(StandardCharsets.UTF_8));
    }
  }
}
