package io.millrace.client.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.api.AbstractAssert;

/** What tests say about a reading. */
final class ReadingAssert extends AbstractAssert<ReadingAssert, Reading> {

  private ReadingAssert(Reading actual) {
    super(actual, ReadingAssert.class);
  }

  static ReadingAssert assertThatReading(IncomingMessage message) {
    return new ReadingAssert(message.read());
  }

  ReadingAssert isRefused(Refusal refusal, String... partsOfTheExplanation) {
    assertThat(actual).isInstanceOf(Reading.Refused.class);
    Reading.Refused refused = (Reading.Refused) actual;
    assertThat(refused.refusal()).as(refused.explanation()).isEqualTo(refusal);
    assertThat(refused.explanation()).endsWith(".");
    for (String part : partsOfTheExplanation) {
      assertThat(refused.explanation()).contains(part);
    }
    return this;
  }

  ReadingAssert hasMessageId(String id) {
    assertThat(((Reading.Refused) actual).messageId()).isEqualTo(id);
    return this;
  }

  ReadingAssert hasNoMessageId() {
    assertThat(((Reading.Refused) actual).messageId()).isNull();
    return this;
  }

  JobMessage isReadable() {
    assertThat(actual).isInstanceOf(Reading.Readable.class);
    return ((Reading.Readable) actual).message();
  }
}
