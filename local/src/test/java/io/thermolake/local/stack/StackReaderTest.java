package io.thermolake.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackReaderTest {
    @TempDir
    Path folder;

    private static final String HEAD = """
            Parameters:
              Name: {Type: String, Default: lake}
              Empty: {Type: String, Default: ''}
            Mappings:
              Rcf:
                eu-central-1: {Account: '664'}
            Conditions:
              HasName: !Not [!Equals [!Ref Name, '']]
              HasEmpty: !Not [!Equals [!Ref Empty, '']]
              Both: !And [!Condition HasName, !Condition HasEmpty]
              Either: !Or [!Condition HasName, !Condition HasEmpty]
            Resources:
              Topic:
                Type: AWS::SNS::Topic
              Bucket:
                Type: AWS::S3::Bucket
                Properties: {BucketName: !Ref Name}
              PlanFunction:
                Type: AWS::Serverless::Function
                Properties: {AutoPublishAlias: live}
              OtherFunction:
                Type: AWS::Serverless::Function
            """;

    private Stack read(String text) throws IOException {
        Path file = folder.resolve("template.yaml");
        Files.writeString(file, text);
        return StackReader.read(file, Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "!Ref Name | lake",
                "!Ref Bucket | lake",
                "!Ref Topic | arn:aws:sns:eu-central-1:000000000000:thermolake-Topic",
                "!Ref AWS::Region | eu-central-1",
                "!GetAtt Bucket.Arn | arn:aws:s3:::lake",
                "!Ref PlanFunction.Version | arn:aws:lambda:eu-central-1:000000000000:function:Plan:1",
                "!Sub 's3://${Bucket}/raw/' | s3://lake/raw/",
                "!Sub '${!Literal} ${Bucket.Arn}' | ${Literal} arn:aws:s3:::lake",
                "!Sub ['${A}-${Name}', {A: !FindInMap [Rcf, !Ref AWS::Region, Account]}] | 664-lake",
                "!Join ['/', [a, !Ref Name]] | a/lake",
                "!Select [1, !Split [',', 'x,y,z']] | y",
                "!If [HasName, yes-it-has, no] | yes-it-has",
                "!If [HasEmpty, yes-it-has, without] | without",
                "!If [Both, both, one] | one",
                "!If [Either, either, none] | either",
                "!Base64 abc | YWJj",
            })
    void everyIntrinsicFunctionIsResolved(String expression, String expected) throws IOException {
        Stack stack =
                read(HEAD + "  Role:\n    Type: AWS::IAM::Role\n    Properties:\n      Value: " + expression + "\n");
        assertThat(stack.find("Role").orElseThrow().properties().get("Value")).isEqualTo(expected);
    }

    @Test
    void noValueRemovesAProperty() throws IOException {
        Stack stack = read(
                HEAD
                        + "  Role:\n    Type: AWS::IAM::Role\n    Properties:\n      A: !If [HasEmpty, x, !Ref AWS::NoValue]\n      B: [1, !Ref AWS::NoValue]\n");
        assertThat(stack.find("Role").orElseThrow().properties()).isEqualTo(Map.of("B", java.util.List.of(1L)));
    }

    @Test
    void aConditionLeavesAResourceOut() throws IOException {
        Stack stack = read(HEAD + "  Gone:\n    Type: AWS::IAM::Role\n    Condition: HasEmpty\n");
        assertThat(stack.find("Gone")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Type: AWS::EKS::Cluster | template.yaml:24: The laptop cloud knows no resource of type AWS::EKS::Cluster",
                "{Type: AWS::IAM::Role, Properties: {A: !Ref Nobody}} | template.yaml:23: Ref names neither",
                "{Type: AWS::IAM::Role, Properties: {A: !Ref OtherFunction.Version}} | Ref names neither a parameter nor a resource: OtherFunction.Version",
                "{Type: AWS::IAM::Role, Properties: {A: !GetAtt Bucket.Colour}} | does not know the attribute Bucket.Colour",
                "{Type: AWS::IAM::Role, Properties: {A: !ImportValue x}} | does not know the function Fn::ImportValue",
                "{Type: AWS::IAM::Role, Properties: {A: !FindInMap [Rcf, nowhere, Account]}} | finds no nowhere",
                "{Type: AWS::IAM::Role, Properties: {A: !Select [3, [a]]}} | asks for item 3 of 1",
                "{Type: AWS::IAM::Role, Properties: {A: !GetAtt Bad.Arn}} | Circular references: Bad -> Bad",
            })
    void whatCannotBeReadIsRefusedWithItsFileAndLine(String resource, String message) {
        String text = HEAD + "  Bad:\n    " + resource + "\n";
        if (resource.startsWith("{")) {
            text = HEAD + "  Bad: " + resource + "\n";
        }
        String template = text;
        assertThatThrownBy(() -> read(template))
                .isInstanceOf(StackException.class)
                .hasMessageStartingWith("template.yaml:")
                .hasMessageContaining(message.substring(message.indexOf(' ') + 1));
    }

    @Test
    void nestedStacksTakeParametersAndGiveOutputs() throws IOException {
        Files.writeString(folder.resolve("inner.yaml"), """
                Parameters:
                  Prefix: {Type: String}
                Resources:
                  Inside:
                    Type: AWS::S3::Bucket
                    Properties: {BucketName: !Sub '${Prefix}-inside'}
                Outputs:
                  Bucket: {Value: !Ref Inside}
                """);
        Stack stack = read(HEAD + """
                  Nested:
                    Type: AWS::CloudFormation::Stack
                    Properties:
                      TemplateURL: inner.yaml
                      Parameters: {Prefix: !Ref Name}
                  Role:
                    Type: AWS::IAM::Role
                    Properties: {A: !GetAtt Nested.Outputs.Bucket}
                """);
        assertThat(stack.find("Role").orElseThrow().properties()).containsEntry("A", "lake-inside");
        assertThat(stack.find("Nested.Inside").orElseThrow().physicalId()).isEqualTo("lake-inside");
    }

    @Test
    void globalsLieUnderAFunctionsOwnProperties() throws IOException {
        Stack stack = read("""
                Globals:
                  Function: {Timeout: 60, Environment: {Variables: {A: global, B: global}}}
                Resources:
                  PlanRunFunction:
                    Type: AWS::Serverless::Function
                    Properties: {Handler: h, Environment: {Variables: {B: own}}}
                """);
        StackResource function = stack.find("PlanRunFunction").orElseThrow();
        assertThat(function.physicalId()).isEqualTo("PlanRun");
        assertThat(function.properties())
                .containsEntry("Timeout", 60L)
                .containsEntry("Environment", Map.of("Variables", Map.of("A", "global", "B", "own")));
    }

    @Test
    void aParameterThatNobodyDeclaredIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("template.yaml"), HEAD);
        assertThatThrownBy(() -> StackReader.read(file, Map.of("Nme", "x"))).hasMessageContaining("no parameter Nme");
    }
}
