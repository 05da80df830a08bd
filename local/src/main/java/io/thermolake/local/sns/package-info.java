/** SNS and the other services that speak neither AWS JSON nor S3. */
@NullMarked
package io.thermolake.local.sns;

import org.jspecify.annotations.NullMarked;
