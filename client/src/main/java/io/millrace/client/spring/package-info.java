/** Gives a Spring Boot application its publisher of jobs. */
@NullMarked
package io.millrace.client.spring;

import org.jspecify.annotations.NullMarked;
