package io.thermolake.promote;

/**
 * Days with one fault in them.
 *
 * @param rows all of the days' readings, as the fault has made them
 */
public record Faulted(Fault fault, Rows rows) {}
