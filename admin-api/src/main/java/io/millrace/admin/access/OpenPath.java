package io.millrace.admin.access;

/**
 * What is answered without a token. Each bean of this type opens some paths, and it takes no
 * annotation on a handler method there: such paths are not those of controllers.
 *
 * @param pattern of paths, such as {@code /actuator/health/**}
 */
public record OpenPath(String pattern) {}
