/** What the deployment does to S3. */
@NullMarked
package io.thermolake.deploy.store;

import org.jspecify.annotations.NullMarked;
