package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.embedded.LoopbackPort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnreachableServersIT {

  @TempDir Path folder;

  @Test
  void aBrokerThatDoesNotAnswerStopsTheStart() {
    String uri = "amqp://guest:secret@127.0.0.1:%d/%%2F".formatted(LoopbackPort.free());

    CommandRun run =
        CommandRun.of("demo", "--port", "0", "--broker", uri, "--data", folder.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .contains("no connection to the broker at 127.0.0.1", "check --broker")
        .doesNotContain("secret");
    assertThat(folder.resolve("postgres")).doesNotExist();
  }

  @Test
  void aDatabaseThatDoesNotAnswerStopsTheStart() {
    String url = "jdbc:postgresql://127.0.0.1:%d/none".formatted(LoopbackPort.free());

    CommandRun run =
        CommandRun.of("demo", "--port", "0", "--database", url, "--data", folder.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .contains("no connection to the database at " + url, "heck --database");
  }

  @Test
  void publishSaysThatTheBrokerDoesNotAnswer() throws Exception {
    Path file = Files.writeString(folder.resolve("payload"), "{}");
    String uri = "amqp://guest:guest@127.0.0.1:%d/%%2F".formatted(LoopbackPort.free());

    CommandRun run = CommandRun.of("publish", "a.b", file.toString(), "--broker", uri);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .contains("no connection to the broker");
  }

  @Test
  void aTakenPortStopsTheStart() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      CommandRun run =
          CommandRun.of(
              "demo",
              "--port",
              Integer.toString(other.getLocalPort()),
              "--data",
              folder.toString());

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err().lines())
          .singleElement()
          .asString()
          .contains("port %d is taken".formatted(other.getLocalPort()), "--port");
    }
  }
}
