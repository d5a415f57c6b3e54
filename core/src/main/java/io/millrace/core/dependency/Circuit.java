package io.millrace.core.dependency;

/** Whether a dependency is called. */
public enum Circuit {
  /** It is. */
  CLOSED,
  /** It failed too often: it is not, until a probe is due. */
  OPEN,
  /** One call is on its way, to see whether it is well again. */
  HALF_OPEN
}
