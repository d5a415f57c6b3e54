package io.millrace.scheduler.jobrunr;

/** Something that may need JobRunr's server. */
@FunctionalInterface
public interface JobRunrUser {

  boolean needsServer();
}
