/** S3 as plain files. */
@NullMarked
package io.thermolake.local.s3;

import org.jspecify.annotations.NullMarked;
