"""The SAM transform, offline: what CloudFormation gets to see, with the state machines inside."""

import copy
import json

import boto3
from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

from .finding import Finding
from .resolve import ACCOUNT, REGION, combinations

# The transform asks IAM for the ARNs of managed policies; these are the ones that it may need by name.
MANAGED = {name: f"arn:aws:iam::aws:policy/{path}{name}" for path, names in {
    "service-role/": ["AWSLambdaBasicExecutionRole", "AWSLambdaVPCAccessExecutionRole", "AWSLambdaSQSQueueExecutionRole",
                      "AWSLambdaKinesisExecutionRole", "AWSLambdaDynamoDBExecutionRole"],
    "": ["AWSXrayWriteOnlyAccess", "AWSXRayDaemonWriteAccess"]}.items() for name in names}




def local(model, template):
    """The template with what is local where sam package would put it."""
    data = copy.deepcopy(template.data)
    function = (data.get("Globals") or {}).get("Function") or {}
    if isinstance(function.get("CodeUri"), str):
        function["CodeUri"] = "s3://packaged/functions"
    machines = {m.name: m for m in model.machines if m.template is template}
    for name, resource in (data.get("Resources") or {}).items():
        properties = resource.get("Properties") or {}
        if isinstance(properties.get("CodeUri"), str):
            properties["CodeUri"] = "s3://packaged/functions"
        if name in machines and machines[name].definition is not None:
            properties.pop("DefinitionUri", None)
            properties["Definition"] = copy.deepcopy(machines[name].definition)
        if isinstance(properties.get("TemplateURL"), str):
            properties["TemplateURL"] = f"https://s3.{REGION}.amazonaws.com/packaged/{name}.yaml"
        location = (properties.get("Command") or {}).get("ScriptLocation")
        if isinstance(location, str) and "://" not in location:
            properties["Command"]["ScriptLocation"] = "s3://packaged/" + location
    return data


def translate(model, template, parameters):
    """The transformed template. Raises InvalidDocumentException."""
    data = local(model, template)
    if "Transform" not in data:
        return data
    values = {n: p.get("Default", "") for n, p in (data.get("Parameters") or {}).items()}
    values.update({k: v for k, v in parameters.items() if k in values})
    values.update({"AWS::Region": REGION, "AWS::AccountId": ACCOUNT, "AWS::Partition": "aws",
                   "AWS::StackName": "thermolake", "AWS::URLSuffix": "amazonaws.com"})
    # The session is asked for its region alone; it calls nobody.
    translator = Translator(MANAGED, Parser(), plugins=[], boto_session=boto3.Session(region_name=REGION))
    return translator.translate(sam_template=data, parameter_values=values, feature_toggle=None)


def singles(model):
    """Every switch in each of its positions, and all on, at the price of few transforms."""
    seen, out = {}, []
    for chosen in combinations(model):
        new = [(k, v) for k, v in chosen.items() if (k, v) not in seen]
        if new or not out:
            seen.update(dict.fromkeys(new))
            out.append(chosen)
    return out


def run(model):
    findings = []
    for template in model.all():
        for chosen in singles(model):
            try:
                json.dumps(translate(model, template, chosen), default=str)
            except InvalidDocumentException as problem:
                texts = [c.message for c in problem.causes] or [str(problem)]
                findings += [Finding("transform", "sam", template.file, "-", text, "Correct the resource") for text in texts]
                break
            except Exception as problem:  # the transform answers some mistakes with any exception
                findings.append(Finding("transform", "sam", template.file, "-", f"the SAM transform fails: {problem!r}",
                                        "Correct what it names"))
                break
    return findings
