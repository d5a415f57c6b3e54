package io.millrace.core.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.LongString;
import com.rabbitmq.client.impl.LongStringHelper;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShallowHeadersTest {

  private static final LongString LONG = LongStringHelper.asLongString("x".repeat(1_000));

  @Test
  void leavesWhatIsNotTooDeepAsItIs() throws IOException {
    Map<String, Object> headers = everyType();
    headers.put("tables", tables(ShallowHeaders.DEEPEST));
    headers.put("lists", lists(ShallowHeaders.DEEPEST));
    byte[] frame = frame(headers);

    assertThat(ShallowHeaders.of(frame)).isSameAs(frame);
  }

  @Test
  void emptiesWhatIsTooDeepAndNothingElse() throws IOException {
    Map<String, Object> headers = everyType();
    headers.put("tables", tables(ShallowHeaders.DEEPEST + 1));
    headers.put("lists", List.of(1, lists(300), 2));

    BasicProperties read = read(ShallowHeaders.of(frame(headers)));

    headers.put("tables", Map.of());
    headers.put("lists", List.of());
    assertThat(read(frame(headers))).usingRecursiveComparison().isEqualTo(read);
    assertThat(read.getMessageId()).isEqualTo("m-1");
  }

  @Test
  void leavesToTheClientWhatItCannotRead() throws IOException {
    byte[] cut = Arrays.copyOf(frame(Map.of("lists", lists(300))), 1_400);
    byte[] strange = frame(Map.of("long", LONG));
    strange[strange.length - "m-1".length() - 1 - 1_000 - Integer.BYTES - 1] = '?';

    assertThat(ShallowHeaders.of(cut)).isSameAs(cut);
    assertThat(ShallowHeaders.of(strange)).isSameAs(strange);
  }

  private static Map<String, Object> everyType() {
    Map<String, Object> headers = new HashMap<>();
    headers.put("long", LONG);
    headers.put("void", null);
    headers.put("boolean", true);
    headers.put("byte", (byte) 1);
    headers.put("short", (short) 1);
    headers.put("integer", 1);
    headers.put("number", 1L);
    headers.put("float", 1f);
    headers.put("double", 1.0);
    headers.put("decimal", BigDecimal.ONE);
    headers.put("date", new Date(0));
    headers.put("bytes", new byte[] {1, 2});
    headers.put("table", Map.of("", Map.of(), "list", List.of(1, LONG, List.of())));
    return headers;
  }

  private static Object tables(int levels) {
    Object value = Map.of();
    for (int level = 1; level < levels; level++) {
      value = Map.of("k", value);
    }
    return value;
  }

  private static Object lists(int levels) {
    Object value = List.of();
    for (int level = 1; level < levels; level++) {
      value = List.of(value);
    }
    return value;
  }

  private static byte[] frame(Map<String, Object> headers) throws IOException {
    return new BasicProperties.Builder()
        .contentType("application/json")
        .contentEncoding("utf-8")
        .headers(headers)
        .messageId("m-1")
        .build()
        .toFrame(1, 0)
        .getPayload();
  }

  private static BasicProperties read(byte[] payload) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload));
    in.skipNBytes(Short.BYTES);
    return new BasicProperties(in);
  }
}
