/** Starts crawlers and waits for a crawl that is proven ours. */
@NullMarked
package io.thermolake.crawl;

import org.jspecify.annotations.NullMarked;
