/**
 * The dispatcher: publishes the jobs that are due, revives those whose worker has ended, ends those
 * that are too late, and announces what nobody else has.
 */
@NullMarked
package io.millrace.scheduler.dispatch;

import org.jspecify.annotations.NullMarked;
