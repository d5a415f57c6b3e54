/** How likely somebody is to repay, as a credit bureau sees it. */
@NullMarked
package io.millrace.examples.lending.credit;

import org.jspecify.annotations.NullMarked;
