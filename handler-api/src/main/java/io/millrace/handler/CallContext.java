package io.millrace.handler;

/** The job at hand, as an {@link Integration} sees it. */
public interface CallContext extends JobContext {}
