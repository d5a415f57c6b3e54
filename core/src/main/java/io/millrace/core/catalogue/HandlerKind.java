package io.millrace.core.catalogue;

/** What kind of work a handler does, which decides how it runs. */
public enum HandlerKind {
  /** It computes; running it twice has no effect that anybody could notice. */
  CALCULATION,
  /** It works in a transaction of the engine's database. */
  TRANSACTION,
  /** It calls somebody else's system. */
  CALL
}
