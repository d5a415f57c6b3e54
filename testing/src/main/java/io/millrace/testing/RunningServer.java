package io.millrace.testing;

/** A shared server in the process that runs it. */
record RunningServer(ServerAddress address, Runnable stop) {}
