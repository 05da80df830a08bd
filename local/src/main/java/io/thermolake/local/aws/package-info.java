/** What every service of the laptop stands on: AWS's JSON protocol, state in files, the data folder, the meter. */
@NullMarked
package io.thermolake.local.aws;

import org.jspecify.annotations.NullMarked;
