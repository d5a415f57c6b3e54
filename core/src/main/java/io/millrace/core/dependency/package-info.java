/** Other people's systems that jobs call: which are up, for all workers together. */
@NullMarked
package io.millrace.core.dependency;

import org.jspecify.annotations.NullMarked;
