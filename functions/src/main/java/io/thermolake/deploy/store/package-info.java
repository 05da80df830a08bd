/** What the deployment does to S3 and Athena. */
@NullMarked
package io.thermolake.deploy.store;

import org.jspecify.annotations.NullMarked;
