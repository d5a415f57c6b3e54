/** The message contract: what a job message is, how it travels, and what its outcome looks like. */
@NullMarked
package io.millrace.client.contract;

import org.jspecify.annotations.NullMarked;
