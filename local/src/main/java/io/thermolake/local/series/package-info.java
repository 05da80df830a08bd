/** Any series from a CSV file: read, judged, measured. */
@NullMarked
package io.thermolake.local.series;

import org.jspecify.annotations.NullMarked;
