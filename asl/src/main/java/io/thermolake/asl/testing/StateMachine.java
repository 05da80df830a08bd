package io.thermolake.asl.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a test's parameter of the type {@link Machine}, which {@link StateMachineExtension} then gives: the definition of a
 * file, with one coverage for all tests of the class.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface StateMachine {
    /** The definition's file, from the module's folder. */
    String value();

    /** Texts to replace, name and value in turn: what SAM's DefinitionSubstitutions would put in for <code>${name}</code>. */
    String[] substitutions() default {};

    /** The least share of states, rules, retriers and catchers that the class's tests must reach, 0 to 100. */
    double coverage() default 0;
}
