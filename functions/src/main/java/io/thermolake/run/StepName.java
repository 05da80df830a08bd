package io.thermolake.run;

/** The parts of a run that can be skipped, in the order in which they are decided. */
public enum StepName {
    ImportS3,
    ImportDatabase,
    CrawlRaw,
    ExtractRooms,
    CommitRun,
    Detect,
    StartEndpoint,
    Report
}
