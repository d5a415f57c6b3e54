package io.millrace.standalone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.batch.BatchRun;
import io.millrace.core.batch.BatchRunState;
import io.millrace.core.batch.BatchRunStore;
import io.millrace.standalone.CommandRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands about batches, on an engine that runs them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchCommandIT {

  private static final Pattern REQUESTED =
      Pattern.compile("run ([0-9a-f-]{36}) of [a-z]+ is requested");

  @AutoClose
  private final EngineUnderTest engine =
      new EngineUnderTest(
          NightJobs.class, "--millrace.batch.poll=20ms", "--millrace.batch.restarts=0");

  BatchCommandIT() throws InterruptedException {}

  @BeforeEach
  void untidy() {
    NightJobs.TIDY.set(false);
  }

  @Test
  void runsAJobAndWaitsForItsEnd() {
    CommandRun run = batch("run", "accrual", "date=2026-03-31", "--wait");

    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .containsPattern("run [0-9a-f]{8} of accrual has COMPLETED: 6 items in .*, 2 skipped")
        .contains("1 of 1 control totals match")
        .doesNotContain("restart");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void showsWhatARunHasDoneAndLeftOut() {
    String id = requested("run", "accrual", "date=2026-03-30");
    assertThat(batch("watch", id).exitCode()).isZero();

    CommandRun shown = batch("show", id.substring(0, 8));

    assertThat(shown.exitCode()).isZero();
    assertThat(shown.out())
        .contains("run       " + id, "with      date=2026-03-30 loans=4", "state     COMPLETED")
        .containsPattern("accrue +north +COMPLETED +3 +1 ")
        .containsPattern("accrue +south +COMPLETED +3 +1 ")
        .containsPattern("accrue +north +loan without rate +IllegalArgumentException: no rate")
        .containsPattern("loans +4 +4 +matches");
    JsonNode json = JsonMapper.shared().readTree(batch("show", id, "--json").out());
    assertThat(json.path("partitions").size()).isEqualTo(2);
    assertThat(json.path("skipped").size()).isEqualTo(2);
    assertThat(json.path("totals").path(0).path("matches").asBoolean()).isTrue();
  }

  @Test
  void saysThatTheWorkIsDone() {
    String id = requested("run", "accrual", "date=2026-03-29");
    batch("watch", id);

    CommandRun again = batch("run", "accrual", "date=2026-03-29");

    assertOneLine(
        again,
        "run " + id + " of accrual with these parameters has COMPLETED",
        "the job is not to be repeated with them");
  }

  @Test
  void saysThatTotalsDifferAndHasTheWorkDoneAnew() {
    CommandRun failed = batch("run", "accrual", "date=2026-03-28", "loans=5", "--wait");
    String id = idIn(failed);

    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.out())
        .contains("of accrual has FAILED: 6 items", "why: ")
        .contains("0 of 1 control totals match", "total loans is 4, expected 5")
        .contains("./millrace batch restart " + id.substring(0, 8));
    assertOneLine(
        batch("run", "accrual", "date=2026-03-28", "loans=5"),
        "has FAILED: restart it, or abandon it to do its work anew");
    CommandRun abandoned = batch("abandon", id.substring(0, 6));
    assertThat(abandoned.out()).contains("of accrual was ABANDONED");
    assertThat(abandoned.exitCode()).isZero();
    assertThat(requested("run", "accrual", "date=2026-03-28", "loans=5")).isNotEqualTo(id);
  }

  @Test
  void stopsARunAndHasItGoOn() throws Exception {
    String id = requested("run", "tidy");
    EngineUnderTest.await(() -> run(id).progress().done() > 0);
    assertOneLine(batch("abandon", id), "of tidy is RUNNING: stop it before you abandon it");

    CommandRun stopped = batch("stop", id);
    CommandRun watched = batch("watch", id);
    CommandRun shown = batch("show", id);
    NightJobs.TIDY.set(true);
    CommandRun restarted = batch("restart", id, "--wait");

    assertThat(stopped.out()).contains("of tidy stops at the end of its chunk");
    assertThat(stopped.exitCode()).isZero();
    assertThat(watched.out()).contains("of tidy has STOPPED", "goes on where it was");
    assertThat(watched.exitCode()).isEqualTo(1);
    assertThat(shown.out()).containsPattern("items +[0-9,]+ done").doesNotContain("%");
    assertThat(restarted.out()).contains("goes on as soon as", "of tidy has COMPLETED");
    assertThat(restarted.exitCode()).isZero();
    assertThat(run(id).state()).isEqualTo(BatchRunState.COMPLETED);
    assertThat(run(id).progress().total()).isEqualTo(run(id).progress().done());
  }

  @Test
  void listsRunsAndWhatMayBeRun() {
    NightJobs.TIDY.set(true);
    String id = requested("run", "tidy");
    batch("watch", id);

    assertThat(batch("list", "--job", "tidy").out().lines())
        .element(1)
        .asString()
        .startsWith(id.substring(0, 8) + "  tidy ")
        .contains("COMPLETED");
    assertThat(batch("list", "--job", "nobody").out()).contains("there is no such run");
    assertThat(batch("list", "--jobs").out())
        .containsPattern("accrual +date=DATE loans=4 +Accrues interest\\.")
        .containsPattern("tidy +- +Tidies up")
        .contains("./millrace batch run JOB");
    JsonNode runs = JsonMapper.shared().readTree(batch("list", "--limit", "1", "--json").out());
    assertThat(runs.path("runs").size()).isEqualTo(1);
    JsonNode jobs = JsonMapper.shared().readTree(batch("list", "--jobs", "--json").out());
    assertThat(jobs.path("jobs").path(0).path("name").asString()).isEqualTo("accrual");
  }

  @Test
  void saysInOneLineWhatIsWrong() {
    assertOneLine(batch("run", "accrue"), "no batch job 'accrue': there are accrual, ");
    assertOneLine(batch("run", "accrual"), "accrual needs the parameter date: The day.");
    assertOneLine(batch("run", "accrual", "date=soon"), "date has to be a day");
    assertOneLine(batch("run", "tidy", "x=1"), "tidy has no parameter 'x'");
    assertOneLine(batch("run", "tidy", "today"), "today is no parameter: write it as NAME=VALUE");
    assertOneLine(batch("run", "tidy", "=x"), "=x is no parameter");
    assertOneLine(batch("run", "tidy", "a=1", "a=2"), "a is given twice");
    assertOneLine(batch("list", "--limit", "0"), "--limit is 0 and has to be 1 to 500");
    for (String command : List.of("show", "watch", "stop", "restart", "abandon")) {
      assertOneLine(batch(command, "6b1c2"), "6b1c2 is no id of a run: give 6 characters");
      assertOneLine(batch(command, "zzzzzz"), "zzzzzz is no id of a run");
      assertOneLine(batch(command, "ffffff"), "none of the last 500 batch runs begins with ffffff");
      assertOneLine(
          batch(command, "6b1c25a6-0a3f-8000-8000-000000000000"), "there is no batch run 6b1c25a6");
    }
  }

  @Test
  void refusesABeginningOfSeveralRuns() {
    engine
        .jdbc()
        .sql(
            """
            INSERT INTO batch_run (id, job, parameters, repeatable, state, requested_by, requested_at, due_at, ended_at)
            SELECT ('abcdef00-0000-0000-0000-00000000000' || n)::uuid, 'old', jsonb_build_object('n', n::text), true, 'COMPLETED', 'me',
              now(), now(), now()
            FROM generate_series(1, 2) AS n
            """)
        .update();

    assertOneLine(
        batch("show", "abcdef00"), "2 batch runs begin with abcdef00: give more of the id");
    assertThat(batch("show", "ABCDEF00-0000-0000-0000-000000000001").exitCode()).isZero();
  }

  @Test
  void saysWhichArgumentsMakeNoSense() {
    CommandRun none = CommandRun.of("batch");

    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("./millrace batch --help says what there is");
    assertThat(CommandRun.of("batch", "--help").out()).contains("watch", "restart", "abandon");
    assertThat(CommandRun.of("batch", "watch", "--help").exitCode()).isZero();
  }

  private String requested(String... command) {
    CommandRun run = batch(command);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    String id = idIn(run);
    assertThat(run.out()).contains("./millrace batch watch " + id.substring(0, 8));
    return id;
  }

  private static String idIn(CommandRun run) {
    Matcher id = REQUESTED.matcher(run.out());
    assertThat(id.find()).as(run.toString()).isTrue();
    return id.group(1);
  }

  private static void assertOneLine(CommandRun run, String... says) {
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .startsWith("millrace: ")
        .doesNotContain("unexpected")
        .contains(says);
  }

  private BatchRun run(String id) {
    return engine.bean(BatchRunStore.class).latest(Optional.empty(), 100).stream()
        .filter(run -> run.id().toString().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private CommandRun batch(String... command) {
    List<String> args = new ArrayList<>(List.of("batch"));
    args.addAll(List.of(command));
    args.addAll(List.of("--api", engine.api(""), "--data", engine.folder().toString()));
    return CommandRun.of(args.toArray(String[]::new));
  }
}
