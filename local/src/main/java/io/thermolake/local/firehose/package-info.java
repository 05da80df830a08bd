/** Firehose on the laptop: buffers that survive a kill, delivered to S3 under the keys that AWS would give them. */
@NullMarked
package io.thermolake.local.firehose;

import org.jspecify.annotations.NullMarked;
