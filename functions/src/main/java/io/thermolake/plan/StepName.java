package io.thermolake.plan;

/** The parts of a run that can be skipped, in their order. */
public enum StepName {
    ImportS3,
    ImportDatabase,
    CrawlRaw,
    ExtractRooms,
    CommitRun,
    Detect,
    Report
}
