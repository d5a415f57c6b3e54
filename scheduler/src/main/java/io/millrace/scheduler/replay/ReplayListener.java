package io.millrace.scheduler.replay;

/** Hears of what happens to replays, on the thread that does it. */
@FunctionalInterface
interface ReplayListener {

  void on(ReplayEvent event);
}
