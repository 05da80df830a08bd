package io.thermolake.asl.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.internal.definition.Faults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What AWS was seen to answer to machines whose transitions lead nowhere. */
class GraphTest {
    private static final String MISSING = "MISSING_TRANSITION_TARGET: Missing 'Next' target: ";
    private static final String UNREACHABLE = "MISSING_TRANSITION_TARGET: State \"%s\" is not reachable. at /States/%s";

    private static String machine(String states) {
        return "{'StartAt':'A','States':{" + states + "}}";
    }

    private static String next(String name, String next) {
        return "'%s':{'Type':'Pass','Next':'%s'}".formatted(name, next);
    }

    private static String end(String name) {
        return "'%s':{'Type':'Pass','End':true}".formatted(name);
    }

    @Test
    void aLoopWithoutAnEndHasNoTerminalStateAndNothingElse() {
        assertThat(Faults.of(machine(next("A", "B") + "," + next("B", "A") + "," + next("C", "A"))))
                .containsExactly("MISSING_END_STATE: Workflow has no terminal state");
    }

    @Test
    void anEndThatNothingLeadsToIsNotReachable() {
        assertThat(Faults.of(machine(next("A", "B") + "," + next("B", "A") + "," + end("C"))))
                .containsExactly(UNREACHABLE.formatted("C", "C"));
    }

    @Test
    void aTargetThatDoesNotExistIsToldBeforeTheMissingEnd() {
        assertThat(Faults.of(machine(next("A", "NOPE"))))
                .containsExactly(
                        MISSING + "NOPE at /States/A/Next", "MISSING_END_STATE: Workflow has no terminal state");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Type':'Choice','Choices':[{'Variable':'$.a','IsNull':true,'Next':'N'}],'Default':'Y' | Choices[0]/Next",
                "'Type':'Choice','Choices':[{'Variable':'$.a','IsNull':true,'Next':'Y'}],'Default':'N' | Default",
                "'Type':'Task','Resource':'arn:t','Next':'Y','Catch':[{'ErrorEquals':['E'],'Next':'N'}] | Catch[0]/Next",
                "'Type':'Choice','Choices':[{'Next':'N'},{'Next':'Y'}] | Choices[0]/Next",
            })
    void everyWayOutMustLeadSomewhere(String state, String place) {
        assertThat(Faults.ofState(state)).contains(MISSING + "N at /States/X/" + place);
    }

    @Test
    void aWayOutOfAFaultyStateCountsNevertheless() {
        assertThat(Faults.ofState("'Type':'Choice','Choices':[{'Variable':'$.a','Foo':1,'Next':'Y'}]"))
                .noneMatch(f -> f.contains("not reachable"));
    }

    @Test
    void withoutAStartOnlyWhatNothingLeadsToIsTold() {
        assertThat(Faults.of("{'StartAt':'FAIL','States':{" + next("A", "B") + "," + end("B") + "}}"))
                .containsExactly(MISSING + "FAIL at /StartAt", UNREACHABLE.formatted("A", "A"));
    }

    @Test
    void aScopeHasItsOwnStart() {
        assertThat(Faults.ofState("'Type':'Parallel','End':true,'Branches':[{'StartAt':'X','States':{" + end("B")
                        + "}},{'StartAt':'C','States':{" + next("C", "Y") + "," + end("D") + "}}],'Comment':'Y'"))
                .contains(
                        MISSING + "X at /States/X/Branches[0]/StartAt",
                        UNREACHABLE.formatted("B", "X/Branches[0]/States/B"),
                        MISSING + "Y at /States/X/Branches[1]/States/C/Next",
                        UNREACHABLE.formatted("D", "X/Branches[1]/States/D"));
        assertThat(Faults.ofState(
                        "'Type':'Map','End':true,'Iterator':{'StartAt':'I','States':{" + next("I", "J") + "}}"))
                .contains(MISSING + "J at /States/X/Iterator/States/I/Next");
        assertThat(Faults.ofState(
                        "'Type':'Map','End':true,'ItemProcessor':{'StartAt':'I','States':{" + next("I", "J") + "}}"))
                .contains(MISSING + "J at /States/X/ItemProcessor/States/I/Next");
    }

    @Test
    void anEndInsideIsNoEndOfTheMachine() {
        assertThat(Faults.of(machine(
                        "'A':{'Type':'Parallel','Next':'A','Branches':[{'StartAt':'B','States':{" + end("B") + "}}]}")))
                .containsExactly("MISSING_END_STATE: Workflow has no terminal state");
    }

    @ParameterizedTest
    @CsvSource({"Succeed", "Fail"})
    void someStatesAreEndsByTheirType(String type) {
        assertThat(Faults.of(machine(next("A", "B") + ",'B':{'Type':'" + type + "'}")))
                .isEmpty();
    }

    @Test
    void anUnreachableCircleIsToldWhole() {
        assertThat(Faults.of(machine(end("A") + "," + next("B", "C") + "," + next("C", "B"))))
                .containsExactly(UNREACHABLE.formatted("B", "B"), UNREACHABLE.formatted("C", "C"));
    }
}
