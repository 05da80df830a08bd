package io.thermolake.local.states;

import java.time.Instant;

/** An activity, as it is kept. */
record Activity(String arn, String name, Instant created) {}
