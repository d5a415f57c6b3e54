/** What others bring: jars in a folder. */
@NullMarked
package io.millrace.core.plugin;

import org.jspecify.annotations.NullMarked;
