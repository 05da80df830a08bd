package io.thermolake.local.stack;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the laptop makes of each resource type, and the names and ARNs that AWS gives it. */
final class ResourceTypes {
    /** Types that the laptop builds, with the property that names the resource. */
    private static final Map<String, String> BUILT = Map.ofEntries(
            Map.entry("AWS::S3::Bucket", "BucketName"),
            Map.entry("AWS::Glue::Database", ""),
            Map.entry("AWS::Glue::Table", ""),
            Map.entry("AWS::Glue::Crawler", "Name"),
            Map.entry("AWS::Glue::Job", "Name"),
            Map.entry("AWS::Glue::Connection", ""),
            Map.entry("AWS::Athena::WorkGroup", "Name"),
            Map.entry("AWS::Serverless::Function", "FunctionName"),
            Map.entry("AWS::Serverless::StateMachine", "Name"),
            Map.entry("AWS::KinesisFirehose::DeliveryStream", "DeliveryStreamName"),
            Map.entry("AWS::IoT::TopicRule", "RuleName"),
            Map.entry("AWS::SNS::Topic", "TopicName"),
            Map.entry("AWS::SecretsManager::Secret", "Name"),
            Map.entry("Custom::GlueStudioJob", "JobName"),
            Map.entry("Custom::JobsJar", ""),
            Map.entry("Custom::JobScript", ""),
            Map.entry("Custom::AthenaQueries", ""));

    /** Types without a meaning on a laptop: they still answer Ref and GetAtt. */
    private static final Set<String> WITHOUT_MEANING = Set.of(
            "AWS::IAM::Role",
            "AWS::IAM::Policy",
            "AWS::IAM::ManagedPolicy",
            "AWS::KMS::Key",
            "AWS::KMS::Alias",
            "AWS::S3::BucketPolicy",
            "AWS::Logs::LogGroup",
            "AWS::Logs::LogStream",
            "AWS::Logs::MetricFilter",
            "AWS::Budgets::Budget",
            "AWS::QuickSight::DataSource",
            "AWS::QuickSight::DataSet",
            "AWS::QuickSight::Dashboard",
            "AWS::CloudWatch::Alarm",
            "AWS::CloudWatch::Dashboard",
            "AWS::SNS::Subscription",
            "AWS::SNS::TopicPolicy",
            "AWS::SQS::Queue",
            "AWS::SQS::QueuePolicy",
            "AWS::Scheduler::Schedule",
            "AWS::Scheduler::ScheduleGroup",
            "AWS::Lambda::Permission",
            // The laptop's S3 tells nobody of new objects, and it has no queues: the function can be invoked, its
            // source cannot.
            "AWS::Lambda::EventSourceMapping",
            "AWS::Events::Rule",
            "AWS::IoT::Policy",
            "AWS::IoT::ThingType",
            "AWS::EC2::VPC",
            "AWS::EC2::Subnet",
            "AWS::EC2::SecurityGroup",
            "AWS::EC2::VPCEndpoint",
            "AWS::EC2::RouteTable",
            "AWS::EC2::SubnetRouteTableAssociation",
            "AWS::EC2::Route",
            "AWS::EC2::SecurityGroupIngress",
            "AWS::EC2::SecurityGroupEgress",
            "AWS::EC2::FlowLog",
            "AWS::EC2::VPCPeeringConnection",
            "AWS::EC2::TransitGatewayAttachment",
            "AWS::EC2::Instance",
            "AWS::IAM::InstanceProfile",
            "AWS::CloudFormation::WaitConditionHandle",
            "AWS::CloudFormation::WaitCondition",
            "Custom::NetworkCheck",
            "Custom::LakeData");

    private ResourceTypes() {}

    static boolean isKnown(String type) {
        return BUILT.containsKey(type) || WITHOUT_MEANING.contains(type);
    }

    /** What Ref answers. */
    static String physicalId(String type, String logicalId, Map<String, Object> properties) {
        String simple = logicalId.substring(logicalId.lastIndexOf('.') + 1);
        Object named = properties.get(BUILT.getOrDefault(type, ""));
        if (named != null) {
            return named.toString();
        }
        return switch (type) {
            case "AWS::Glue::Database" -> input(properties, "DatabaseInput");
            case "AWS::Glue::Table" -> input(properties, "TableInput");
            case "AWS::Glue::Connection" -> input(properties, "ConnectionInput");
            case "AWS::Serverless::Function" ->
                simple.endsWith("Function") ? simple.substring(0, simple.length() - "Function".length()) : simple;
            case "AWS::S3::Bucket" ->
                Stack.NAME + "-" + logicalId.replace('.', '-').toLowerCase(java.util.Locale.ROOT);
            case "AWS::IoT::TopicRule" -> Stack.NAME + "_" + simple;
            case "AWS::Logs::LogGroup" ->
                properties
                        .getOrDefault("LogGroupName", "/" + Stack.NAME + "/" + simple)
                        .toString();
            case "AWS::Logs::LogStream" ->
                properties.getOrDefault("LogStreamName", simple).toString();
            default -> Stack.NAME + "-" + simple;
        };
    }

    private static String input(Map<String, Object> properties, String input) {
        return String.valueOf(PlainTemplate.map(properties.get(input)).get("Name"));
    }

    static String arn(String type, String physicalId) {
        String place = ":" + Stack.REGION + ":" + Stack.ACCOUNT + ":";
        return switch (type) {
            case "AWS::S3::Bucket" -> "arn:aws:s3:::" + physicalId;
            case "AWS::Serverless::Function" -> "arn:aws:lambda" + place + "function:" + physicalId;
            case "AWS::Serverless::StateMachine" -> "arn:aws:states" + place + "stateMachine:" + physicalId;
            case "AWS::SNS::Topic" -> "arn:aws:sns" + place + physicalId;
            case "AWS::SQS::Queue" -> "arn:aws:sqs" + place + physicalId;
            case "AWS::KinesisFirehose::DeliveryStream" -> "arn:aws:firehose" + place + "deliverystream/" + physicalId;
            case "AWS::IAM::Role" -> "arn:aws:iam::" + Stack.ACCOUNT + ":role/" + physicalId;
            case "AWS::KMS::Key" -> "arn:aws:kms" + place + "key/" + physicalId;
            case "AWS::Logs::LogGroup" -> "arn:aws:logs" + place + "log-group:" + physicalId + ":*";
            case "AWS::SecretsManager::Secret" -> "arn:aws:secretsmanager" + place + "secret:" + physicalId;
            default -> "arn:aws:" + service(type) + place + physicalId;
        };
    }

    private static String service(String type) {
        String[] parts = type.split("::");
        return parts.length > 1 ? parts[1].toLowerCase(java.util.Locale.ROOT) : "cloudformation";
    }

    /** What Ref answers where it is not the name: some types answer their ARN. */
    static String ref(StackResource resource) {
        return switch (resource.type()) {
            case "AWS::SNS::Topic", "AWS::Serverless::StateMachine", "AWS::SecretsManager::Secret" -> resource.arn();
            default -> resource.physicalId();
        };
    }

    /** @return null when the laptop does not know the attribute */
    static @Nullable Object attribute(StackResource resource, String name) {
        return switch (name) {
            case "Arn", "TopicArn" -> resource.arn();
            case "Name" -> resource.physicalId();
            case "Uri" ->
                switch (resource.type()) {
                    case "Custom::JobsJar" -> "s3://laptop/assets/glue-jobs.jar";
                    case "Custom::JobScript" ->
                        "s3://laptop/assets/" + resource.properties().get("Script");
                    default -> null;
                };
            case "KeyId", "QueueName", "QueueUrl", "GroupId", "PrivateIp" -> resource.physicalId();
            case "AvailabilityZone" -> String.valueOf(resource.properties().getOrDefault(name, Stack.REGION + "a"));
            default -> null;
        };
    }
}
