package io.millrace.worker.execution;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connection as a handler gets it: all but what would end the transaction, which is the
 * engine's.
 */
public final class GuardedConnection implements InvocationHandler {

  private static final Set<String> THE_ENGINES =
      Set.of("commit", "setAutoCommit", "abort", "setTransactionIsolation", "setReadOnly");

  private final Connection connection;

  private GuardedConnection(Connection connection) {
    this.connection = connection;
  }

  /** What a handler gets for {@code connection}, which stays open when the handler closes it. */
  public static Connection of(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            GuardedConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new GuardedConnection(connection));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    String name = method.getName();
    if (name.equals("close")) {
      return null; // a try-with-resources around it does no harm
    }
    if (THE_ENGINES.contains(name) || name.equals("rollback") && arguments == null) {
      throw new SQLException(
          "the engine ends this transaction, together with the job: throw an exception to undo it, use a savepoint to undo a part; "
              + name
              + " is not for handlers");
    }
    try {
      return method.invoke(connection, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
