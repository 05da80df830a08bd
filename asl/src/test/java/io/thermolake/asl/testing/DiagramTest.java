package io.thermolake.asl.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class DiagramTest {
    private static final String MACHINE = """
            {"StartAt":"Work","States":{
             "Done":{"Type":"Succeed"},
             "Work":{"Type":"Task","Resource":"arn:t","Next":"Enough","Catch":[{"ErrorEquals":["A","B"],"Next":"Done"}]},
             "Enough":{"Type":"Choice","Choices":[
               {"Variable":"$.n","NumericLessThan":5,"Next":"Work"},
               {"And":[{"Variable":"$.a","IsNull":true}],"Next":"Each"}],"Default":"Done"},
             "Each":{"Type":"Map","End":true,"ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}}},
             "Lost <&>":{"Type":"Parallel","Branches":[{"StartAt":"B","States":{"B":{"Type":"Wait","Seconds":1,"End":true}}}],"End":true}}}""";

    @Test
    void anOutlineHasALineForEachTransitionInTheOrderOfTheFlow() {
        assertThat(Diagram.text(MACHINE)).isEqualTo("""
                > Work      Task      -> Enough
                                      -> Done  on A, B
                  Enough    Choice    -> Work  if $.n NumericLessThan 5
                                      -> Each  if {"And":[{"Variable":"$.a","IsNull":true}]}
                                      -> Done  otherwise
                  Each      Map       -> (end)
                  | each item
                  |   > I  Pass      -> (end)
                  Done      Succeed   -> (end)
                  Lost <&>  Parallel  -> (end)
                  | branch 1
                  |   > B  Wait      -> (end)
                """);
    }

    @Test
    void aConditionIsShownWithoutItsMarksAndCutWhereItIsLong() {
        String machine =
                "{\"StartAt\":\"C\",\"States\":{\"C\":{\"Type\":\"Choice\",\"Choices\":[{\"Condition\":\"{% $n   = '%s' %}\",\"Next\":\"D\"}]}}}";
        assertThat(Diagram.text(machine.replace("%s", "x"))).contains("-> D  if $n = 'x'");
        assertThat(Diagram.text(machine.replace("%s", "x".repeat(80)))).contains("if $n = '" + "x".repeat(53) + "…");
    }

    private static org.w3c.dom.Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    @Test
    void aPictureIsXmlWithABoxForEachStateAndAPathForEachTransition() throws Exception {
        org.w3c.dom.Document svg = parsed(Diagram.svg(MACHINE));
        // Seven states, and two scopes; five transitions that lead to a state, and the arrow's head.
        assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(7 + 2);
        assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(5 + 1);
        assertThat(Diagram.svg(MACHINE))
                .contains(">Lost &lt;&amp;&gt;</text>")
                .contains("<title>$.n NumericLessThan 5</title>");
    }

    @Test
    void whatNoRunHasReachedIsMarked() {
        Machine machine = Machine.of(
                "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$.x\",\"IsPresent\":true,\"Next\":\"B\"}],\"Default\":\"C\"},"
                        + "\"B\":{\"Type\":\"Succeed\"},\"C\":{\"Type\":\"Succeed\"}}}");
        machine.run(java.util.Map.of(), new Mocks());
        String svg = Diagram.svg(machine.definition().text(), machine.coverage());
        assertThat(svg.lines().filter(line -> line.contains(" missed\""))).hasSize(1);
        assertThat(Diagram.svg(machine.definition().text())).doesNotContain(" missed\"");
    }

    private static final Pattern RECT = Pattern.compile(
            "<rect class=\"\\w+\" x=\"([\\d.-]+)\" y=\"([\\d.-]+)\" width=\"([\\d.]+)\" height=\"([\\d.]+)\"");
    private static final Pattern POINT = Pattern.compile("[ML]([\\d.-]+) ([\\d.-]+)");

    @Test
    void noWayAroundCrossesABox() {
        // B and C stand beside each other, and B leads back to A: its way must not pass through C.
        String svg = Diagram.svg("""
                {"StartAt":"A","States":{
                 "A":{"Type":"Choice","Choices":[{"Variable":"$.x","IsNull":true,"Next":"B"}],"Default":"C"},
                 "B":{"Type":"Pass","Next":"A"},"C":{"Type":"Pass","Next":"D"},
                 "D":{"Type":"Pass","Next":"E"},"E":{"Type":"Choice","Choices":[{"Variable":"$.x","IsNull":true,"Next":"B"}],"Default":"F"},
                 "F":{"Type":"Succeed"}}}""");
        List<double[]> boxes = new ArrayList<>();
        Matcher rect = RECT.matcher(svg);
        while (rect.find()) {
            boxes.add(new double[] {number(rect, 1), number(rect, 2), number(rect, 3), number(rect, 4)});
        }
        assertThat(boxes).hasSize(6);
        svg.lines()
                .filter(line -> line.startsWith("<path")
                        && line.chars().filter(c -> c == 'L').count() == 5)
                .forEach(line -> {
                    List<double[]> points = new ArrayList<>();
                    Matcher point = POINT.matcher(line);
                    while (point.find()) {
                        points.add(new double[] {number(point, 1), number(point, 2)});
                    }
                    for (int i = 1; i < points.size(); i++) {
                        double[] from = points.get(i - 1);
                        double[] to = points.get(i);
                        assertThat(boxes).as(line).noneMatch(box -> crosses(from, to, box));
                    }
                });
    }

    private static double number(Matcher matcher, int group) {
        return Double.parseDouble(matcher.group(group));
    }

    /** Whether a horizontal or vertical piece goes through the box's inside. */
    private static boolean crosses(double[] from, double[] to, double[] box) {
        return Math.max(from[0], to[0]) > box[0]
                && Math.min(from[0], to[0]) < box[0] + box[2]
                && Math.max(from[1], to[1]) > box[1]
                && Math.min(from[1], to[1]) < box[1] + box[3];
    }

    @Test
    void whatIsNoJsonCannotBeDrawn() {
        assertThatThrownBy(() -> Diagram.text("{")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Diagram.svg("{")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFaultyDefinitionIsDrawnAsFarAsItGoes() throws Exception {
        assertThat(Diagram.text("{\"StartAt\":\"X\",\"States\":{\"A\":{\"Next\":\"Nowhere\"}}}"))
                .isEqualTo("  A  null      -> Nowhere\n");
        assertThat(parsed(Diagram.svg("{}")).getElementsByTagName("rect").getLength())
                .isZero();
    }
}
