/**
 * The path of a message through a worker: claim, run, settle, announce, acknowledge; and the life
 * of the worker around it.
 */
@NullMarked
package io.millrace.worker.pipeline;

import org.jspecify.annotations.NullMarked;
