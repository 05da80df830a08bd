package io.thermolake.asl.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MapParserTest {
    private static final String SCHEMA = "SCHEMA_VALIDATION_FAILED: ";
    private static final String ITEM = "'StartAt':'I','States':{'I':{'Type':'Succeed'}}";
    private static final String INLINE = "'Type':'Map','End':true,'ItemProcessor':{" + ITEM + "}";
    private static final String DISTRIBUTED = "'Type':'Map','End':true,'ItemProcessor':{" + ITEM
            + ",'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Type':'Map','End':true | This object should have only one of the following fields: [ItemProcessor, Iterator] at /States/X",
                "@,'Iterator':{'StartAt':'J','States':{'J':{'Type':'Succeed'}}} | There should only be one of the following fields: [ItemProcessor, Iterator] at /States/X",
                "'Type':'Map','End':true,'ItemProcessor':[] | Expected value of type Object at /States/X/ItemProcessor",
                "'Type':'Map','End':true,'Iterator':{} | These fields are required: [States, StartAt] at /States/X/Iterator",
                "'Type':'Map','End':true,'ItemProcessor':{~,'QueryLanguage':'JSONata'} | Field 'QueryLanguage' is not supported at /States/X/ItemProcessor",
                "'Type':'Map','End':true,'ItemProcessor':{~,'ProcessorConfig':1} | Expected value of type Object at /States/X/ItemProcessor/ProcessorConfig",
                "'Type':'Map','End':true,'ItemProcessor':{~,'ProcessorConfig':{'Mode':'Distributed'}} | Value should be one of the following: [INLINE, DISTRIBUTED] at /States/X/ItemProcessor/ProcessorConfig/Mode",
                "'Type':'Map','End':true,'ItemProcessor':{~,'ProcessorConfig':{'Mode':'INLINE','ExecutionType':'STANDARD'}} | Field 'ExecutionType' is not supported at /States/X/ItemProcessor/ProcessorConfig",
                "'Type':'Map','End':true,'ItemProcessor':{~,'ProcessorConfig':{'Mode':'DISTRIBUTED'}} | These fields are required: [ExecutionType] at /States/X/ItemProcessor/ProcessorConfig",
                "'Type':'Map','End':true,'ItemProcessor':{~,'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'FAST'}} | Value should be one of the following: [STANDARD, EXPRESS] at /States/X/ItemProcessor/ProcessorConfig/ExecutionType",
                "'Type':'Map','End':true,'ItemProcessor':{~,'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'EXPRESS','Foo':1}} | Field 'Foo' is not supported at /States/X/ItemProcessor/ProcessorConfig",
                "@,'ItemSelector':{},'Parameters':{} | There should only be one of the following fields: [ItemSelector, Parameters] at /States/X",
                "@,'ItemsPath':'items' | Value must be a valid JSONPath. at /States/X/ItemsPath",
                "@,'ItemsPath':null | Expected value of type String at /States/X/ItemsPath",
                "@,'Items':[] | The QueryLanguage is set to 'JSONPath', but field 'Items' is only supported for the 'JSONata' QueryLanguage at /States/X",
                "@,'MaxConcurrency':-1 | Minimum value is 0 at /States/X/MaxConcurrency",
                "@,'MaxConcurrency':'2' | Expected value of type Integer at /States/X/MaxConcurrency",
                "@,'MaxConcurrency':1,'MaxConcurrencyPath':'$.m' | There should only be one of the following fields: [MaxConcurrency, MaxConcurrencyPath] at /States/X",
                "@,'MaxConcurrencyPath':'$.limits[*]' | Value is not a Reference Path at /States/X/MaxConcurrencyPath",
                "@,'MaxConcurrencyPath':'$$.Execution.Input.n' | Value is not a Reference Path at /States/X/MaxConcurrencyPath",
                "@,'ItemReader':{} | Field 'ItemReader' is only supported in a Map of Mode 'DISTRIBUTED' at /States/X",
                "@,'ItemBatcher':{} | Field 'ItemBatcher' is only supported in a Map of Mode 'DISTRIBUTED' at /States/X",
                "@,'ResultWriter':{} | Field 'ResultWriter' is only supported in a Map of Mode 'DISTRIBUTED' at /States/X",
                "@,'Label':'l' | Field 'Label' is only supported in a Map of Mode 'DISTRIBUTED' at /States/X",
                "#,'Label':1 | Expected value of type String at /States/X/Label",
                "#,'ToleratedFailureCount':-1 | Minimum value is 0 at /States/X/ToleratedFailureCount",
                "#,'ToleratedFailureCount':1.5 | Expected value of type Integer at /States/X/ToleratedFailureCount",
                "#,'ToleratedFailurePercentage':-0.5 | Minimum value is 0.0 at /States/X/ToleratedFailurePercentage",
                "#,'ToleratedFailurePercentage':100.5 | Maximum value is 100.0 at /States/X/ToleratedFailurePercentage",
                "#,'ToleratedFailurePercentage':'5' | Expected value of type Integer at /States/X/ToleratedFailurePercentage",
                "#,'ItemReader':[] | Expected value of type Object at /States/X/ItemReader",
                "#,'ItemReader':{'Resource':'arn:aws:states:::s3:getObject','Parameters':{},'ReaderConfig':{'InputType':'JSON'},'Foo':1} | Field 'Foo' is not supported at /States/X/ItemReader",
                "#,'ItemReader':{'Resource':'arn:aws:states:::s3:getObject','ReaderConfig':{'InputType':'JSON'}} | These fields are required: [Parameters] at /States/X/ItemReader",
                "#,'ItemReader':{'Resource':'arn:aws:states:::s3:getObject','Parameters':{},'Arguments':{},'ReaderConfig':{'InputType':'JSON'}} | The QueryLanguage is set to 'JSONPath', but field 'Arguments' is only supported for the 'JSONata' QueryLanguage at /States/X/ItemReader",
                "#,'ItemReader':{'Resource':'arn:aws:states:::s3:headObject','Parameters':{},'ReaderConfig':{'InputType':'JSON'}} | The field 'Resource' does not match any of the allowed values at /States/X/ItemReader/Resource",
                "#,'ItemReader':{'Resource':'arn:aws:states:::s3:getObject','Parameters':{}} | These fields are required: [InputType] at /States/X/ItemReader/ReaderConfig",
                "$'InputType':'XML'} | Value should be one of the following: [CSV, JSON, JSONL, MANIFEST] at /States/X/ItemReader/ReaderConfig/InputType",
                "$'InputType':'PARQUET'} | InputType PARQUET is not supported by this engine at /States/X/ItemReader/ReaderConfig/InputType",
                "$'InputType':'JSON','Foo':1} | Field 'Foo' is not supported at /States/X/ItemReader/ReaderConfig",
                "$'InputType':'JSON','CSVHeaderLocation':'FIRST_ROW'} | Field 'CSVHeaderLocation' is not supported at /States/X/ItemReader/ReaderConfig",
                "$'InputType':'CSV'} | The field 'CSVHeaderLocation' is required at /States/X/ItemReader/ReaderConfig",
                "$'InputType':'CSV','CSVHeaderLocation':'LAST_ROW'} | Value should be one of the following: [FIRST_ROW, GIVEN] at /States/X/ItemReader/ReaderConfig/CSVHeaderLocation",
                "$'InputType':'CSV','CSVHeaderLocation':'GIVEN'} | These fields are required: [CSVHeaders] at /States/X/ItemReader/ReaderConfig",
                "$'InputType':'CSV','CSVHeaderLocation':'GIVEN','CSVHeaders':'a'} | Expected value of type Array at /States/X/ItemReader/ReaderConfig/CSVHeaders",
                "$'InputType':'CSV','CSVHeaderLocation':'FIRST_ROW','CSVDelimiter':';'} | Value should be one of the following: [COMMA, PIPE, SEMICOLON, SPACE, TAB] at /States/X/ItemReader/ReaderConfig/CSVDelimiter",
                "$'InputType':'JSON','MaxItems':-1} | Minimum value is 0 at /States/X/ItemReader/ReaderConfig/MaxItems",
                "$'InputType':'JSON','MaxItems':100000001} | Maximum value is 100000000 at /States/X/ItemReader/ReaderConfig/MaxItems",
                "$'InputType':'JSON','MaxItems':1,'MaxItemsPath':'$.m'} | There should only be one of the following fields: [MaxItems, MaxItemsPath] at /States/X/ItemReader/ReaderConfig",
                "$'InputType':'MANIFEST','ManifestType':'OTHER'} | Value should be one of the following: [ATHENA_DATA, S3_INVENTORY] at /States/X/ItemReader/ReaderConfig/ManifestType",
                "$'InputType':'JSON','Transformation':'FLATTEN'} | Value should be one of the following: [NONE, LOAD_AND_FLATTEN] at /States/X/ItemReader/ReaderConfig/Transformation",
                "$'InputType':'JSON','ItemsPointer':1} | Expected value of type String at /States/X/ItemReader/ReaderConfig/ItemsPointer",
                "#,'ItemBatcher':{} | At least one of these fields is required: [MaxItemsPerBatch, MaxInputBytesPerBatch] at /States/X/ItemBatcher",
                "#,'ItemBatcher':{'BatchInput':{}} | At least one of these fields is required: [MaxItemsPerBatch, MaxInputBytesPerBatch] at /States/X/ItemBatcher",
                "#,'ItemBatcher':{'MaxItemsPerBatch':1,'MaxItems':1} | Field 'MaxItems' is not supported at /States/X/ItemBatcher",
                "#,'ItemBatcher':{'MaxItemsPerBatch':-1} | Minimum value is 0 at /States/X/ItemBatcher/MaxItemsPerBatch",
                "#,'ItemBatcher':{'MaxInputBytesPerBatch':262145} | Maximum value is 262144 at /States/X/ItemBatcher/MaxInputBytesPerBatch",
                "#,'ItemBatcher':{'MaxItemsPerBatch':1,'MaxItemsPerBatchPath':'$.m'} | There should only be one of the following fields: [MaxItemsPerBatch, MaxItemsPerBatchPath] at /States/X/ItemBatcher",
                "#,'ResultWriter':{'Resource':'arn:aws:states:::s3:copyObject','Parameters':{}} | The field 'Resource' does not match any of the allowed values at /States/X/ResultWriter/Resource",
                "#,'ResultWriter':{'Resource':'arn:aws:states:::s3:putObject'} | These fields are required: [Parameters] at /States/X/ResultWriter",
                "#,'ResultWriter':{'Parameters':{}} | These fields are required: [Resource] at /States/X/ResultWriter",
                "#,'ResultWriter':{'WriterConfig':{'Transformation':'GZIP'}} | Value should be one of the following: [NONE, COMPACT, FLATTEN] at /States/X/ResultWriter/WriterConfig/Transformation",
                "#,'ResultWriter':{'WriterConfig':{'OutputType':'CSV'}} | Value should be one of the following: [JSON, JSONL] at /States/X/ResultWriter/WriterConfig/OutputType",
                "#,'ResultWriter':{'WriterConfig':{'Foo':'CSV'}} | Field 'Foo' is not supported at /States/X/ResultWriter/WriterConfig",
            })
    void aFaultOfAMap(String state, String fault) {
        int place = fault.lastIndexOf(" at /");
        assertThat(Faults.ofState(expanded(state)))
                .singleElement()
                .asString()
                .startsWith(SCHEMA + fault.substring(0, place))
                .endsWith(fault.substring(place));
    }

    private static String expanded(String state) {
        String reader = DISTRIBUTED
                + ",'ItemReader':{'Resource':'arn:aws:states:::s3:getObject','Parameters':{},'ReaderConfig':{";
        String text = state.startsWith("$") ? reader + state.substring(1) + "}" : state;
        return text.replaceFirst("^@", java.util.regex.Matcher.quoteReplacement(INLINE))
                .replaceFirst("^#", java.util.regex.Matcher.quoteReplacement(DISTRIBUTED))
                .replace("~", ITEM);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'' | a label cannot be empty",
                "'12345678901234567890123456789012345678901' | Label '12345678901234567890123456789012345678901' exceeds the 40-character limit allowed by the service",
                "'a b' | the character ' ' is not allowed",
                "'a/*' | the character '*' is not allowed",
            })
    void aLabelMustBeAName(String label, String fault) {
        assertThat(Faults.ofState(DISTRIBUTED + ",'Label':" + label))
                .containsExactly("INVALID_LABEL_NAME: Invalid Label name: " + fault + " at /States/X/Label");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@,'MaxConcurrency':9223372036854775807",
                "@,'MaxConcurrencyPath':'$limit'",
                "@,'ItemsPath':'$$.Execution.Input.items'",
                "@,'Parameters':{'v.$':'$$.Map.Item.Value'}",
                "'Type':'Map','End':true,'Iterator':{~,'ProcessorConfig':{'Mode':'INLINE'}}",
                "#,'Label':'1234567890123456789012345678901234567890'",
                "#,'ToleratedFailurePercentage':0.5,'ToleratedFailureCountPath':'$.t'",
                "#,'ItemReader':{'Resource':'arn:aws-cn:states:::s3:listObjectsV2','Parameters':{'Bucket':'b'}}",
                "$'InputType':'CSV','CSVHeaderLocation':'GIVEN','CSVHeaders':['{% phone %}'],'MaxItems':0}",
                "$'InputType':'MANIFEST','ManifestType':'S3_INVENTORY','CSVDelimiter':'TAB'}",
                "$'InputType':'JSONL','MaxItemsPath':'$.max'}",
                "#,'ItemBatcher':{'MaxInputBytesPerBatch':262144,'BatchInput':{'a.$':'$.b'}}",
                "#,'ItemBatcher':{'MaxItemsPerBatchPath':'$max'}",
                "#,'ResultWriter':{'WriterConfig':{'Transformation':'COMPACT','OutputType':'JSONL'}}",
                "#,'ResultWriter':{'Resource':'arn:aws:states:::s3:putObject','Parameters':{'Bucket':'b','Prefix':'p'}}",
            })
    void whatAMapMayHaveIsTaken(String state) {
        assertThat(Faults.ofState(expanded(state)))
                .filteredOn(f -> !f.startsWith("UNASSIGNED_VARIABLE"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "@,'Items':5 | Expected an array, an object or an expression at /States/X/Items",
                "@,'Items':'five' | Expected an array, an object or an expression at /States/X/Items",
                "@,'Items':null | Expected an array, an object or an expression at /States/X/Items",
                "@,'Parameters':{} | The QueryLanguage is set to 'JSONata', but field 'Parameters' is only supported for the 'JSONPath' QueryLanguage at /States/X",
                "@,'MaxConcurrencyPath':'$.m' | The QueryLanguage is set to 'JSONata', but field 'MaxConcurrencyPath' is only supported for the 'JSONPath' QueryLanguage at /States/X",
                "#,'ItemBatcher':{'MaxItemsPerBatchPath':'$.m'} | The QueryLanguage is set to 'JSONata', but field 'MaxItemsPerBatchPath' is only supported for the 'JSONPath' QueryLanguage at /States/X/ItemBatcher",
                "#,'ItemReader':{'Resource':'arn:aws:states:::s3:getObject','ReaderConfig':{'InputType':'JSON'}} | These fields are required: [Arguments] at /States/X/ItemReader",
                "#,'ItemReader':{'Resource':'arn:aws:states:::s3:getObject','Arguments':{},'ReaderConfig':{'InputType':'JSON','MaxItemsPath':'$.m'}} | The QueryLanguage is set to 'JSONata', but field 'MaxItemsPath' is only supported for the 'JSONPath' QueryLanguage at /States/X/ItemReader/ReaderConfig",
                "#,'ResultWriter':{'Resource':'arn:aws:states:::s3:putObject','Arguments':{},'Parameters':{}} | The QueryLanguage is set to 'JSONata', but field 'Parameters' is only supported for the 'JSONPath' QueryLanguage at /States/X/ResultWriter",
            })
    void aFaultOfAJsonataMap(String state, String fault) {
        assertThat(Faults.ofJsonataState(expanded(state))).containsExactly(SCHEMA + fault);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@,'Items':[1,'{% 2 %}']",
                "@,'Items':{'a':1}",
                "@,'Items':'{% $states.input %}','MaxConcurrency':'{% 2 %}'",
                "#,'ToleratedFailurePercentage':'{% 5 %}','ToleratedFailureCount':'{% 5 %}'",
                "#,'ItemReader':{'Resource':'arn:aws:states:::s3:getObject','Arguments':{},'ReaderConfig':{'InputType':'JSON','MaxItems':'{% 5 %}'}}",
            })
    void whatAJsonataMapMayHaveIsTaken(String state) {
        assertThat(Faults.ofJsonataState(expanded(state))).isEmpty();
    }

    @Test
    void anExpressMachineHasNoDistributedMap() {
        assertThat(Faults.ofExpressState(DISTRIBUTED))
                .containsExactly(
                        SCHEMA
                                + "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines at /States/X/ItemProcessor/ProcessorConfig/Mode");
        assertThat(Faults.ofExpressState(INLINE)).isEmpty();
    }

    @Test
    void whatAnInlineMapDoesNothingWithIsWarnedOf() {
        assertThat(Faults.ofState(INLINE + ",'ToleratedFailureCount':1,'ToleratedFailurePercentagePath':'$.p'"))
                .containsExactly(
                        "NO_EFFECT: Field 'ToleratedFailureCount' has no effect in an inline Map at /States/X",
                        "NO_EFFECT: Field 'ToleratedFailurePercentagePath' has no effect in an inline Map at /States/X");
    }
}
