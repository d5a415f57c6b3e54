/** The types of jobs that workers have handlers for, as every process knows them. */
@NullMarked
package io.millrace.core.catalogue;

import org.jspecify.annotations.NullMarked;
