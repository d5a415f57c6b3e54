package io.millrace.core.audit;

import static io.millrace.core.audit.Chains.AT;
import static io.millrace.core.audit.Chains.KEY;
import static io.millrace.core.audit.Chains.NO_KEY;
import static io.millrace.core.audit.Chains.entry;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.core.access.Scope;
import io.millrace.core.access.ScopedJdbc;
import io.millrace.core.audit.AuditFinding.Kind;
import io.millrace.core.audit.AuditVerifier.Place;
import io.millrace.core.audit.AuditVerifier.Stretch;
import io.millrace.core.secret.SecretBox;
import io.millrace.testing.MigratedDatabase;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

class AuditStoreIT {

  private static final AuditQuery ALL = new AuditQuery(null, null, null, null, null);

  @AutoClose private final MigratedDatabase database = MigratedDatabase.fresh();

  private final TransactionTemplate transaction = database.transaction();

  @Test
  void keepsAChainThatHolds() {
    append(NO_KEY, 3);

    Stretch whole = check(NO_KEY);

    assertThat(whole.findings()).isEmpty();
    assertThat(whole.checked()).isEqualTo(3);
    assertThat(whole.complete()).isTrue();
    assertThat(store(NO_KEY).newest(Scope.WHOLE_SYSTEM, ALL, Long.MAX_VALUE, 9))
        .extracting(AuditRecord::number)
        .containsExactly(3L, 2L, 1L);
  }

  @Test
  void goesOnUnderAKeyThatComesLater() {
    append(NO_KEY, 2);
    append(KEY, 2);

    assertThat(check(KEY).findings()).isEmpty();
    assertThat(check(NO_KEY).findings()).extracting(AuditFinding::kind).contains(Kind.UNKNOWN_KEY);
  }

  @Test
  void checksAStretchAtATime() {
    append(KEY, 5);
    AuditVerifier verifier = verifier(KEY);

    Stretch first = verifier.check(Place.BEGINNING, 2);
    Stretch second = verifier.check(first.place(), 2);
    Stretch third = verifier.check(second.place(), 2);

    assertThat(List.of(first, second, third)).allMatch(stretch -> stretch.findings().isEmpty());
    assertThat(List.of(first, second, third))
        .extracting(Stretch::complete)
        .containsExactly(false, false, true);
    assertThat(third.place()).isEqualTo(new Place(5, true));
  }

  @Test
  void refusesToBeChanged() {
    append(NO_KEY, 2);

    for (String sql :
        List.of(
            "UPDATE audit SET actor = 'nobody'",
            "UPDATE audit SET actor = 'nobody' WHERE number = 99",
            "DELETE FROM audit WHERE number = 2",
            "TRUNCATE audit",
            "DELETE FROM audit_head",
            "TRUNCATE audit_head",
            "UPDATE audit_head SET count = 1",
            "UPDATE audit_head SET count = 4")) {
      assertThatExceptionOfType(DataAccessException.class)
          .as(sql)
          .isThrownBy(() -> database.jdbc().sql(sql).update());
    }
    assertThat(check(NO_KEY).findings()).isEmpty();
  }

  @Test
  void seesWhatSomebodyDoesWhoSwitchesTheTriggersOff() {
    append(KEY, 6);

    forge("UPDATE audit SET after = '{\"n\": 2}' WHERE number = 2");
    forge("DELETE FROM audit WHERE number = 4");
    forge("DELETE FROM audit WHERE number = 6");

    assertThat(check(KEY).findings())
        .extracting(AuditFinding::kind, AuditFinding::from, AuditFinding::to)
        .containsExactly(
            tuple(Kind.CHANGED, 2L, 2L), tuple(Kind.MISSING, 4L, 4L), tuple(Kind.MISSING, 6L, 6L));
  }

  @Test
  void seesThatTheEndWasMovedBack() {
    append(KEY, 4);

    forge("DELETE FROM audit WHERE number > 2");
    forge("UPDATE audit_head SET count = 2, hash = (SELECT hash FROM audit WHERE number = 2)");

    assertThat(check(KEY).findings()).extracting(AuditFinding::kind).containsExactly(Kind.HEAD);
  }

  @Test
  void makesOneChainOfManyThreads() throws Exception {
    AuditStore store = store(KEY);
    List<Thread> threads =
        IntStream.range(0, 8)
            .mapToObj(
                each ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              for (int i = 0; i < 25; i++) {
                                append(store, "thread-" + each);
                              }
                            }))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(check(KEY).findings()).isEmpty();
    assertThat(store.newest(Scope.WHOLE_SYSTEM, ALL, Long.MAX_VALUE, 500))
        .extracting(AuditRecord::number)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, 200).map(number -> 201 - number).boxed().toList());
  }

  @Test
  void findsByWhoWhatWhereAndWhen() {
    AuditStore store = store(NO_KEY);
    append(store, "alice");
    append(store, "bob");

    assertThat(found(new AuditQuery("alice", null, null, null, null))).containsExactly(1L);
    assertThat(found(new AuditQuery(null, "job.retry", null, null, null))).isEmpty();
    assertThat(found(new AuditQuery(null, "job.cancel", "jobs/1", AT, AT.plusSeconds(1))))
        .containsExactly(2L, 1L);
    assertThat(found(new AuditQuery(null, null, null, null, AT))).isEmpty();
    assertThat(found(new AuditQuery(null, null, null, AT.plusSeconds(1), null))).isEmpty();
  }

  @Test
  void showsNothingOfOtherTenants() {
    append(NO_KEY, 1);
    AuditStore store = store(NO_KEY);

    for (Scope scope : List.of(Scope.NOTHING, Scope.ofTenants("zebra"))) {
      assertThat(store.newest(scope, ALL, Long.MAX_VALUE, 9)).isEmpty();
      assertThat(store.find(scope, 1)).isEmpty();
    }
    assertThat(store.find(Scope.ofTenants("acme"), 1)).isPresent();
  }

  private List<Long> found(AuditQuery query) {
    return store(NO_KEY).newest(Scope.WHOLE_SYSTEM, query, Long.MAX_VALUE, 9).stream()
        .map(AuditRecord::number)
        .toList();
  }

  private void append(SecretBox keys, int count) {
    for (int i = 0; i < count; i++) {
      append(store(keys), "somebody");
    }
  }

  private @Nullable AuditRecord append(AuditStore store, String actor) {
    return transaction.execute(_ -> store.append(entry(actor, "job.cancel"), AT));
  }

  private Stretch check(SecretBox keys) {
    return verifier(keys).check(Place.BEGINNING, 1_000);
  }

  private AuditStore store(SecretBox keys) {
    return new AuditStore(database.jdbc(), new ScopedJdbc(database.jdbc()), keys);
  }

  private AuditVerifier verifier(SecretBox keys) {
    return new AuditVerifier(
        store(keys), keys, requireNonNull(transaction.getTransactionManager()));
  }

  private void forge(String sql) {
    transaction.executeWithoutResult(
        _ -> {
          database.jdbc().sql("SET LOCAL session_replication_role = replica").update();
          database.jdbc().sql(sql).update();
        });
  }
}
