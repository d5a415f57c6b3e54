package io.millrace.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.client.JobPublisher;
import java.util.UUID;

/** Publishes small calculations of 300 bytes. Arguments: the broker's address, how many. */
public final class Publish {

  private Publish() {}

  public static void main(String[] args) {
    int count = Integer.parseInt(args[1]);
    String run = UUID.randomUUID().toString();
    String padding = "x".repeat(230);
    long began = System.nanoTime();
    try (JobPublisher publisher = JobPublisher.connect(args[0])) {
      for (int i = 0; i < count; i++) {
        String payload =
            "{\"left\":\"%d.%02d\",\"right\":\"1.0375\",\"padding\":\"%s\"}"
                .formatted(10_000_000 + i, i % 100, padding);
        publisher
            .job("bench.multiply")
            .messageId(run + "-" + i)
            .payload(payload.getBytes(UTF_8))
            .publish();
      }
    }
    System.out.printf(
        "published %d in %d ms%n", count, (System.nanoTime() - began) / 1_000_000);
  }
}
