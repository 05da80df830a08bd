"""
Who needs which permission: from the recorded calls, from the handlers' classes, from the machines' tasks, from what
resources do with their roles, and from iam-service-needs.json for what no file of ours says.
"""

import json
import re
from dataclasses import dataclass, field

from . import catalog
from .aslview import PLACEHOLDER, scope_of, task_of
from .model import as_list, walk
from .resolve import ACCOUNT, PARTITION, REGION, Unresolved


@dataclass
class Need:
    """A permission that something uses. Resource None: any; required False: only an excuse for a grant."""

    role: str
    action: str
    resource: str | None
    why: str
    context: dict = field(default_factory=dict)
    required: bool = True
    recorded: bool = False


def arn(service, rest, region=REGION, account=ACCOUNT):
    return f"arn:{PARTITION}:{service}:{region}:{account}:{rest}"


# Where a request names the resource of an IAM resource type; a table's ARN has its database's name before it.
NAMED_BY = {
    "crawler": ["CrawlerName", "Name"], "job": ["JobName", "Name"], "workgroup": ["WorkGroup"],
    "database": ["DatabaseName", "Name"], "connection": ["ConnectionName", "Name"], "training-job": ["TrainingJobName"],
    "endpoint": ["EndpointName"], "endpoint-config": ["EndpointConfigName"], "model": ["ModelName"],
    "transform-job": ["TransformJobName"], "deliverystream": ["DeliveryStreamName"], "datacatalog": ["CatalogName"],
    "ingestion": ["IngestionId"], "dataset": ["DataSetId"],
}
ARN_IN = {"execution": ["executionArn"], "statemachine": ["stateMachineArn"], "topic": ["TopicArn"], "queue": ["QueueUrl"],
          "function": ["FunctionName"], "secret": ["SecretId"], "Secret": ["SecretId"]}
# Requests that do not name the resource that IAM judges them by.
UNNAMED = {"athena:GetQueryExecution", "athena:GetQueryResults", "athena:StopQueryExecution", "athena:BatchGetQueryExecution"}


def values_of(parameters, key):
    return [v for path, v in walk(parameters) if path and path[-1] == key and isinstance(v, str)]


def resources_of(action, parameters):
    """The ARNs that a request with these parameters touches; raises KeyError when that cannot be told."""
    service = action.split(":")[0]
    if service == "s3":
        bucket = parameters.get("Bucket")
        forms = catalog.iam_resource_arns(action)
        base = f"arn:{PARTITION}:s3:::{bucket}"
        return [base if "bucket" in forms else f"{base}/{parameters.get('Key')}"]
    if action in UNNAMED:
        return [None]
    forms = catalog.iam_resource_arns(action)
    if not forms:
        return ["*"]
    wanted = {t: f for t, (f, required) in forms.items() if required} or {t: f for t, (f, _) in forms.items()}
    if str(parameters.get("ResourceArn", "")).startswith("arn:"):
        return [parameters["ResourceArn"]]
    found = []
    for kind, form in wanted.items():
        if kind == "rootcatalog":
            found.append(arn("glue", "catalog"))
            continue
        if kind == "table":
            table = (values_of(parameters, "TableName") or [parameters.get("Name")])[0]
            found.append(arn("glue", f"table/{parameters['DatabaseName']}/{table}"))
            continue
        names = []
        for key in NAMED_BY.get(kind, []):
            if isinstance(parameters.get(key), str):
                names = [parameters[key]]
                break
        if not names:
            names = [v for key in NAMED_BY.get(kind, [])[:1] for v in values_of(parameters, key)]
        given = [v for key in ARN_IN.get(kind, []) for v in values_of(parameters, key)]
        if given:
            found += given
        elif names:
            found += [re.sub(r"\$\{[^}]*\}$", name, form).replace("${Partition}", PARTITION).replace(
                "${Region}", REGION).replace("${Account}", ACCOUNT) for name in names]
        elif len(wanted) == 1:
            raise KeyError(kind)
    return found or [None]


def context_of(action, parameters):
    """What a policy's conditions may look at."""
    context: dict[str, str | list] = {"aws:SecureTransport": "true", "aws:PrincipalAccount": ACCOUNT, "aws:ResourceAccount": ACCOUNT,
               "s3:ResourceAccount": ACCOUNT, "aws:RequestedRegion": REGION}
    for key, names in {"s3:prefix": ["Prefix"], "s3:x-amz-server-side-encryption": ["ServerSideEncryption"],
                       "s3:x-amz-server-side-encryption-aws-kms-key-id": ["SSEKMSKeyId"],
                       "s3:if-none-match": ["IfNoneMatch"], "s3:if-match": ["IfMatch"],
                       "sagemaker:InstanceTypes": ["InstanceType"], "sagemaker:VolumeKmsKey": ["VolumeKmsKeyId"],
                       "sagemaker:TargetModel": ["TargetModel"]}.items():
        found = [v for name in names for v in values_of(parameters, name)]
        if found:
            context[key] = found if len(found) > 1 else found[0]
    if "EnableNetworkIsolation" in parameters:
        context["sagemaker:NetworkIsolation"] = str(parameters["EnableNetworkIsolation"]).lower()
    tags = parameters.get("Tags")
    if isinstance(tags, list):
        tags = {t.get("Key"): t.get("Value") for t in tags if isinstance(t, dict)}
    if isinstance(tags, dict) and tags:
        context["aws:TagKeys"] = list(tags)
        context.update({f"aws:RequestTag/{k}": v for k, v in tags.items()})
    return context


def service_principal(role):
    for statement in as_list((role.properties.get("AssumeRolePolicyDocument") or {}).get("Statement")):
        for service in as_list((statement.get("Principal") or {}).get("Service") if isinstance(
                statement.get("Principal"), dict) else None):
            return service
    return None


def bucket_key(view, bucket):
    """The key that a bucket encrypts by, or None."""
    for item in view.of_type("AWS::S3::Bucket"):
        if item.physical == bucket:
            for _, value in walk(item.properties.get("BucketEncryption") or {}):
                if isinstance(value, str) and ":key/" in value:
                    return value
    return None


class Needs:
    """All of them, for one view of the stacks."""

    def __init__(self, view, model, calls, declared):
        self.view, self.model, self.calls, self.declared = view, model, calls, declared
        self.all, self.problems = [], []
        self.role_by_arn = {r.arn: r for r in view.roles()}
        self.tagged = self._tagged()
        self._functions()
        self._machines()
        self._services()
        self._declared()

    def add(self, role, action, resource, why, **more):
        self.all.append(Need(role, action, resource, why, **more))

    def _tagged(self):
        """What recorded creations tagged, for conditions on the tags of what a call touches."""
        tagged = {}
        for call in self.calls:
            service = catalog.service(call.get("service", ""))
            operation = catalog.operation(service, call.get("operation", "")) if service else None
            tags = (call.get("parameters") or {}).get("Tags")
            if operation and operation.startswith("Create") and isinstance(tags, list):
                for resource in resources_of(catalog.iam_of(service, operation)[0], call["parameters"]):
                    tagged[resource] = {f"aws:ResourceTag/{t.get('Key')}": t.get("Value") for t in tags if isinstance(t, dict)}
        return tagged

    # -- functions

    def role_of(self, item, *path):
        value = item.properties
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        role = self.role_by_arn.get(value)
        return role.id if role else None

    def _functions(self):
        facts = self.model.facts
        by_name = {}
        for item in self.view.of_type("AWS::Lambda::Function"):
            role = self.role_of(item, "Role")
            if role is None:
                self.problems.append((item, "its role is none of the stacks' own"))
                continue
            by_name[item.physical] = role
            handler = str(item.properties.get("Handler", "")).split("::")[0]
            if handler in facts.handlers:
                sdk = facts.sdk(facts.handlers[handler])
                self._static(item, role, sdk)
                self._folders(item, role, sdk, facts.handlers[handler].texts)
            self._runtime(item, role)
        for call in self.calls:
            if "function" in call and call["function"] in by_name:
                self._recorded(by_name[call["function"]], call)
        for need in [n for n in self.all if n.action == "sns:Publish"]:
            self._publish(need.role, need.resource, need.why)
        asked = {}
        for call in self.calls:
            if call.get("operation") == "StartQueryExecution" and call.get("function") in by_name:
                role = by_name[call["function"]]
                asked[role] = asked.get(role, "") + " " + str((call.get("parameters") or {}).get("QueryString", "")).lower()
        for role in sorted({n.role for n in self.all if n.action == "athena:StartQueryExecution"}):
            self._athena(role, asked.get(role, ""), role in asked)
        for role in sorted({n.role for n in self.all if n.action == "athena:GetQueryResults"}):
            self._athena_results(role, "GetObject")
        for item in self.view.items:
            token = item.properties.get("ServiceToken")
            function = self.view.by_arn.get(token) if isinstance(token, str) else None
            role = self.role_of(function, "Role") if function else None
            if role:
                for _, value in walk(item.properties):
                    self._pass_role(role, value, f"{item.id} hands the role on")

    def _static(self, item, role, found):
        for package, method in sorted(found):
            service = catalog.service(package)
            operation = catalog.operation(service, method) if service else None
            if operation is None:
                continue
            for action in catalog.iam_of(service, operation):
                if operation == "DeleteObjects":
                    # Who lists versions deletes them; the template grants it where the data may go.
                    listed = any(catalog.operation("s3", m) == "ListObjectVersions" for p, m in found if p == "s3")
                    self.add(role, "s3:DeleteObjectVersion", None, "versions are deleted with it", required=listed and any(
                        s.names("s3:ListBucketVersions") for r in self.view.roles() if r.id == role for s in self.view.statements(r)))
                self.add(role, action, None, f"{item.properties['Handler']} calls {method}")
            if service == "s3":
                self._s3_encryption(role, operation, None, item.properties["Handler"])

    def _folders(self, item, role, sdk, texts):
        """The lake's folders whose names a handler's classes hold: an excuse for granting them, no proof of use."""
        actions = {a for package, method in sdk if package == "s3" and catalog.operation("s3", method)
                   for a in catalog.iam_of("s3", catalog.operation("s3", method)) if "bucket" not in catalog.iam_resource_arns(a)}
        folders = {re.split(r"[%\x01]", t)[0] for t in texts if re.match(r"^[a-z][a-z_-]*/", t)}
        for bucket in self.view.of_type("AWS::S3::Bucket"):
            for folder in folders:
                for action in actions:
                    self.add(role, action, f"{bucket.arn}/{folder}x", f"{item.properties['Handler']} may", required=False,
                             recorded=True)

    def _s3_encryption(self, role, operation, bucket, who, recorded=False):
        action = {"PutObject": "kms:GenerateDataKey", "GetObject": "kms:Decrypt", "CopyObject": "kms:Decrypt"}.get(operation)
        buckets = [bucket] if bucket else [b.physical for b in self.view.of_type("AWS::S3::Bucket")][:1]
        for name in buckets:
            key = bucket_key(self.view, name)
            if action and key:
                self.add(role, action, key, f"{who}: {operation} on a bucket with a key",
                         context={"kms:ViaService": f"s3.{REGION}.amazonaws.com", "kms:CallerAccount": ACCOUNT})

    def _runtime(self, item, role):
        group = (item.properties.get("LoggingConfig") or {}).get("LogGroup")
        for action in ("logs:CreateLogStream", "logs:PutLogEvents"):
            self.add(role, action, arn("logs", f"log-group:{group or '/aws/lambda/' + item.physical}:log-stream:x"),
                     "a function writes its log")
        if (item.properties.get("TracingConfig") or {}).get("Mode") == "Active":
            for action in ("xray:PutTraceSegments", "xray:PutTelemetryRecords"):
                self.add(role, action, "*", "the function is traced")
        for action in ("xray:GetSamplingRules", "xray:GetSamplingTargets"):
            self.add(role, action, "*", "the tracing daemon", required=False)
        if item.properties.get("VpcConfig"):
            for action in ("ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface"):
                self.add(role, action, "*", "the function is in a VPC")

    def _recorded(self, role, call):
        service = catalog.service(call["service"])
        operation = catalog.operation(service, call["operation"]) if service else None
        parameters = call.get("parameters") or {}
        why = f"{call['function']} called {call['service']}.{call['operation']}"
        if operation is None:
            self.problems.append((None, f"{why}, which the services' models do not know"))
            return
        for action in catalog.iam_of(service, operation):
            context = context_of(action, parameters)
            try:
                resources = resources_of(action, parameters)
            except KeyError as problem:
                self.problems.append((None, f"{why}: the request does not name its {problem.args[0]}; teach needs.py"))
                continue
            for resource in resources:
                self.add(role, action, resource, why, context={**context, **self.tagged.get(resource, {})}, recorded=True)
                self._stale(resource, why)
            if action == "s3:GetObject":
                self.add(role, "s3:ListBucket", resources[0].split("/")[0], "without it a missing key answers 403, not 404",
                         context={**context, "s3:prefix": parameters.get("Key", "")})
            if action == "s3:DeleteObject" and "IfMatch" in parameters:
                self.add(role, "s3:GetObject", resources[0], why + " with If-Match, which reads the ETag", context=context, recorded=True)
            if action == "s3:PutObject" and "IfMatch" in parameters:
                self.add(role, "s3:GetObject", resources[0], "If-Match", context=context, required=False, recorded=True)
        if service == "s3":
            self._s3_encryption(role, operation, parameters.get("Bucket"), why)
        if parameters.get("Tags") and catalog.iam_action(f"{catalog.iam_prefix(service)}:AddTags"):
            for resource in resources_of(catalog.iam_of(service, operation)[0], parameters):
                self.add(role, f"{catalog.iam_prefix(service)}:AddTags", resource, why + " with tags",
                         context=context_of("", parameters), recorded=True)
        for _, value in walk(parameters):
            self._pass_role(role, value, why)

    def _athena(self, role, asked, required):
        """Athena reads the catalog and the lake, and writes its results, as whoever starts the query."""
        why = "Athena acts as the one who starts the query"
        for action in ("GetDatabase", "GetTable", "GetPartitions"):
            for item in self.view.of_type("AWS::Glue::Database"):
                forms = ["catalog", f"database/{item.physical}"] + ([] if action == "GetDatabase" else [
                    f"table/{item.physical}/x"])
                for form in forms:
                    self.add(role, "glue:" + action, arn("glue", form), why, required=required)
        more = ["GetDatabases", "GetTables", "GetPartition", "BatchGetPartition"]
        # Who asks nothing of the tables makes views.
        for action in more + ([] if required else ["CreateTable", "UpdateTable", "DeleteTable"]):
            self.add(role, "glue:" + action, None, why, required=False)
        for table in self.view.of_type("AWS::Glue::Table"):
            given = table.properties.get("TableInput") or {}
            location = str((given.get("StorageDescriptor") or {}).get("Location", ""))
            if location.startswith("s3://") and re.search(rf"\b{re.escape(str(given.get('Name')))}\b", asked):
                self.add(role, "s3:GetObject", f"arn:{PARTITION}:s3:::" + location.removeprefix("s3://") + "x",
                         f"{why}; the queries read {given.get('Name')}", recorded=True)
        self._athena_results(role, "PutObject", required)
        self._athena_results(role, "GetObject", required)
        for action in ("athena:GetWorkGroup", "athena:GetDataCatalog", "athena:StopQueryExecution", "athena:GetQueryExecution",
                       "lakeformation:GetDataAccess"):
            self.add(role, action, None, why, required=False)

    def _for_quicksight_datasource(self, item):
        """QuickSight asks Athena by our role, whatever its data sets select."""
        role = self.role_by_arn.get(((item.properties.get("DataSourceParameters") or {}).get("AthenaParameters") or {}).get("RoleArn"))
        if role:
            self._athena(role.id, " ".join(p.read_text().lower() for p in sorted((self.model.root / "bi").rglob("*.sql"))), True)
            for action in ("StartQueryExecution", "GetQueryExecution", "GetQueryResults"):
                self.add(role.id, "athena:" + action, None, f"{item.id} asks", required=True)
            for action in ("GetWorkGroup", "GetDataCatalog"):
                self.add(role.id, "athena:" + action, None, f"{item.id} looks where it asks", required=True)
            for action in ("StopQueryExecution", "GetQueryResultsStream", "ListDatabases",
                           "ListTableMetadata", "GetTableMetadata", "ListDataCatalogs", "ListWorkGroups", "GetDatabase"):
                self.add(role.id, "athena:" + action, None, f"{item.id} asks", required=False)

    def _for_lambda_eventsourcemapping(self, item):
        """Lambda polls a queue as the function."""
        source, name = str(item.properties.get("EventSourceArn")), str(item.properties.get("FunctionName"))
        function = next((f for f in self.view.of_type("AWS::Lambda::Function") if name in (f.physical, f.arn)), None)
        role = self.role_of(function, "Role") if function else None
        if role is None:
            self.problems.append((item, f"{name} is none of the stacks' own functions"))
        elif ":sqs:" in source:
            for action in ("ReceiveMessage", "DeleteMessage", "GetQueueAttributes"):
                self.add(role, "sqs:" + action, source, f"Lambda polls {source.split(':')[-1]} as the function", recorded=True)
            self.add(role, "sqs:ChangeMessageVisibility", source, "Lambda may put a message back", required=False)

    def _for_ec2_flowlog(self, item):
        role = self.role_by_arn.get(item.properties.get("DeliverLogsPermissionArn"))
        if role:
            group = item.properties.get("LogGroupName") or str(item.properties.get("LogDestination", "")).split(":log-group:")[-1]
            for action in ("CreateLogStream", "PutLogEvents"):
                self.add(role.id, "logs:" + action, arn("logs", f"log-group:{str(group).removesuffix(':*')}:log-stream:x"), item.id)
            for action in ("DescribeLogStreams", "DescribeLogGroups", "CreateLogGroup"):
                self.add(role.id, "logs:" + action, None, item.id, required=False)

    def _publish(self, role, topic, why):
        """Whoever publishes to a topic under a key of ours uses the key."""
        for item in self.view.of_type("AWS::SNS::Topic", "AWS::SQS::Queue"):
            if topic in (None, item.arn):
                key = next((k.arn for k in self.view.of_type("AWS::KMS::Key")
                            if str(item.properties.get("KmsMasterKeyId")) in (k.arn, k.physical)), None)
                if key and (topic or item.type == "AWS::SNS::Topic"):
                    for action in ("kms:GenerateDataKey", "kms:Decrypt"):
                        self.add(role, action, key, f"{why}, under {item.id}'s key", recorded=True,
                                 context={"kms:ViaService": f"sns.{REGION}.amazonaws.com"})

    def _athena_results(self, role, action, required=True):
        for item in self.view.of_type("AWS::Athena::WorkGroup"):
            found = [v for p, v in walk(item.properties) if p and p[-1] == "OutputLocation" and isinstance(v, str)]
            for location in found:
                bucket, _, prefix = location.removeprefix("s3://").partition("/")
                base, why = f"arn:{PARTITION}:s3:::{bucket}", "Athena's results, as whoever asks"
                self.add(role, "s3:" + action, f"{base}/{prefix}x", why, recorded=True, required=required)
                if required:
                    self._s3_encryption(role, action, bucket, why)
                if action == "PutObject":
                    for one in ("GetBucketLocation", "ListBucket"):
                        self.add(role, "s3:" + one, base, why, context={"s3:prefix": prefix}, required=required)
                    for one in ("ListMultipartUploadParts", "AbortMultipartUpload"):
                        self.add(role, "s3:" + one, f"{base}/{prefix}x", why, required=False)
                    self.add(role, "s3:ListBucketMultipartUploads", base, why, required=False)

    def _stale(self, resource, why):
        """A recorded name that the stacks do not make: a renamed resource, or a recording of another template."""
        parts = str(resource).split(":", 5)
        named = len(parts) == 6 and parts[2] in ("glue", "athena") and re.match(r"(crawler|job|database|workgroup)/", parts[5])
        if named and resource not in self.view.by_arn:
            self.problems.append((None, f"{why} on {resource}, which the stacks do not make"))

    def _pass_role(self, role, value, why):
        passed = self.role_by_arn.get(value) if isinstance(value, str) else None
        if passed:
            self.add(role, "iam:PassRole", passed.arn, why, context={"iam:PassedToService": service_principal(passed)},
                     recorded=True)

    # -- machines

    def _machines(self):
        machines = {m.name: m for m in self.model.machines}
        started = {}
        values = {}
        for item in self.view.of_type("AWS::StepFunctions::StateMachine"):
            values[item.id] = item.properties.get("DefinitionSubstitutions") or {}
        for item in self.view.of_type("AWS::StepFunctions::StateMachine"):
            machine = machines.get(item.name)
            if machine is None or machine.definition is None:
                continue
            for state in scope_of(machine).all():
                task = task_of(state) if state.type == "Task" else None
                if task and task.service == "states":
                    target = self._argument(task, "StateMachineArn", values[item.id])
                    functions = {values[item.id].get(n) for n in PLACEHOLDER.findall(
                        json.dumps((task.arguments or {}).get("Input") if isinstance(task.arguments, dict) else ""))}
                    started.setdefault(target, set()).update(f for f in functions if f in self.view.by_arn)
        for item in self.view.of_type("AWS::StepFunctions::StateMachine"):
            role = self.role_of(item, "RoleArn")
            machine = machines.get(item.name)
            if role is None or machine is None or machine.definition is None:
                self.problems.append((item, "its role is none of the stacks' own, or its definition is missing"))
                continue
            self._machine_runtime(item, role)
            for state in scope_of(machine).all():
                task = task_of(state) if state.type == "Task" else None
                if task:
                    self._task(item, role, state, task, values[item.id], started.get(item.arn, set()))

    @staticmethod
    def _argument(task, name, values):
        value = task.arguments.get(name) if isinstance(task.arguments, dict) else None
        if not isinstance(value, str):
            return None
        text = PLACEHOLDER.sub(lambda m: str(values.get(m.group(1), m.group(0))), value)
        return None if "{%" in text else text

    def _machine_runtime(self, item, role):
        if (item.properties.get("LoggingConfiguration") or {}).get("Level", "OFF") != "OFF":
            for action in ("CreateLogDelivery", "GetLogDelivery", "UpdateLogDelivery", "DeleteLogDelivery", "ListLogDeliveries",
                           "PutResourcePolicy", "DescribeResourcePolicies", "DescribeLogGroups"):
                self.add(role, "logs:" + action, "*", "the machine's logging")
            self.add(role, "logs:CreateLogStream", "*", "the machine's logging", required=False)
        if (item.properties.get("TracingConfiguration") or {}).get("Enabled"):
            for action in ("PutTraceSegments", "PutTelemetryRecords", "GetSamplingRules", "GetSamplingTargets"):
                self.add(role, "xray:" + action, "*", "the machine's tracing")

    def _task(self, item, role, state, task, values, given):
        why = f"the state {state.where} of {item.id}"
        if task.service == "lambda":
            target = self._argument(task, "FunctionName", values)
            for one in [target] if target else sorted(given):
                self.add(role, "lambda:InvokeFunction", one, why)
            if not target and not given:
                self.problems.append((item, f"{state.where} calls a function that no parent names"))
            return
        if task.service == "states":
            target = self._argument(task, "StateMachineArn", values)
            self.add(role, "states:StartExecution", target, why)
            if task.pattern.startswith(".sync"):
                execution = str(target).replace(":stateMachine:", ":execution:") + ":x"
                for action in ("DescribeExecution", "StopExecution"):
                    self.add(role, "states:" + action, execution if target else None, why)
                self._sync_rule(role, "StepFunctionsExecutionRule", why)
            return
        service = catalog.service(task.service)
        operation = catalog.operation(service, task.action) if service else None
        if operation is None:
            return
        parameters = {k: PLACEHOLDER.sub(lambda m: str(values.get(m.group(1), m.group(0))), v)
                      for k, v in (task.arguments.items() if isinstance(task.arguments, dict) else ()) if isinstance(v, str)}
        follow = {"startJobRun": ["GetJobRun", "GetJobRuns", "BatchStopJobRun"],
                  "startQueryExecution": ["StopQueryExecution", "GetQueryExecution", "GetDataCatalog"],
                  "createTrainingJob": ["DescribeTrainingJob", "StopTrainingJob", "AddTags"],
                  "createTransformJob": ["DescribeTransformJob", "StopTransformJob", "AddTags"],
                  }.get(task.action, []) if task.pattern.startswith(".sync") else []
        for action in catalog.iam_of(service, operation) + [f"{catalog.iam_prefix(service)}:{f}" for f in follow]:
            try:
                resources = resources_of(action, {k: v for k, v in parameters.items() if "{%" not in v})
            except KeyError:
                resources = [None]
            for resource in resources:
                self.add(role, action, resource, why, required=action.split(":")[1] not in ("GetDataCatalog", "AddTags"))
        if follow and task.action in ("createTrainingJob", "createTransformJob"):
            self._sync_rule(role, {"createTrainingJob": "SageMakerTrainingJobsRule",
                                   "createTransformJob": "SageMakerTransformJobsRule"}[task.action], why)
        for value in parameters.values():
            self._pass_role(role, value, why)

    def _sync_rule(self, role, name, why):
        for action in ("PutTargets", "PutRule", "DescribeRule"):
            self.add(role, "events:" + action, arn("events", "rule/StepFunctionsGetEventsFor" + name), why)

    # -- services that take a role

    def _services(self):
        for item in self.view.items:
            maker = getattr(self, "_for_" + item.type.split("::", 1)[-1].replace("::", "_").lower(), None)
            if maker:
                maker(item)

    def _static_prefix(self, text):
        return re.split(r"!\{|\$\{|\{%", text)[0]

    def _bucket_write(self, role, bucket_arn, prefix, why):
        self.add(role, "s3:PutObject", f"{bucket_arn}/{prefix}x", why)
        key = bucket_key(self.view, bucket_arn.split(":::")[-1])
        if key:
            self.add(role, "kms:GenerateDataKey", key, why, context={"kms:ViaService": f"s3.{REGION}.amazonaws.com"})

    def _for_kinesisfirehose_deliverystream(self, item):
        target = item.properties.get("ExtendedS3DestinationConfiguration") or item.properties.get("S3DestinationConfiguration")
        if not target:
            return
        role, bucket, why = self.role_by_arn.get(target.get("RoleARN")), target.get("BucketARN"), f"{item.id} delivers"
        if not role:
            self.problems.append((item, "its RoleARN is none of the stacks' roles"))
            return
        for prefix in (target.get("Prefix", ""), target.get("ErrorOutputPrefix", "")):
            fixed = self._static_prefix(prefix)
            self._bucket_write(role.id, bucket, fixed, why)
            self.add(role.id, "s3:AbortMultipartUpload", f"{bucket}/{fixed}x", why)
            self.add(role.id, "s3:GetObject", f"{bucket}/{fixed}x", why, required=False)
        for action in ("GetBucketLocation", "ListBucket", "ListBucketMultipartUploads"):
            self.add(role.id, "s3:" + action, bucket, why)
        key = bucket_key(self.view, str(bucket).split(":::")[-1])
        if key:
            self.add(role.id, "kms:Decrypt", key, why, context={"kms:ViaService": f"s3.{REGION}.amazonaws.com",
                     "kms:EncryptionContext:aws:s3:arn": f"{bucket}"})
        logging = target.get("CloudWatchLoggingOptions") or {}
        if logging.get("Enabled"):
            self.add(role.id, "logs:PutLogEvents", arn(
                "logs", f"log-group:{logging.get('LogGroupName')}:log-stream:{logging.get('LogStreamName')}"), why)
        if target.get("DataFormatConversionConfiguration"):
            for action in ("GetTable", "GetTableVersion", "GetTableVersions"):
                self.add(role.id, "glue:" + action, None, why)

    def _for_iot_topicrule(self, item):
        payload = item.properties.get("TopicRulePayload") or {}
        for action in as_list(payload.get("Actions")) + as_list(payload.get("ErrorAction")):
            for kind, one in action.items():
                role = self.role_by_arn.get((one or {}).get("RoleArn")) if isinstance(one, dict) else None
                why = f"{item.id} acts"
                if kind == "Firehose" and role:
                    stream = arn("firehose", "deliverystream/" + str(one.get("DeliveryStreamName")))
                    batch = one.get("BatchMode") in (True, "true")
                    self.add(role.id, "firehose:PutRecord", stream, why, required=not batch)
                    self.add(role.id, "firehose:PutRecordBatch", stream, why, required=batch)
                elif kind == "S3" and role:
                    self._bucket_write(role.id, f"arn:{PARTITION}:s3:::{one.get('BucketName')}",
                                       self._static_prefix(str(one.get("Key", ""))), why)
                elif kind == "Sqs" and role:
                    self.add(role.id, "sqs:SendMessage", None, why)
                elif kind == "CloudwatchLogs" and role:
                    for name in ("CreateLogStream", "DescribeLogStreams", "PutLogEvents"):
                        self.add(role.id, "logs:" + name, None, why, required=name == "PutLogEvents")

    def _for_glue_crawler(self, item):
        role = self.role_by_arn.get(item.properties.get("Role")) or next(
            (r for r in self.view.roles() if r.physical == item.properties.get("Role")), None)
        if not role:
            self.problems.append((item, "its Role is none of the stacks' roles"))
            return
        why, targets = f"{item.id} crawls", item.properties.get("Targets") or {}
        database = str(item.properties.get("DatabaseName"))
        for target in as_list(targets.get("S3Targets")):
            bucket, _, prefix = str(target.get("Path", "")).removeprefix("s3://").partition("/")
            base = f"arn:{PARTITION}:s3:::{bucket}"
            self.add(role.id, "s3:GetObject", f"{base}/{prefix}x", why)
            self.add(role.id, "s3:ListBucket", base, why, context={"s3:prefix": prefix})
            self.add(role.id, "s3:GetBucketLocation", base, why, required=False)
            key = bucket_key(self.view, bucket)
            if key:
                self.add(role.id, "kms:Decrypt", key, why, context={"kms:ViaService": f"s3.{REGION}.amazonaws.com"})
        partitions = bool(as_list(targets.get("S3Targets")))
        for action, required in [("GetDatabase", True), ("GetTable", True), ("GetTables", False), ("CreateTable", True),
                                 ("UpdateTable", True), ("GetPartition", False), ("GetPartitions", partitions),
                                 ("BatchGetPartition", partitions), ("BatchCreatePartition", partitions),
                                 ("CreatePartition", False), ("UpdatePartition", partitions),
                                 ("BatchUpdatePartition", False)]:
            for resource in ("catalog", f"database/{database}", f"table/{database}/x"):
                if resource.startswith("table/") and action == "GetDatabase":
                    continue
                if "Partition" in action and not partitions:
                    continue
                self.add(role.id, "glue:" + action, arn("glue", resource), why, required=required)
        for target in as_list(targets.get("JdbcTargets")):
            for resource in ("catalog", f"connection/{target.get('ConnectionName')}"):
                self.add(role.id, "glue:GetConnection", arn("glue", resource), why)
            self._connection(role.id, target.get("ConnectionName"), why)
        self._glue_logs(role.id, why)

    def _connection(self, role, name, why):
        for item in self.view.of_type("AWS::Glue::Connection"):
            given = item.properties.get("ConnectionInput") or {}
            if given.get("Name") != name:
                continue
            properties = given.get("ConnectionProperties") or {}
            secret = properties.get("SECRET_ID") or (given.get("AuthenticationConfiguration") or {}).get("SecretArn")
            if secret:
                resource = secret if str(secret).startswith("arn:") else arn("secretsmanager", f"secret:{secret}-AbCdEf")
                self.add(role, "secretsmanager:GetSecretValue", resource, why)
                for action in ("DescribeSecret",):
                    self.add(role, "secretsmanager:" + action, resource, why, required=False)
                self.add(role, "kms:Decrypt", None, "a secret under a key of its own", required=False)
            if given.get("PhysicalConnectionRequirements"):
                for action in ("CreateNetworkInterface", "DeleteNetworkInterface", "DescribeNetworkInterfaces", "DescribeSubnets",
                               "DescribeSecurityGroups", "DescribeVpcEndpoints", "DescribeRouteTables"):
                    self.add(role, "ec2:" + action, None, why)
                for action in ("CreateTags", "DeleteTags"):
                    self.add(role, "ec2:" + action, None, why, required=False)
                    self.add(role, "ec2:" + action, arn("ec2", "network-interface/eni-x"), why + ", and tags its interfaces",
                             context={"aws:TagKeys": ["aws-glue-service-resource"]})
                for action in ("DescribeVpcAttribute", "DescribeVpcs"):
                    self.add(role, "ec2:" + action, None, why, required=False)
            for _path, value in walk(properties):
                if isinstance(value, str) and value.startswith("s3://"):
                    bucket, _, key = value.removeprefix("s3://").partition("/")
                    self.add(role, "s3:GetObject", f"arn:{PARTITION}:s3:::{bucket}/{key}", why, required=False)

    def _glue_logs(self, role, why):
        for action in ("CreateLogGroup", "CreateLogStream", "PutLogEvents"):
            self.add(role, "logs:" + action, arn("logs", "log-group:/aws-glue/x:log-stream:x"), why)
        for action in ("AssociateKmsKey",):
            self.add(role, "logs:" + action, arn("logs", "log-group:/aws-glue/x"), why, required=False)

    def _for_glue_job(self, item):
        role = self.role_of(item, "Role")
        if not role:
            self.problems.append((item, "its Role is none of the stacks' roles"))
            return
        arguments = item.properties.get("DefaultArguments") or {}
        why = f"{item.id} runs"
        name = str(arguments.get("--job_class", ""))
        if name in self.model.facts.jobs:
            # Through Glue's file system, which looks first, marks folders and cleans up after itself.
            for text in self.model.facts.jobs[name].texts:
                folder = re.split(r"[%\x01]", text)[0]
                if re.match(r"^[a-z][a-z_-]*/", folder):
                    for bucket in self.view.of_type("AWS::S3::Bucket"):
                        outer = [folder.rstrip("/")[:i] for i, c in enumerate(folder.rstrip("/") + "/") if c == "/"]
                        for action in ("GetObject", "PutObject", "DeleteObject"):
                            for key in [folder + "x", *[o + "_$folder$" for o in outer]]:
                                self.add(role, "s3:" + action, f"{bucket.arn}/{key}", why, required=False, recorded=True)
        self._glue_logs(role, why)
        if "--enable-metrics" in arguments or "--enable-observability-metrics" in arguments:
            self.add(role, "cloudwatch:PutMetricData", "*", why, context={"cloudwatch:namespace": "Glue"})
        for key in ("--extra-jars", "--TempDir", "--extra-files"):
            for one in str(arguments.get(key, "")).split(","):
                if one.startswith("s3://"):
                    self.add(role, "s3:GetObject", f"arn:{PARTITION}:s3:::" + one.removeprefix("s3://"), why)
        script = str((item.properties.get("Command") or {}).get("ScriptLocation", ""))
        if script.startswith("s3://"):
            self.add(role, "s3:GetObject", f"arn:{PARTITION}:s3:::" + script.removeprefix("s3://"), why)
        for name in as_list((item.properties.get("Connections") or {}).get("Connections")):
            for resource in ("catalog", f"connection/{name}"):
                self.add(role, "glue:GetConnection", arn("glue", resource), why)
            self._connection(role, name, why)

    def _for_scheduler_schedule(self, item):
        target = item.properties.get("Target") or {}
        role = self.role_by_arn.get(target.get("RoleArn"))
        if not role:
            self.problems.append((item, "its target's RoleArn is none of the stacks' roles"))
            return
        self._invoke(role.id, target.get("Arn"), f"{item.id} starts it")
        queue = (target.get("DeadLetterConfig") or {}).get("Arn")
        if queue:
            self.add(role.id, "sqs:SendMessage", queue, f"{item.id} gives up")

    def _for_events_rule(self, item):
        for target in as_list(item.properties.get("Targets")):
            role = self.role_by_arn.get(target.get("RoleArn"))
            if role:
                self._invoke(role.id, target.get("Arn"), f"{item.id} calls it")

    def _for_pipes_pipe(self, item):
        role = self.role_by_arn.get(item.properties.get("RoleArn"))
        if role:
            self._invoke(role.id, item.properties.get("Target"), f"{item.id} calls it")
            for action in ("ReceiveMessage", "DeleteMessage", "GetQueueAttributes"):
                self.add(role.id, "sqs:" + action, item.properties.get("Source"), f"{item.id} reads")

    def _invoke(self, role, target, why):
        target = str(target)
        action = {"states": "states:StartExecution", "lambda": "lambda:InvokeFunction", "sqs": "sqs:SendMessage",
                  "sns": "sns:Publish", "firehose": "firehose:PutRecord"}.get((target.split(":") + [""] * 3)[2])
        if target.startswith("arn:aws:scheduler:::aws-sdk:"):
            service, _, operation = target.removeprefix("arn:aws:scheduler:::aws-sdk:").partition(":")
            name = catalog.service(service)
            for one in catalog.iam_of(name, catalog.operation(name, operation)) if name else []:
                self.add(role, one, None, why)
        elif action:
            self.add(role, action, target, why)

    # -- what no file of ours says

    def _declared(self):
        for entry in self.declared:
            roles = self._roles_of(entry)
            used = False
            for role in roles:
                for need in entry.get("needs") or []:
                    for action in as_list(need["actions"]):
                        for resource in as_list(need.get("resources")) or [None]:
                            value = self._resource(resource)
                            if value is not False:
                                used = True
                                self.add(role.id, action, value, entry["reason"], context=need.get("context") or {},
                                         required=need.get("required", True), recorded=need.get("recorded", True))
            if not used and not entry.get("optional"):
                self.problems.append((None, f"iam-service-needs.json: {entry.get('for')} matches no role; take the entry out"))

    def _roles_of(self, entry):
        wanted = entry.get("for", "")
        found = []
        for role in self.view.roles():
            if service_principal(role) == wanted or role.id == wanted:
                found.append(role)
                continue
            if any(wanted in (item.type, item.id, (item.properties.get("DefaultArguments") or {}).get("--job_class"))
                   for item, _ in self.view.users(role)):
                found.append(role)
        return found

    def _resource(self, text):
        """'${Lake.Bucket.Arn}/raw/*' in the root's own stack; False where a condition leaves it out."""
        if text is None:
            return None

        def one(match):
            name = match.group(1)
            if name.startswith("AWS::"):
                return str(self.view.stack.resolve({"Ref": name}, "-"))
            *path, attribute = name.split(".")
            if not path:
                return str(self.view.stack.resolve({"Ref": name}, "-"))
            stack, resource = self.view.stack.find(".".join(path))
            return str(stack.resolve({"Ref": resource} if attribute == "Ref" else {"Fn::GetAtt": [resource, attribute]}, "-"))

        try:
            return re.sub(r"\$\{([^}]+)\}", one, text)
        except (Unresolved, KeyError):
            return False
