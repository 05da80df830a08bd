package io.thermolake.local.cli;

import io.thermolake.local.cost.CostModel;
import io.thermolake.local.cost.CostModel.Size;
import io.thermolake.local.cost.CostTable;
import io.thermolake.local.cost.PriceList;
import io.thermolake.local.cost.StackCounts;
import io.thermolake.local.stack.Stack;
import io.thermolake.local.stack.StackReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a month on AWS would cost, by the model of {@code docs/costs.md}. */
@Command(
        name = "costs",
        mixinStandardHelpOptions = true,
        description =
                "What a month on AWS would cost, by rooms; list prices of prices.json, quantities of the template.")
final class CostsCommand implements Callable<Integer> {
    @Option(
            names = "--rooms",
            split = ",",
            paramLabel = "N",
            defaultValue = "5,100,1000",
            description = "How many (${DEFAULT-VALUE}).")
    List<Integer> rooms = List.of();

    @Option(
            names = "--runs-a-day",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the schedule (${DEFAULT-VALUE}).")
    int runsADay;

    @Option(names = "--database", description = "With an external database.")
    boolean database;

    @Option(names = "--dashboards", description = "With a QuickSight dashboard and one author.")
    boolean dashboards;

    @Option(
            names = "--parameter",
            paramLabel = "NAME=VALUE",
            description = "Of the template, such as what brings interface endpoints; may be repeated.")
    Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--region", paramLabel = "REGION", description = "One of prices.json (${DEFAULT-VALUE}).")
    String region = Stack.REGION;

    @Option(names = "--json", description = "One machine-readable object on stdout.")
    boolean json;

    @Override
    public Integer call() {
        PriceList prices = PriceList.read();
        Console console = new Console(json);
        Map<String, List<CostModel.Line>> months = new LinkedHashMap<>();
        try {
            CostModel model = new CostModel(prices, region, StackCounts.of(stack()));
            List<Size> sizes = rooms.stream()
                    .map(n -> new Size(n, runsADay, database, dashboards))
                    .toList();
            sizes.forEach(size -> months.put(String.valueOf(size.rooms()), model.month(size)));
            console.say("%s", CostTable.of(model, sizes).stripTrailing());
        } catch (IllegalArgumentException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
        console.say("%s; %s a day; prices of %s", region, runsADay == 1 ? "1 run" : runsADay + " runs", prices.asOf());
        console.answer(Map.of("region", region, "asOf", prices.asOf(), "months", months));
        return 0;
    }

    /** As it is deployed to be used: with its schedule on. */
    private Stack stack() {
        Map<String, String> given = new LinkedHashMap<>(Map.of("ScheduleState", "ENABLED"));
        if (database) {
            given.put("JdbcUrl", "jdbc:sqlserver://database:1433");
            given.put("DatabaseSecretId", "database");
        }
        given.putAll(parameters);
        return StackReader.read(CloudFlags.home().resolve("template.yaml"), given);
    }
}
