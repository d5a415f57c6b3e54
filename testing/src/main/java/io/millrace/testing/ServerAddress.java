package io.millrace.testing;

import java.net.URI;
import java.util.Properties;

/** Where a shared server is; written to a file by the process that runs it, read by the tests. */
sealed interface ServerAddress permits BrokerAddress, DatabaseAddress {

  /** What stands in the file. */
  default Properties toProperties() {
    Properties properties = new Properties();
    switch (this) {
      case BrokerAddress broker -> {
        properties.setProperty("amqp", broker.amqp().toString());
        properties.setProperty("management", broker.management().toString());
      }
      case DatabaseAddress database -> {
        properties.setProperty("jdbcUrl", database.jdbcUrl());
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
      }
    }
    return properties;
  }

  static BrokerAddress broker(Properties properties) {
    return new BrokerAddress(
        URI.create(properties.getProperty("amqp")),
        URI.create(properties.getProperty("management")));
  }

  static DatabaseAddress database(Properties properties) {
    return new DatabaseAddress(
        properties.getProperty("jdbcUrl"),
        properties.getProperty("user"),
        properties.getProperty("password"));
  }
}
