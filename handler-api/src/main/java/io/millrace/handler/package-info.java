/**
 * What authors of job handlers use: the kinds of handlers, the job at hand, and the ways to fail.
 */
@NullMarked
package io.millrace.handler;

import org.jspecify.annotations.NullMarked;
