package io.millrace.core.audit;

import static io.millrace.core.audit.Chains.KEY;
import static io.millrace.core.audit.Chains.NO_KEY;
import static io.millrace.core.audit.Chains.chain;
import static io.millrace.core.audit.Chains.headOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.core.audit.AuditFinding.Kind;
import io.millrace.core.secret.SecretBox;
import io.millrace.core.secret.SecretProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChainCheckTest {

  @Test
  void findsNothingWrongWithAWholeChain() {
    for (SecretBox keys : List.of(NO_KEY, KEY)) {
      List<AuditRecord> chain = chain(keys, 5);

      assertThat(check(keys, chain, headOf(keys, chain.getLast()))).isEmpty();
    }
  }

  @Test
  void namesARecordThatWasChanged() {
    List<AuditRecord> chain = chain(KEY, 5);
    AuditRecord third = chain.get(2);
    List<AuditRecord> changes =
        List.of(
            with(third, Chains.entry("nobody", "job.cancel")),
            with(third, Chains.entry("somebody", "job.retry")),
            new AuditRecord(3, third.at().plusNanos(1000), third.entry(), third.link()));

    for (AuditRecord changed : changes) {
      assertFound(
          check(KEY, replaced(chain, 2, changed), headOf(KEY, chain.getLast())),
          Kind.CHANGED,
          3,
          3);
    }
  }

  @Test
  void namesRecordsThatAreMissingAtTheBeginningInTheMiddleAndAtTheEnd() {
    List<AuditRecord> chain = chain(KEY, 9);
    AuditHead head = headOf(KEY, chain.getLast());

    assertFound(check(KEY, chain.subList(2, 9), head), Kind.MISSING, 1, 2);
    assertFound(check(KEY, without(chain, 3, 5), head), Kind.MISSING, 4, 5);
    assertFound(check(KEY, chain.subList(0, 7), head), Kind.MISSING, 8, 9);
    assertFound(check(KEY, List.of(), head), Kind.MISSING, 1, 9);
  }

  @Test
  void namesRecordsThatHaveChangedPlaces() {
    List<AuditRecord> chain = chain(NO_KEY, 5);
    AuditRecord second = chain.get(1);
    AuditRecord fourth = chain.get(3);
    List<AuditRecord> moved = new ArrayList<>(chain);
    moved.set(1, new AuditRecord(2, fourth.at(), fourth.entry(), fourth.link()));
    moved.set(3, new AuditRecord(4, second.at(), second.entry(), second.link()));

    assertThat(check(NO_KEY, moved, headOf(NO_KEY, chain.getLast())))
        .extracting(AuditFinding::kind, AuditFinding::from)
        .contains(tuple(Kind.CHANGED, 2L), tuple(Kind.CHANGED, 4L));
  }

  @Test
  void namesARecordThatWasAppendedBehindTheEnd() {
    List<AuditRecord> chain = chain(NO_KEY, 6);

    assertFound(check(NO_KEY, chain, headOf(NO_KEY, chain.get(4))), Kind.APPENDED, 6, 6);
  }

  @Test
  void seesThatARecordWasReplacedByOneWithAHashOfItsOwn() {
    List<AuditRecord> chain = chain(NO_KEY, 5);
    AuditRecord third = chain.get(2);
    AuditEntry forged = Chains.entry("nobody", "job.cancel");
    byte[] hash = new AuditHash(NO_KEY).of(3, third.at(), forged, third.link().previous(), null);
    AuditRecord replaced =
        new AuditRecord(
            3, third.at(), forged, new AuditRecord.Link(third.link().previous(), null, hash));

    assertFound(
        check(NO_KEY, replaced(chain, 2, replaced), headOf(NO_KEY, chain.getLast())),
        Kind.BROKEN,
        4,
        4);
  }

  @Test
  void seesAForgedEnd() {
    List<AuditRecord> chain = chain(KEY, 5);
    AuditHead whole = headOf(KEY, chain.getLast());
    AuditHead forged = new AuditHead(3, chain.get(2).link().hash(), whole.keyedBy(), whole.seal());

    assertFound(check(KEY, chain.subList(0, 3), forged), Kind.HEAD, 3, 3);
    assertThat(check(KEY, chain, null)).extracting(AuditFinding::kind).containsExactly(Kind.HEAD);
  }

  @Test
  void seesThatAChainWasMadeAnewWithoutTheKey() {
    List<AuditRecord> forged = chain(NO_KEY, 5);

    assertThat(check(KEY, forged, headOf(NO_KEY, forged.getLast())))
        .extracting(AuditFinding::kind)
        .containsExactly(Kind.UNKEYED);
    List<AuditRecord> mixed = new ArrayList<>(chain(KEY, 2));
    mixed.addAll(forged.subList(2, 5));
    assertThat(check(KEY, mixed, headOf(NO_KEY, forged.getLast())))
        .extracting(AuditFinding::kind)
        .contains(Kind.UNKEYED, Kind.BROKEN);
  }

  @Test
  void saysThatItCannotCheckWhatIsUnderAnotherKey() {
    SecretBox other = new SecretProperties(Chains.key(2), List.of()).box();
    List<AuditRecord> chain = chain(other, 1);

    assertThat(check(KEY, chain, headOf(other, chain.getLast())))
        .extracting(AuditFinding::kind)
        .containsOnly(Kind.UNKNOWN_KEY);
    SecretBox both = new SecretProperties(Chains.key(1), List.of(Chains.key(2))).box();
    assertThat(check(both, chain, headOf(other, chain.getLast()))).isEmpty();
  }

  private static AuditRecord with(AuditRecord record, AuditEntry entry) {
    return new AuditRecord(record.number(), record.at(), entry, record.link());
  }

  private static List<AuditRecord> replaced(List<AuditRecord> chain, int index, AuditRecord by) {
    List<AuditRecord> changed = new ArrayList<>(chain);
    changed.set(index, by);
    return changed;
  }

  private static List<AuditRecord> without(List<AuditRecord> chain, int from, int to) {
    List<AuditRecord> rest = new ArrayList<>(chain.subList(0, from));
    rest.addAll(chain.subList(to, chain.size()));
    return rest;
  }

  private static List<AuditFinding> check(
      SecretBox keys, List<AuditRecord> chain, @Nullable AuditHead head) {
    ChainCheck check = new ChainCheck(new AuditHash(keys), 0, null, false);
    chain.forEach(check::accept);
    check.end(Optional.ofNullable(head));
    return check.findings();
  }

  private static void assertFound(List<AuditFinding> findings, Kind kind, long from, long to) {
    assertThat(findings)
        .extracting(AuditFinding::kind, AuditFinding::from, AuditFinding::to)
        .containsExactly(tuple(kind, from, to));
  }
}
