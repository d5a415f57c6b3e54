/** Jobs that are one e-mail, sent by SMTP. */
@NullMarked
package io.millrace.worker.mail;

import org.jspecify.annotations.NullMarked;
