package io.thermolake.asl.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.Diagnostic;
import io.thermolake.asl.ExecutionResult;
import io.thermolake.asl.TaskException;
import io.thermolake.asl.engine.Definition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The limits and the rules of "Passing data between states with variables". */
class VariableLimitsTest {
    private final Lab lab = new Lab();

    /** JSON text of exactly so many bytes. */
    private static String bytes(int count) {
        return "x".repeat(count - 2);
    }

    @ParameterizedTest
    @CsvSource({"262144, 0, true", "262145, 0, false", "131072, 131072, true", "131072, 131073, false"})
    void anAssignMayHave256Kib(int first, int second, boolean fits) {
        String assign = second == 0 ? "'a.$':'$.a'" : "'a.$':'$.a','b.$':'$.b'";
        Map<String, Object> input =
                second == 0 ? Map.of("a", bytes(first)) : Map.of("a", bytes(first), "b", bytes(second));
        ExecutionResult result = lab.run(
                "{'StartAt':'P','States':{'P':{'Type':'Pass','Assign':{" + assign + "},'OutputPath':null,'End':true}}}",
                input);
        if (fits) {
            assertThat(result.status()).isEqualTo("SUCCEEDED");
        } else {
            assertThat(result)
                    .isEqualTo(new ExecutionResult.Failed(
                            "States.DataLimitExceeded",
                            "The state 'P' assigns variables of " + (first + second) + " bytes, more than 262144."));
        }
    }

    @Test
    void anAssignThatIsTooLargeCanBeCaughtAndAssignsNothing() {
        lab.answers(Lab.FUNCTION, List.of(bytes(131_072), bytes(131_000)));
        ExecutionResult result = lab.run("""
                {'QueryLanguage':'JSONata','StartAt':'I','States':{'I':{'Type':'Pass','Assign':{'v':'old','w':'old'},'Next':'T'},
                 'T':{'Type':'Task','Resource':'%s','Assign':{'v':'{%% $states.result[0] %%}','w':'{%% $states.result %%}'},'End':true,
                  'Catch':[{'ErrorEquals':['States.DataLimitExceeded'],'Next':'S'}]},
                 'S':{'Type':'Succeed','Output':'{%% $v & $w %%}'}}}""".formatted(Lab.FUNCTION), 1L);
        assertThat(result).isEqualTo(new ExecutionResult.Succeeded("oldold"));
    }

    /** Assigns v0, v1, …: forty variables of 256 KiB are 10 MiB. */
    private static String assigning(int count, String more) {
        StringBuilder states = new StringBuilder();
        for (int i = 0; i < count; i++) {
            states.append("'P%d':{'Type':'Pass','Assign':{'v%d.$':'$.a'},'Next':'P%d'},".formatted(i, i, i + 1));
        }
        return "{'StartAt':'P0','States':{" + states + more + "}}";
    }

    @Test
    void anExecutionMayHaveTenMib() {
        lab.wantsSnapshots = false;
        Map<String, Object> input = Map.of("a", bytes(262_138));
        // Forty times 262,138 leave 240 bytes.
        String fits = assigning(
                40, "'P40':{'Type':'Pass','Assign':{'last':'" + "x".repeat(238) + "'},'OutputPath':null,'End':true}");
        assertThat(lab.run(fits, input).status()).isEqualTo("SUCCEEDED");
        String tooMuch = assigning(
                40, "'P40':{'Type':'Pass','Assign':{'last':'" + "x".repeat(239) + "'},'OutputPath':null,'End':true}");
        assertThat(lab.run(tooMuch, input))
                .isEqualTo(
                        new ExecutionResult.Failed(
                                "States.DataLimitExceeded",
                                "The state 'P40' would bring the variables of the execution to 10485761 bytes, more than 10485760."));
    }

    @Test
    void aVariableThatIsAssignedAgainCountsOnce() {
        lab.wantsSnapshots = false;
        String again =
                "'P40':{'Type':'Pass','Assign':{'v0.$':'$.a'},'Next':'Q'},'Q':{'Type':'Pass','Assign':{'v0':1},'Next':'R'},"
                        + "'R':{'Type':'Pass','Assign':{'more.$':'$.a'},'OutputPath':null,'End':true}";
        assertThat(lab.run(assigning(40, again), Map.of("a", bytes(262_138))).status())
                .isEqualTo("SUCCEEDED");
    }

    @Test
    void whatAnIterationHeldNoLongerCountsWhenItIsOver() {
        lab.wantsSnapshots = false;
        String map =
                "{'StartAt':'M','States':{'M':{'Type':'Map','ItemsPath':'$.items','MaxConcurrency':%d,'ItemSelector':{'a.$':'$.a'},'ResultPath':null,'OutputPath':null,'End':true,'ItemProcessor':"
                        + "{'StartAt':'P','States':{'P':{'Type':'Pass','Assign':{'v.$':'$.a'},'Next':'W'},'W':{'Type':'Wait','Seconds':1,'OutputPath':null,'End':true}}}}}}";
        List<Integer> items = java.util.stream.IntStream.range(0, 50).boxed().toList();
        Map<String, Object> input = Map.of("a", bytes(262_000 - 200), "items", items);
        assertThat(lab.run(map.formatted(39), input).status()).isEqualTo("SUCCEEDED");
        // Each of forty iterations holds 261,800 bytes: they fit; with an outer variable of the same size they do not.
        String outer = map.formatted(40)
                .replace(
                        "'StartAt':'M','States':{",
                        "'StartAt':'O','States':{'O':{'Type':'Pass','Assign':{'o.$':'$.a'},'Next':'M'},");
        assertThat(((ExecutionResult.Failed) lab.run(outer, input)).error()).isEqualTo("States.DataLimitExceeded");
    }

    @Test
    void whatFailedOrAbortedBranchesHeldNoLongerCounts() {
        lab.wantsSnapshots = false;
        lab.answers(Lab.FUNCTION, new TaskException("E", "why"));
        // Fifty attempts of two branches, each with a quarter of a MiB.
        ExecutionResult result = lab.run("""
                {'StartAt':'P','States':{'P':{'Type':'Parallel','End':true,'Retry':[{'ErrorEquals':['E'],'IntervalSeconds':1,'BackoffRate':1,'MaxAttempts':50}],'Branches':[
                 {'StartAt':'A','States':{'A':{'Type':'Pass','Assign':{'v.$':'$'},'Next':'W'},'W':{'Type':'Wait','Seconds':100,'End':true}}},
                 {'StartAt':'B','States':{'B':{'Type':'Pass','Assign':{'v.$':'$'},'Next':'T'},'T':{'Type':'Task','Resource':'%s','Parameters':{},'End':true}}}]}}}""".formatted(Lab.FUNCTION), bytes(262_000));
        assertThat(result).isEqualTo(new ExecutionResult.Failed("E", "why"));
        assertThat(lab.calls).hasSize(51);
    }

    @Test
    void whatARedriveBringsBackCounts() {
        lab.wantsSnapshots = false;
        Map<String, Object> variables = new java.util.LinkedHashMap<>();
        for (int i = 0; i < 40; i++) {
            variables.put("v" + i, bytes(262_144));
        }
        lab.snapshots.add(Map.of("state", "P", "input", 1L, "variables", variables));
        String machine = "{'StartAt':'P','States':{'P':{'Type':'Pass','Assign':{'more':%s},'End':true}}}";
        assertThat(((ExecutionResult.Failed) lab.redrive(machine.formatted("1"), 1L, 1)).error())
                .isEqualTo("States.DataLimitExceeded");
        assertThat(lab.redrive(machine.replace("more", "v0").formatted("1"), 1L, 1)
                        .status())
                .isEqualTo("SUCCEEDED");
    }

    private static List<String> problems(String definition) {
        return Definition.validate(definition.replace('\'', '"'), Definition.Type.STANDARD).stream()
                .filter(d -> d.severity() == Diagnostic.Severity.ERROR)
                .map(Diagnostic::toString)
                .toList();
    }

    static List<String> names() {
        return List.of(
                "x|true",
                "Größe|true",
                "変数|true",
                "a_1|true",
                "x".repeat(80) + "|true",
                "x".repeat(81) + "|false",
                "states|false",
                "States|true",
                "|false",
                "1a|false",
                "_a|false",
                "a-b|false",
                "x.y|false",
                "x[2]|false",
                "a b|false",
                "a\u00ad|false");
    }

    @ParameterizedTest
    @MethodSource("names")
    void aNameIsAUnicodeIdentifierOfAtMost80Characters(String row) {
        String name = row.substring(0, row.lastIndexOf('|'));
        boolean allowed = row.endsWith("true");
        String assign = "'Assign':{'" + name + "':1}";
        List<String> everywhere = List.of(
                "'A':{'Type':'Pass'," + assign + ",'End':true}",
                "'A':{'Type':'Task','Resource':'arn:t','Catch':[{'ErrorEquals':['E'],'Next':'S'," + assign
                        + "}],'End':true},'S':{'Type':'Succeed'}",
                "'A':{'Type':'Choice','Choices':[{'Condition':'{% true %}','Next':'S'," + assign
                        + "}]},'S':{'Type':'Succeed'}",
                "'A':{'Type':'Parallel','End':true,'Branches':[{'StartAt':'B','States':{'B':{'Type':'Pass'," + assign
                        + ",'End':true}}}]}",
                "'A':{'Type':'Map','End':true,'ItemProcessor':{'StartAt':'B','States':{'B':{'Type':'Pass'," + assign
                        + ",'End':true}}}}");
        for (String states : everywhere) {
            List<String> problems = problems("{'QueryLanguage':'JSONata','StartAt':'A','States':{" + states + "}}");
            assertThat(problems).as(states).hasSize(allowed ? 0 : 1);
            assertThat(problems)
                    .allSatisfy(p -> assertThat(p)
                            .containsAnyOf("variable name '" + name + "'", "reserved variable '$" + name + "'")
                            .contains("/Assign/"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "''                          | 'v.$':'$'  | 0",
                "'QueryLanguage':'JSONata',  | 'v.$':'$'  | 1",
                "'QueryLanguage':'JSONata',  | 'v':1      | 0",
                "'QueryLanguage':'JSONPath', | 'v.$':'$'  | 0",
                "'QueryLanguage':'JSONPath', | 'v.$.$':'$'| 1",
            })
    void theMarkOfAPathIsNoPartOfTheName(String language, String assign, int problems) {
        String fields = language.equals("''") ? "" : language;
        assertThat(problems("{'StartAt':'A','States':{'A':{'Type':'Pass'," + fields + "'Assign':{" + assign
                        + "},'End':true}}}"))
                .hasSize(problems);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "v | v | INLINE | 1",
                "v | w | INLINE | 0",
                "v | v | DISTRIBUTED','ExecutionType':'STANDARD | 0",
            })
    void anInnerScopeDoesNotAssignWhatAnOuterOneDoes(String outer, String inner, String mode, int count) {
        List<String> problems = problems("""
                {'StartAt':'M','States':{'M':{'Type':'Map','Next':'A','ItemProcessor':{'ProcessorConfig':{'Mode':'%s'},'StartAt':'B','States':{'B':{'Type':'Pass','Assign':{'%s':1},'End':true}}}},
                 'A':{'Type':'Pass','Assign':{'%s':1},'End':true}}}""".formatted(mode, inner, outer));
        assertThat(problems).hasSize(count);
        assertThat(problems)
                .allSatisfy(p -> assertThat(p)
                        .contains("The variable name 'v' was already defined in a parent scope.")
                        .contains("/States/M/ItemProcessor/States/B"));
    }

    @Test
    void siblingsMayAssignTheSameNames() {
        String branch = "{'StartAt':'B','States':{'B':{'Type':'Pass','Assign':{'v':1},'End':true}}}";
        assertThat(problems("{'StartAt':'P','States':{'P':{'Type':'Parallel','End':true,'Branches':[" + branch + ","
                        + branch.replace("'B'", "'C'") + "]}}}"))
                .isEmpty();
    }

    @Test
    void scopesThreeLevelsDownAreLookedAt() {
        assertThat(problems("""
                {'StartAt':'P','States':{'P':{'Type':'Parallel','Assign':{'v':1},'End':true,'Branches':[{'StartAt':'M','States':{'M':{'Type':'Map','End':true,
                 'Iterator':{'StartAt':'B','States':{'B':{'Type':'Pass','Assign':{'v':1},'End':true}}}}}}]}}}""")).hasSize(1);
    }

    @Test
    void aMachineMayBeginWithVariables() {
        VariableScope outer = new VariableScope(null);
        outer.begin(Map.of("a", 1L));
        VariableScope inner = new VariableScope(outer);
        assertThat(inner.assign(Map.of("b", List.of(2L)), "S")).isEqualTo(Map.of("b", "[2]"));
        assertThat(inner.visible()).isEqualTo(Map.of("a", 1L, "b", List.of(2L)));
        assertThat(inner.own()).isEqualTo(Map.of("b", List.of(2L)));
        assertThat(outer.visible()).isEqualTo(Map.of("a", 1L));
        inner.close();
        assertThat(inner.own()).isEqualTo(Map.of("b", List.of(2L)));
    }
}
