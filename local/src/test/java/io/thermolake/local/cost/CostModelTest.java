package io.thermolake.local.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.thermolake.local.cost.CostModel.Group;
import io.thermolake.local.cost.CostModel.Line;
import io.thermolake.local.cost.CostModel.Size;
import io.thermolake.local.stack.StackReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostModelTest {
    private static final StackCounts STACK = new StackCounts(2, 20, 1, 1, 2, 1, false);

    private final CostModel model = new CostModel(PriceList.read(), "eu-central-1", STACK);

    private Line line(Size size, String service, String what) {
        return model.month(size).stream()
                .filter(l -> l.service().equals(service) && l.what().startsWith(what))
                .findFirst()
                .orElseThrow();
    }

    /** By hand, for a month of 30 days. */
    @ParameterizedTest
    @CsvSource({
        // 1000 rooms, 43,200 readings each, of which each counts as 5 KB
        "Firehose, readings, 205.993652",
        "IoT Core, messages, 43200000",
        // 30 runs of 2 workers for a minute
        "Glue, room job, 1",
        // 2 crawls and 30 before the database's imports, 10 minutes of 2 DPUs each
        "Glue, crawls, 10.666667",
        "VPC, interface endpoints, 1440",
        "KMS, keys, 2",
        "CloudWatch, alarms, 20",
        "SageMaker training, a forest, 66.666667",
    })
    void quantitiesAreThoseThatABillWouldHave(String service, String what, double quantity) {
        assertThat(line(new Size(1000, 1, true, false), service, what).quantity())
                .isCloseTo(quantity, within(1e-3));
    }

    @Test
    void theEmbeddedDetectorPaysNoSageMaker() {
        CostModel embedded = new CostModel(PriceList.read(), "eu-central-1", new StackCounts(2, 20, 1, 1, 2, 1, true));

        assertThat(embedded.month(new Size(5, 1, true, false)))
                .filteredOn(l -> l.service().startsWith("SageMaker"))
                .hasSize(3)
                .allMatch(l -> l.usd() == 0);
    }

    @Test
    void whatIsNotThereCostsNothingButIsNotLeftOut() {
        List<Line> without = model.month(new Size(5, 1, false, false));

        assertThat(without).hasSameSizeAs(model.month(new Size(5, 1, true, true)));
        assertThat(line(new Size(5, 1, false, false), "VPC", "interface").usd()).isZero();
        assertThat(line(new Size(5, 1, false, false), "QuickSight", "one author")
                        .usd())
                .isZero();
    }

    @Test
    void fixedCostsDoNotGrowWithRoomsAndUseDoes() {
        assertThat(sum(1000, Group.FIXED)).isEqualTo(sum(5, Group.FIXED));
        assertThat(sum(1000, Group.MINIMUM)).isEqualTo(sum(5, Group.MINIMUM));
        assertThat(sum(1000, Group.USAGE)).isGreaterThan(50 * sum(5, Group.USAGE));
    }

    private double sum(int rooms, Group group) {
        return model.month(new Size(rooms, 1, true, true)).stream()
                .filter(l -> l.group() == group)
                .mapToDouble(Line::usd)
                .sum();
    }

    @Test
    void theTablesSumsAreThoseOfItsLines() {
        String table = CostTable.of(model, List.of(new Size(1, 1, false, false), new Size(1000, 1, false, false)));

        assertThat(table)
                .startsWith("| USD a month | | 1 room | 1,000 rooms |\n|---|---|---:|---:|\n")
                .contains("| fixed | KMS, keys | 2.00 | 2.00 |")
                .doesNotContain("QuickSight");
        double total = model.month(new Size(1000, 1, false, false)).stream()
                .mapToDouble(Line::usd)
                .sum();
        assertThat(table.lines().toList()).last().asString().endsWith("| %,.2f |".formatted(total));
    }

    @Test
    void theStacksCountsComeFromItsTemplates() {
        StackCounts counts =
                StackCounts.of(StackReader.read(Path.of("../template.yaml"), Map.of("ScheduleState", "ENABLED")));

        assertThat(counts.keys()).isEqualTo(2);
        assertThat(counts.alarmMetrics())
                .as("the throttled machines' alarm has three")
                .isGreaterThan(15);
        assertThat(counts.dashboards()).isEqualTo(1);
        assertThat(counts.topicRules()).isPositive();
        StackCounts off = StackCounts.of(StackReader.read(Path.of("../template.yaml"), Map.of()));
        assertThat(off.alarmMetrics()).isEqualTo(counts.alarmMetrics() - 1);
    }

    @Test
    void sizesMakeSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Size(0, 1, false, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new Size(1, 25, false, false));
    }
}
