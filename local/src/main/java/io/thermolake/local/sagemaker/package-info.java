/** SageMaker's Random Cut Forest on the laptop: its contract, its limits, and AWS's own open forest behind them. */
@NullMarked
package io.thermolake.local.sagemaker;

import org.jspecify.annotations.NullMarked;
