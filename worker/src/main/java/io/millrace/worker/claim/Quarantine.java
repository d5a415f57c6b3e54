package io.millrace.worker.claim;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.LongString;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Refusal;
import io.millrace.core.outcome.Rejection;
import io.millrace.core.store.QuarantineStore;
import io.millrace.core.store.QuarantinedMessage;
import io.millrace.worker.announcement.Announcer;
import io.millrace.worker.intake.Delivery;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEvents;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import tools.jackson.databind.json.JsonMapper;

/** Keeps messages that cannot become jobs, says so, and acknowledges them. */
final class Quarantine {

  /**
   * A message on its way into quarantine.
   *
   * @param deliveries what is to be acknowledged once it is there and was announced
   */
  record Refused(
      Delivery delivery,
      Refusal reason,
      String explanation,
      @Nullable String messageId,
      Supplier<Collection<Delivery>> deliveries) {}

  private static final JsonMapper JSON = JsonMapper.shared();

  /** What a quorum queue says of a message that it delivers again, and the message does not. */
  private static final Set<String> COUNTED_BY_BROKER =
      Set.of("x-delivery-count", "x-acquired-count");

  private final QuarantineStore store;
  private final DatabaseGuard database;
  private final Announcer announcer;
  private final WorkerEvents events;

  Quarantine(
      QuarantineStore store, DatabaseGuard database, Announcer announcer, WorkerEvents events) {
    this.store = store;
    this.database = database;
    this.announcer = announcer;
    this.events = events;
  }

  void keep(List<Refused> refused) throws InterruptedException {
    if (refused.isEmpty()) {
      return;
    }
    List<QuarantinedMessage> messages = refused.stream().map(Quarantine::message).toList();
    try {
      insert(messages);
    } catch (DataIntegrityViolationException _) {
      for (QuarantinedMessage message : messages) {
        insertAlone(message);
      }
    }
    for (int i = 0; i < refused.size(); i++) {
      announce(refused.get(i), messages.get(i).id());
    }
  }

  private void insert(List<QuarantinedMessage> messages) throws InterruptedException {
    database.insist(
        () -> {
          store.insert(messages);
          return messages.size();
        });
  }

  /**
   * Headers may hold what even the quarantine cannot: then the body and the reason are kept without
   * them.
   */
  private void insertAlone(QuarantinedMessage message) throws InterruptedException {
    try {
      insert(List.of(message));
    } catch (DataIntegrityViolationException e) {
      insert(List.of(message.withoutHeaders(e.getMostSpecificCause().getMessage())));
    }
  }

  private void announce(Refused refused, UUID id) {
    String key = refused.delivery().routingKey();
    events.emit(
        new WorkerEvent.MessageRefused(
            refused.reason(),
            refused.explanation(),
            refused.delivery().queue(),
            refused.messageId()));
    announcer.rejected(
        new Rejection(
            id,
            refused.reason(),
            refused.explanation(),
            JobType.isValid(key) ? new JobType(key) : null,
            refused.messageId(),
            refused.delivery().arrivedAt()),
        refused.deliveries());
  }

  private static QuarantinedMessage message(Refused refused) {
    Delivery delivery = refused.delivery();
    String properties = JSON.writeValueAsString(properties(delivery.properties()));
    Map<String, Object> headers = headers(delivery.properties());
    String headersJson = JSON.writeValueAsString(headers);
    headers.keySet().removeAll(COUNTED_BY_BROKER);
    return new QuarantinedMessage(
        id(delivery, properties, JSON.writeValueAsString(headers)),
        delivery.arrivedAt(),
        refused.reason(),
        refused.explanation(),
        new QuarantinedMessage.Envelope(
            delivery.queue(),
            delivery.exchange(),
            delivery.routingKey(),
            refused.messageId(),
            properties,
            headersJson),
        delivery.body());
  }

  /** The same message again has the same id, whichever worker gets it. */
  private static UUID id(Delivery delivery, String properties, String headers) {
    String said =
        String.join("\0", delivery.exchange(), delivery.routingKey(), properties, headers);
    byte[] head = said.getBytes(UTF_8);
    byte[] whole = new byte[head.length + 1 + delivery.body().length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(delivery.body(), 0, whole, head.length + 1, delivery.body().length);
    return UUID.nameUUIDFromBytes(whole);
  }

  private static Map<String, Object> headers(AMQP.BasicProperties amqp) {
    return amqp.getHeaders() == null ? new LinkedHashMap<>() : plain(amqp.getHeaders());
  }

  private static Map<String, Object> properties(AMQP.BasicProperties amqp) {
    Map<String, Object> present = new LinkedHashMap<>();
    putIfPresent(present, "content_type", amqp.getContentType());
    putIfPresent(present, "content_encoding", amqp.getContentEncoding());
    putIfPresent(present, "delivery_mode", amqp.getDeliveryMode());
    putIfPresent(present, "priority", amqp.getPriority());
    putIfPresent(present, "correlation_id", amqp.getCorrelationId());
    putIfPresent(present, "reply_to", amqp.getReplyTo());
    putIfPresent(present, "expiration", amqp.getExpiration());
    putIfPresent(present, "message_id", amqp.getMessageId());
    putIfPresent(present, "timestamp", amqp.getTimestamp());
    putIfPresent(present, "type", amqp.getType());
    putIfPresent(present, "user_id", amqp.getUserId());
    putIfPresent(present, "app_id", amqp.getAppId());
    return present;
  }

  private static void putIfPresent(
      Map<String, Object> present, String name, @Nullable Object value) {
    if (value != null) {
      present.put(name, plainValue(value));
    }
  }

  private static Map<String, Object> plain(Map<?, ?> headers) {
    Map<String, Object> plain = new LinkedHashMap<>();
    headers.forEach((name, value) -> plain.put(String.valueOf(name), plainValue(value)));
    return plain;
  }

  /** AMQP values as JSON has them; bytes that are not text in hexadecimal. */
  private static Object plainValue(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case LongString text -> text.toString();
      case byte[] bytes -> HexFormat.of().formatHex(bytes);
      case Date date -> date.toInstant().toString();
      case Map<?, ?> map -> plain(map);
      case List<?> list -> {
        List<Object> plain = new ArrayList<>();
        list.forEach(element -> plain.add(plainValue(element)));
        yield plain;
      }
      case Number number -> number;
      case Boolean flag -> flag;
      default -> value.toString();
    };
  }
}
