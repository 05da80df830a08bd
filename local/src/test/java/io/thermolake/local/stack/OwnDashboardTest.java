package io.thermolake.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.report.View;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.SingleColumn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** The QuickSight dashboard of our own stack: it shows columns that are there, and a run refreshes what it shows. */
class OwnDashboardTest {
    private static final Stack STACK = StackReader.read(
            Path.of("..").toAbsolutePath().normalize().resolve("template.yaml"),
            Map.of("QuickSightPrincipalArn", "arn:aws:quicksight:eu-central-1:000000000000:user/default/me"));

    private static List<String> columns(View view) {
        QuerySpecification select =
                (QuerySpecification) ((Query) new SqlParser().createStatement(view.query())).getQueryBody();
        return select.getSelect().getSelectItems().stream()
                .map(item -> {
                    SingleColumn column = (SingleColumn) item;
                    return column.getAlias().map(Identifier::getValue).orElseGet(() -> name(column.getExpression()));
                })
                .toList();
    }

    private static String name(Expression expression) {
        return expression instanceof DereferenceExpression dereference
                ? dereference.getField().orElseThrow().getValue()
                : ((Identifier) expression).getValue();
    }

    private static Map<String, Object> table(StackResource dataSet) {
        Map<String, Object> physical = PlainTemplate.map(dataSet.properties().get("PhysicalTableMap"));
        return PlainTemplate.map(
                PlainTemplate.map(physical.values().iterator().next()).get("RelationalTable"));
    }

    private static List<String> inputColumns(StackResource dataSet) {
        return ((List<?>) table(dataSet).get("InputColumns"))
                .stream().map(c -> PlainTemplate.map(c).get("Name").toString()).toList();
    }

    /** Every map in it, with what it lies under. */
    private static void walk(Object value, BiConsumer<String, Map<String, Object>> visitor) {
        if (value instanceof Map<?, ?>) {
            PlainTemplate.map(value).forEach((key, item) -> {
                if (item instanceof Map<?, ?>) {
                    visitor.accept(key, PlainTemplate.map(item));
                }
                walk(item, visitor);
            });
        } else if (value instanceof List<?> list) {
            list.forEach(item -> walk(item, visitor));
        }
    }

    @Test
    void everyDataSetReadsAViewOfOursWithItsColumns() {
        Map<String, View> views = new TreeMap<>();
        View.ALL.forEach(view -> views.put(view.name(), view));
        List<StackResource> dataSets = STACK.ofType("AWS::QuickSight::DataSet");

        assertThat(dataSets).hasSameSizeAs(View.ALL).allSatisfy(dataSet -> {
            String view = table(dataSet).get("Name").toString();
            assertThat(views).containsKey(view);
            assertThat(inputColumns(dataSet)).as(view).isEqualTo(columns(views.get(view)));
        });
    }

    @Test
    void aRunRefreshesEveryDataSet() {
        StackResource pipeline = STACK.find("PipelineStateMachine").orElseThrow();
        String refreshed = PlainTemplate.map(pipeline.properties().get("DefinitionSubstitutions"))
                .get("DashboardDataSets")
                .toString();

        assertThat(refreshed.split(","))
                .containsExactlyInAnyOrderElementsOf(STACK.ofType("AWS::QuickSight::DataSet").stream()
                        .map(d -> d.properties().get("DataSetId").toString())
                        .toList());
    }

    @Test
    void everyVisualShowsColumnsOfItsDataSetAndHasAPlace() {
        Map<String, Object> definition = PlainTemplate.map(
                STACK.ofType("AWS::QuickSight::Dashboard").get(0).properties().get("Definition"));
        Map<String, List<String>> known = new TreeMap<>();
        STACK.ofType("AWS::QuickSight::DataSet")
                .forEach(d -> known.put(
                        PlainTemplate.map(d.properties().get("PhysicalTableMap"))
                                .keySet()
                                .iterator()
                                .next(),
                        inputColumns(d)));
        TreeSet<String> visuals = new TreeSet<>();
        TreeSet<String> places = new TreeSet<>();
        List<String> fields = new ArrayList<>();
        walk(definition, (key, map) -> {
            if (map.containsKey("VisualId")) {
                visuals.add(map.get("VisualId").toString());
            }
            if (key.equals("Column")) {
                fields.add(map.get("ColumnName").toString());
                assertThat(known.get(map.get("DataSetIdentifier").toString()))
                        .as("%s", map)
                        .contains(map.get("ColumnName").toString());
            }
            if (key.equals("GridLayout")) {
                ((List<?>) map.get("Elements"))
                        .forEach(e ->
                                places.add(PlainTemplate.map(e).get("ElementId").toString()));
            }
        });
        assertThat(fields).hasSizeGreaterThan(20);
        assertThat(visuals).hasSizeGreaterThan(5).isEqualTo(places);
    }
}
