/** What CloudFormation cannot make itself: the jobs' jar and script in the bucket, and the Glue Studio job from its graph. */
@NullMarked
package io.thermolake.deploy;

import org.jspecify.annotations.NullMarked;
