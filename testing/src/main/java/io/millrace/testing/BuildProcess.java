package io.millrace.testing;

import java.time.Instant;
import java.util.stream.Stream;

/**
 * The process that a build's shared servers live and die with: Maven, which started the JVM that
 * the tests run in. A JVM that no other JVM started (as from an editor) is its own build.
 */
record BuildProcess(ProcessHandle handle) {

  static BuildProcess current() {
    ProcessHandle self = ProcessHandle.current();
    return new BuildProcess(
        Stream.iterate(self.parent(), parent -> parent.isPresent(), parent -> parent.get().parent())
            .flatMap(parent -> parent.stream())
            .filter(BuildProcess::isJava)
            .findFirst()
            .orElse(self));
  }

  /** Unique also when the operating system gives the pid to another process later. */
  String key() {
    long start = handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return handle.pid() + "-" + start;
  }

  private static boolean isJava(ProcessHandle process) {
    return process
        .info()
        .command()
        .filter(name -> name.matches(".*\\bjavaw?(\\.exe)?"))
        .isPresent();
  }
}
