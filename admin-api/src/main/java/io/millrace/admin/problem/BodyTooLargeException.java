package io.millrace.admin.problem;

import java.io.IOException;
import org.springframework.util.unit.DataSize;

/** A body has turned out to be larger than what is taken. */
public final class BodyTooLargeException extends IOException {

  private static final long serialVersionUID = 1;

  private final long most;

  public BodyTooLargeException(DataSize most) {
    super("the body is larger than " + most.toBytes() + " bytes");
    this.most = most.toBytes();
  }

  DataSize most() {
    return DataSize.ofBytes(most);
  }
}
