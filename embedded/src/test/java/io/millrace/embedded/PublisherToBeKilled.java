package io.millrace.embedded;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process with a broker in it that publishes the numbers from 0 on and prints how many of them
 * are confirmed, until it is killed or nobody reads what it prints.
 */
final class PublisherToBeKilled {

  private static final String QUEUE = "numbers";
  private static final int BATCH = 100;
  private static final int MOST = 1_000_000;
  private static final long CONFIRM_MILLIS = 30_000;

  private PublisherToBeKilled() {}

  static Process start(Path directory) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            PublisherToBeKilled.class.getName(),
            directory.toString())
        .redirectError(new File(directory.toFile(), "publisher-errors.log"))
        .start();
  }

  /** The last number printed when it has reached {@code enough}, or when nothing more comes. */
  static int awaitConfirmed(BufferedReader lines, int enough) throws IOException {
    int confirmed = 0;
    String line = "";
    while (confirmed < enough && (line = lines.readLine()) != null) {
      confirmed = Integer.parseInt(line);
    }
    return confirmed;
  }

  static List<Integer> readAll(Connection connection) throws IOException {
    Channel channel = connection.createChannel();
    List<Integer> numbers = new ArrayList<>();
    for (GetResponse next = channel.basicGet(QUEUE, false);
        next != null;
        next = channel.basicGet(QUEUE, false)) {
      numbers.add(ByteBuffer.wrap(next.getBody()).getInt());
    }
    return numbers;
  }

  public static void main(String... arguments) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    try (EmbeddedBroker broker = EmbeddedBroker.in(Path.of(arguments[0])).start()) {
      factory.setUri(broker.amqpUri());
      try (Connection connection = factory.newConnection();
          Channel channel = connection.createChannel()) {
        channel.queueDeclare(QUEUE, true, false, false, null);
        channel.confirmSelect();
        publish(channel);
      }
    }
  }

  private static void publish(Channel channel) throws Exception {
    for (int number = 0; number < MOST && !System.out.checkError(); number++) {
      byte[] body = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
      channel.basicPublish("", QUEUE, MessageProperties.PERSISTENT_BASIC, body);
      if ((number + 1) % BATCH == 0) {
        channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
        System.out.println(number + 1);
      }
    }
  }
}
