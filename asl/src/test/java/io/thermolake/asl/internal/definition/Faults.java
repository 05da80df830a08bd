package io.thermolake.asl.internal.definition;

import io.thermolake.asl.Diagnostic;
import io.thermolake.asl.engine.Definition;
import java.util.List;

/** Says what validation finds in a definition that is written with single quotes. */
public final class Faults {
    private Faults() {}

    /** Everything, a line each: {@code CODE: message at location}. */
    public static List<String> of(String definition, Definition.Type type) {
        return Definition.validate(definition.replace('\'', '"'), type).stream()
                .map(Diagnostic::toString)
                .toList();
    }

    public static List<String> of(String definition) {
        return of(definition, Definition.Type.STANDARD);
    }

    /** The same for a machine of one state X, in JSONPath; beside it there is a state Y to go to. */
    public static List<String> ofState(String members) {
        return of(machine("", members));
    }

    public static List<String> ofJsonataState(String members) {
        return of(machine("'QueryLanguage':'JSONata',", members));
    }

    static List<String> ofExpressState(String members) {
        return of(machine("", members), Definition.Type.EXPRESS);
    }

    static String machine(String language, String members) {
        boolean more = members.contains("'Y'");
        return "{" + language + "'StartAt':'X','States':{'X':{" + members + "}"
                + (more ? ",'Y':{'Type':'Succeed'}" : "") + "}}";
    }
}
