package io.millrace.scheduler.fileimport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.batch.ControlTotal;
import io.millrace.client.JobOutbox;
import io.millrace.scheduler.fileimport.FileImportEvent.LinesImported;
import io.millrace.scheduler.fileimport.SteppedRun.KilledException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files become jobs on a real database, whatever happens meanwhile. */
class FileImportIT {

  private static final String HEADER = "loan,customer,amount,note\r\n";
  private static final SteppedRun.Nemesis NONE = () -> {};

  @AutoClose private final ImportWorld world = new ImportWorld();
  @TempDir private Path root;

  @BeforeEach
  void configure() {
    world.begin(
        root,
        """
        sources.loans.files: loans*.csv
        sources.loans.jobs.tenant: acme
        sources.loans.jobs.type: loan.amortize
        sources.loans.jobs.id: loan
        sources.loans.jobs.subject: customer
        sources.loans.jobs.lane: LOW
        sources.loans.csv.numbers: amount
        sources.lines.files: *.jsonl
        sources.lines.format: JSON_LINES
        sources.lines.jobs.tenant: acme
        sources.lines.jobs.type: a.b
        """);
  }

  @Test
  void makesAJobOfEachLine() throws Exception {
    world.deliver("loans.csv", "\uFEFF" + HEADER + "L1,Ann,2.50,\"a \"\"b\"\"\"\r\nL2,,7,\n");

    List<ControlTotal> totals = world.run("loans.csv").run(NONE);

    assertThat(totals).allMatch(ControlTotal::matches).hasSize(3);
    assertThat(world.jobs())
        .containsExactly(
            "acme loan.amortize L1 LOW WAITING Ann {\"loan\":\"L1\",\"customer\":\"Ann\",\"amount\":2.50,\"note\":\"a \\\"b\\\"\"}",
            "acme loan.amortize L2 LOW WAITING null {\"loan\":\"L2\",\"amount\":7}");
    assertThat(world.files("inbox")).isEmpty();
    assertThat(world.files("work")).isEmpty();
    assertThat(world.files("rejected")).isEmpty();
    assertThat(world.files("done")).hasSize(1).allMatch(name -> name.startsWith("loans.csv."));
    assertThat(world.events()).contains(new LinesImported("loans", 2, 0, 0));
  }

  @Test
  void listsRejectedLinesWithWhatStoodInThem() throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write((HEADER + "L1,a,1,\nL2,a\n\nL3,a,x,\n").getBytes(UTF_8));
    file.write("L4,M\u00fcller,1,\n".getBytes(ISO_8859_1));
    file.write(("L5,a,1," + "y".repeat(2_000) + "\nL6,a,1,z\n").getBytes(UTF_8));
    file.write((",a,1,\nL\t7,a,1,\n" + "L".repeat(201) + ",a,1,\n").getBytes(UTF_8));
    world.deliver("loans.csv", file.toByteArray());

    assertThat(world.run("loans.csv").run(NONE)).allMatch(ControlTotal::matches);

    assertThat(world.jobs()).hasSize(2);
    assertThat(world.listed("rejected"))
        .containsExactly(
            "{\"line\":3,\"byte\":35,\"length\":4,\"reason\":\"the line has 2 fields, not 4\",\"text\":\"L2,a\"}",
            "{\"line\":5,\"byte\":41,\"length\":7,\"reason\":\"the column 'amount' is no number as JSON writes them\",\"text\":\"L3,a,x,\"}",
            "{\"line\":6,\"byte\":49,\"length\":12,\"reason\":\"the line is not UTF-8, from its byte 5 on\",\"base64\":\"TDQsTfxsbGVyLDEs\"}",
            "{\"line\":7,\"byte\":62,\"length\":2007,\"reason\":\"the line has 2007 bytes, 1024 are allowed\"}",
            "{\"line\":9,\"byte\":2079,\"length\":5,\"reason\":\"the column 'loan' is empty\",\"text\":\",a,1,\"}",
            "{\"line\":10,\"byte\":2085,\"length\":8,\"reason\":\"message id 'L?7' has the control character U+0009 at position 1\",\"text\":\"L\\t7,a,1,\"}",
            "{\"line\":11,\"byte\":2094,\"length\":206,\"reason\":\"message id '%s...' has 201 characters, 200 are allowed\",\"text\":\"%s,a,1,\"}"
                .formatted("L".repeat(60), "L".repeat(201)));
    assertThat(world.events())
        .containsExactly(new LinesImported("loans", 1, 0, 4), new LinesImported("loans", 1, 0, 3));
  }

  @Test
  void rejectsALineWhoseIdNamesAnotherJobAndNoneBesideIt() throws Exception {
    enqueue("L2", "{\"loan\":\"L2\",\"amount\":2}");
    enqueue("L3", "{\"loan\":\"L3\",\"amount\":999}");
    world.deliver("loans.csv", HEADER + "L1,,1,\nL2,,2,\nL3,,3,\nL4,,4,\nL4,,4,\nL4,,5,\nL5,,5,\n");

    assertThat(world.run("loans.csv").run(NONE)).allMatch(ControlTotal::matches);

    assertThat(world.messageIds()).containsExactly("L1", "L2", "L3", "L4", "L5");
    assertThat(world.listed("rejected"))
        .containsExactly(
            "{\"line\":4,\"byte\":41,\"length\":6,\"reason\":\"the message id 'L3' names an earlier job with another type or payload\",\"text\":\"L3,,3,\"}",
            "{\"line\":7,\"byte\":62,\"length\":6,\"reason\":\"the message id 'L4' names an earlier job with another type or payload\",\"text\":\"L4,,5,\"}");
    assertThat(world.listed("duplicates"))
        .containsExactly(
            "{\"line\":3,\"byte\":34,\"length\":6,\"messageId\":\"L2\"}",
            "{\"line\":6,\"byte\":55,\"length\":6,\"messageId\":\"L4\"}");
  }

  @Test
  void aFileThatComesTwiceMakesNoJobTwiceUnderWhateverName() throws Exception {
    String lines = "{\"n\":1}\n{\"n\":2}\n {\"n\":1} \n{\"n\":3}";
    world.deliver("a.jsonl", lines);
    world.run("a.jsonl").run(NONE);
    world.complete();
    world.deliver("a.jsonl", lines);
    world.run("a.jsonl").run(NONE);
    world.complete();
    world.deliver("b.jsonl", "{\"n\":0}\n" + lines);

    assertThat(world.run("b.jsonl").run(NONE)).allMatch(ControlTotal::matches);

    assertThat(world.jobs()).hasSize(4).allMatch(job -> job.contains(" lines:"));
    assertThat(world.files("done")).hasSize(3);
    assertThat(world.listed("duplicates")).hasSize(1 + 4 + 4);
    assertThat(world.listed("rejected")).isEmpty();
  }

  /** It dies at every point once, and goes on with what was committed. */
  @Test
  void diesAnywhereAndStillEveryGoodLineIsOneJob() throws Exception {
    int points = 0;
    for (int point = 0; point >= 0; point++) {
      int deadly = point;
      int[] passed = {0};
      boolean died =
          survives(
              "point " + point,
              () -> {
                if (passed[0]++ == deadly) {
                  throw new KilledException();
                }
              });
      points = point;
      if (!died) {
        break;
      }
    }
    assertThat(points).isGreaterThan(40);
  }

  @Test
  void diesAgainAndAgain() throws Exception {
    for (long seed = 1; seed <= 25; seed++) {
      Random random = new Random(seed);
      survives(
          "seed " + seed,
          () -> {
            if (random.nextInt(8) == 0) {
              throw new KilledException();
            }
          });
    }
  }

  private boolean survives(String what, SteppedRun.Nemesis nemesis) throws Exception {
    world.empty();
    enqueue("L10", "{\"loan\":\"L10\",\"amount\":10}");
    StringBuilder file = new StringBuilder(HEADER);
    List<String> good = new ArrayList<>(List.of("L10"));
    for (int i = 11; i < 60; i++) {
      switch (i % 7) {
        case 0 -> file.append("L").append(i).append(",broken\n");
        case 3 -> file.append("L10,,10,\n");
        default -> {
          file.append("L").append(i).append(",,").append(i).append(",\n");
          good.add("L" + i);
        }
      }
    }
    world.deliver("loans.csv", file.toString());
    SteppedRun run = world.run("loans.csv");
    boolean died = false;
    List<ControlTotal> totals = List.of();
    while (totals.isEmpty()) {
      try {
        totals = run.run(nemesis);
      } catch (KilledException _) {
        died = true;
      }
    }

    assertThat(totals).as(what).allMatch(ControlTotal::matches);
    assertThat(run.items()).as(what).isEqualTo(49);
    assertThat(world.messageIds()).as(what).containsExactlyElementsOf(good);
    assertThat(world.listed("rejected"))
        .as(what)
        .extracting(line -> line.replaceAll("\\{\"line\":(\\d+).*", "$1"))
        .containsExactly("5", "12", "19", "26", "33", "40", "47");
    assertThat(world.listed("duplicates"))
        .as(what)
        .extracting(line -> line.replaceAll("\\{\"line\":(\\d+).*", "$1"))
        .containsExactly("8", "15", "22", "29", "36", "43", "50");
    assertThat(Stream.of("inbox", "work").flatMap(world::files)).as(what).isEmpty();
    assertThat(world.files("done")).as(what).hasSize(1);
    return died;
  }

  @Test
  void enqueuesLongLinesInMoreThanOneStatement() throws Exception {
    world.begin(
        root,
        """
        max-payload: 1MB
        chunk: 100
        sources.long.files: *.jsonl
        sources.long.format: JSON_LINES
        sources.long.jobs.tenant: acme
        sources.long.jobs.type: a.b
        """);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      lines.append("\"").append(i).append("x".repeat(900_000)).append("\"\n");
    }
    world.deliver("long.jsonl", lines.toString());

    assertThat(world.run("long.jsonl").run(NONE)).allMatch(ControlTotal::matches);

    assertThat(world.messageIds()).hasSize(12);
  }

  @Test
  void anEmptyFileIsDone() throws Exception {
    for (String content : new String[] {"", "\n\n", HEADER}) {
      world.deliver("loans.csv", content);
      assertThat(world.run("loans.csv").run(NONE)).allMatch(ControlTotal::matches);
      world.complete();
    }

    assertThat(world.files("done")).hasSize(3);
    assertThat(world.messageIds()).isEmpty();
  }

  @Test
  void importsNothingUnderAWrongHeaderOrWithoutASource() throws Exception {
    world.deliver("loans.csv", "LOAN,customer,amount,note\nL1,,1,\n");
    SteppedRun wrong = world.run("loans.csv");
    world.deliver("other.csv", "a\n1\n");
    SteppedRun unknown = world.run("other.csv");

    assertThatThrownBy(() -> wrong.run(NONE)).hasStackTraceContaining("there is no column 'loan'");
    assertThatThrownBy(() -> unknown.run(NONE)).hasStackTraceContaining("no file of any source");

    assertThat(world.messageIds()).isEmpty();
    assertThat(world.files("work")).hasSize(1);
    assertThat(world.files("inbox")).containsExactly("other.csv");
  }

  @Test
  void aFileThatIsNotThereFailsUnlessTheWatchHasSeenIt() throws Exception {
    assertThatThrownBy(() -> world.run("loans.csv").run(NONE))
        .hasStackTraceContaining("there is no file 'loans.csv' in the inbox");
    world.complete();

    assertThat(world.run("loans.csv", FileImport.WATCH).run(NONE)).isEmpty();

    assertThat(world.files("done")).isEmpty();
  }

  @Test
  void aFileThatGrowsWhileItIsImportedDoesNotMatch() throws Exception {
    world.deliver("loans.csv", HEADER + "L1,,1,\n");
    SteppedRun run = world.run("loans.csv");
    int[] passed = {0};

    List<ControlTotal> totals =
        run.run(
            () -> {
              if (passed[0]++ == 12) { // all is archived
                append(world.only("done"), "L2,,2,\n");
              }
            });

    assertThat(totals).filteredOn(total -> !total.matches()).hasSize(1);
  }

  private static void append(Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void enqueue(String messageId, String payload) throws Exception {
    try (Connection connection = world.database().getConnection()) {
      connection.setAutoCommit(false);
      JobOutbox.create()
          .job("loan.amortize")
          .tenant("acme")
          .messageId(messageId)
          .payload(payload.getBytes(UTF_8))
          .enqueue(connection);
      connection.commit();
    }
  }
}
