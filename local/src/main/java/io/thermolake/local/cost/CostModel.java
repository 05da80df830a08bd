package io.thermolake.local.cost;

import io.thermolake.Metrics;
import java.util.ArrayList;
import java.util.List;

/**
 * What a month of 30 days costs on AWS, with one reading a room and minute. Counts of resources come from the templates,
 * prices from the price list; what is neither is an assumption, and stands here with its reason.
 */
public final class CostModel {
    /** Why something is paid for. */
    public enum Group {
        /** Paid for as long as the stack stands. */
        FIXED("fixed"),
        /** What a run costs at least, because a service rounds up. */
        MINIMUM("least of a run"),
        /** In proportion to rooms and readings. */
        USAGE("by use");

        private final String label;

        Group(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /**
     * @param runsADay of the schedule
     * @param database whether there is an external one; it is imported once a day
     * @param dashboards whether there is a QuickSight dashboard, with one author
     */
    public record Size(int rooms, int runsADay, boolean database, boolean dashboards) {
        public Size {
            if (rooms < 1 || runsADay < 1 || runsADay > 24) {
                throw new IllegalArgumentException(
                        "There must be a room and 1 to 24 runs a day, but there are %d and %d"
                                .formatted(rooms, runsADay));
            }
        }
    }

    public record Line(Group group, String what, String service, String unit, double quantity, double usd) {}

    private static final double DAYS = 30;
    private static final double HOURS = DAYS * 24;
    private static final double MINUTES = HOURS * 60;
    private static final double GB = 1 << 30;

    /** Firehose bills direct puts by record, in steps of 5 KB ("Amazon Data Firehose pricing"). */
    private static final double FIREHOSE_STEP = 5 * 1024;
    /** A crawl and a job run are billed for at least 10 and 1 minutes. */
    private static final double LEAST_CRAWL_HOURS = 10 / 60.0;

    private static final double LEAST_JOB_HOURS = 1 / 60.0;
    /** As the laptop's crawlers count: Glue does not say how many a crawl gets. */
    private static final double CRAWLER_DPUS = 2;
    /** The DPUs of a job: the template gives it two workers, and a G.1X is one DPU. */
    private static final double JOB_DPUS = 2;
    /** Assumed: a Spark session's start and fixed work, then a million readings in half a minute. */
    private static final double JOB_HOURS = 1.5 / 60;

    private static final double JOB_HOURS_A_MILLION = 0.5 / 60;
    /** Assumed: start of instances, billed from there. Trainings are once a month (ModelMaxAge). */
    private static final double TRAINING_HOURS = 4 / 60.0;

    private static final double ENDPOINT_HOURS = 8 / 60.0;
    private static final double ENDPOINT_HOURS_A_ROOM = 0.1 / 60;
    /** A run on the sample's 5 rooms has 66 invocations and 228 transitions; AWS's longer waits add some 20 polls. */
    private static final double INVOCATIONS = 51;

    private static final double INVOCATIONS_A_ROOM = 7;
    private static final double TRANSITIONS = 148;
    private static final double TRANSITIONS_A_ROOM = 28;
    /** Seconds of 1 GB; on the laptop 0.63, on AWS with cold starts and a slower disk. */
    private static final double GB_SECONDS_AN_INVOCATION = 2;
    /** Every 15 minutes; few are to do more than look. */
    private static final double SWEEPS = MINUTES / 15;
    /** Assumed: a run of a daily slot touches two dates of each room. */
    private static final double PUTS = 40;

    private static final double PUTS_A_ROOM = 8;
    private static final double GETS = 80;
    /** A date that is scored is compared with the 29 before it. */
    private static final double GETS_A_ROOM = 50;

    private static final double FIREHOSE_OBJECTS = DAYS * 24 * 12;
    /** As the sample's files: raw gzip 25, Parquet 6, the room's CSV 28, scores 60. */
    private static final double STORED_BYTES_A_READING = 120;

    private static final double PARQUET_BYTES_A_READING = 6;
    private static final double LEAST_SCAN = 10_000_000;
    private static final double REPORT_QUERIES = 3;
    private static final double LOG_BYTES_AN_INVOCATION = 2_000;
    private static final double LOG_BYTES_A_JOB = 1_000_000;

    private final PriceList prices;
    private final String region;
    private final StackCounts stack;

    public CostModel(PriceList prices, String region, StackCounts stack) {
        this.prices = prices;
        this.region = region;
        this.stack = stack;
    }

    /** Every line is there for every size, if need be with 0: sizes stand side by side. */
    public List<Line> month(Size size) {
        List<Line> lines = new ArrayList<>();
        fixed(size, lines);
        minimum(size, lines);
        usage(size, lines);
        return lines;
    }

    private void fixed(Size size, List<Line> to) {
        double database = size.database() ? 1 : 0;
        add(
                to,
                Group.FIXED,
                "interface endpoints",
                "VPC",
                "endpoint AZ-hour",
                database * stack.endpointZones() * HOURS);
        add(to, Group.FIXED, "the database's secret", "Secrets Manager", "secret-month", database);
        add(to, Group.FIXED, "keys", "KMS", "key-month", stack.keys());
        add(to, Group.FIXED, "alarms", "CloudWatch", "alarm metric-month", stack.alarmMetrics());
        double metrics = Metrics.Name.values().length + stack.logMetrics();
        add(to, Group.FIXED, "metrics of the runs", "CloudWatch", "custom metric-month", metrics);
        add(to, Group.FIXED, "CloudWatch dashboard", "CloudWatch", "dashboard-month", stack.dashboards());
        add(to, Group.FIXED, "sweeps", "Lambda", "GB-second", SWEEPS * GB_SECONDS_AN_INVOCATION);
        add(to, Group.FIXED, "one author", "QuickSight", "author-month", size.dashboards() ? 1 : 0);
    }

    private void minimum(Size size, List<Line> to) {
        double runs = runs(size);
        double imports = size.database() ? DAYS : 0;
        add(to, Group.MINIMUM, "room job, 1 minute × 2 workers", "Glue", "DPU-hour", runs * JOB_DPUS * LEAST_JOB_HOURS);
        add(to, Group.MINIMUM, "database import, the same", "Glue", "DPU-hour", imports * JOB_DPUS * LEAST_JOB_HOURS);
        // The raw zone and the history once a month each, when their schema or files changed; the database before its
        // import.
        add(
                to,
                Group.MINIMUM,
                "crawls, 10 minutes each",
                "Glue",
                "crawler DPU-hour",
                (2 + imports) * CRAWLER_DPUS * LEAST_CRAWL_HOURS);
        add(
                to,
                Group.MINIMUM,
                "the endpoint's start",
                "SageMaker endpoint",
                "instance-hour",
                hosted() * runs * ENDPOINT_HOURS);
    }

    /** 0 where the functions do without SageMaker. */
    private int hosted() {
        return stack.embedded() ? 0 : 1;
    }

    private void usage(Size size, List<Line> to) {
        double rooms = size.rooms();
        double runs = runs(size);
        double readings = rooms * MINUTES;
        double invocations = runs * (INVOCATIONS + INVOCATIONS_A_ROOM * rooms);
        double puts = FIREHOSE_OBJECTS + runs * (PUTS + PUTS_A_ROOM * rooms);
        double gets = runs * (GETS + GETS_A_ROOM * rooms);
        double jobHours = runs * (JOB_HOURS - LEAST_JOB_HOURS) + readings / 1e6 * JOB_HOURS_A_MILLION;
        double year = rooms * 365 * 24 * 60;
        double scanned = runs * REPORT_QUERIES * Math.max(LEAST_SCAN, year * PARQUET_BYTES_A_READING);
        double logs = invocations * LOG_BYTES_AN_INVOCATION + runs * LOG_BYTES_A_JOB;
        add(to, Group.USAGE, "sensors connected", "IoT Core", "connection-minute", rooms * MINUTES);
        add(to, Group.USAGE, "messages", "IoT Core", "message", readings);
        add(to, Group.USAGE, "rules", "IoT Core", "rule triggered", readings * stack.topicRules());
        add(to, Group.USAGE, "actions", "IoT Core", "action executed", readings);
        add(to, Group.USAGE, "readings at 5 KB each", "Firehose", "GB", readings * FIREHOSE_STEP / GB);
        add(to, Group.USAGE, "room job beyond its minute", "Glue", "DPU-hour", JOB_DPUS * jobHours);
        add(
                to,
                Group.USAGE,
                "a forest a room and month",
                "SageMaker training",
                "instance-hour",
                hosted() * rooms * TRAINING_HOURS);
        add(
                to,
                Group.USAGE,
                "scoring",
                "SageMaker endpoint",
                "instance-hour",
                hosted() * runs * rooms * ENDPOINT_HOURS_A_ROOM);
        add(
                to,
                Group.USAGE,
                "transitions",
                "Step Functions",
                "state transition",
                runs * (TRANSITIONS + TRANSITIONS_A_ROOM * rooms));
        add(to, Group.USAGE, "invocations", "Lambda", "request", invocations);
        add(to, Group.USAGE, "their time", "Lambda", "GB-second", invocations * GB_SECONDS_AN_INVOCATION);
        add(to, Group.USAGE, "traces", "X-Ray", "trace", invocations);
        add(to, Group.USAGE, "report over a year's lake", "Athena", "TB scanned", scanned / 1e12);
        add(to, Group.USAGE, "writes", "S3", "PUT request", puts);
        add(to, Group.USAGE, "reads", "S3", "GET request", gets);
        add(to, Group.USAGE, "stored after a year", "S3", "GB-month", year * STORED_BYTES_A_READING / 1e9);
        // The bucket's own key saves most of them; one in ten is what it cannot.
        add(to, Group.USAGE, "key requests", "KMS", "request", (puts + gets) / 10);
        add(to, Group.USAGE, "logs", "CloudWatch", "log GB", logs / 1e9);
    }

    private static double runs(Size size) {
        return DAYS * size.runsADay();
    }

    private void add(List<Line> to, Group group, String what, String service, String unit, double quantity) {
        double price = prices.price(region, service, unit)
                .orElseThrow(() -> new IllegalStateException(
                        "prices.json has no price for %s, %s in %s; add it".formatted(service, unit, region)))
                .usd();
        to.add(new Line(group, what, service, unit, quantity, quantity * price));
    }
}
