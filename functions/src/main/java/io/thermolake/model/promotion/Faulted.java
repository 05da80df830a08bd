package io.thermolake.model.promotion;

import io.thermolake.detect.Rows;

/**
 * Days with one fault in them.
 *
 * @param rows all of the days' readings, as the fault has made them
 */
public record Faulted(Fault fault, Rows rows) {}
