"""Own rules for networks and QuickSight."""

import ipaddress
import json

from .model import as_list, walk


def rules(view, model, say):
    for item in view.items:
        rule = {"AWS::EC2::SecurityGroup": group, "AWS::EC2::SecurityGroupIngress": ingress, "AWS::EC2::VPC": vpc,
                "AWS::EC2::Subnet": subnet, "AWS::EC2::VPCEndpoint": endpoint, "AWS::EC2::NatGateway": nat,
                "AWS::EC2::Instance": instance, "AWS::QuickSight::DataSource": data_source,
                "AWS::QuickSight::DataSet": permissions, "AWS::QuickSight::Dashboard": permissions}.get(item.type)
        if rule:
            rule(view, item, lambda r, what, todo, i=item: say(r, i, what, todo))


def _open(rule):
    return str(rule.get("CidrIp", "")).endswith("/0") or str(rule.get("CidrIpv6", "")).endswith("/0")


def group(view, item, say):
    for rule in as_list(item.properties.get("SecurityGroupIngress")):
        if _open(rule):
            say("open-ingress", "the whole world may come in", "Name the group or the network that may")
    if not item.properties.get("VpcId"):
        say("group-vpc", "the group is in the default VPC", "Write VpcId")


def ingress(view, item, say):
    if _open(item.properties):
        say("open-ingress", "the whole world may come in", "Name the group or the network that may")


def vpc(view, item, say):
    p = item.properties
    private = [e for e in view.of_type("AWS::EC2::VPCEndpoint") if e.properties.get("PrivateDnsEnabled") in (True, "true")]
    for name in ("EnableDnsSupport", "EnableDnsHostnames"):
        if private and p.get(name) not in (True, "true"):
            say("vpc-dns", f"private names of endpoints need {name}", "Turn it on")


def subnet(view, item, say):
    if item.properties.get("MapPublicIpOnLaunch") in (True, "true"):
        say("public-subnet", "what starts in the subnet gets a public address", "Keep it private")
    owner = next((v for v in view.of_type("AWS::EC2::VPC") if v.physical == item.properties.get("VpcId")), None)
    try:
        if owner and not ipaddress.ip_network(item.properties["CidrBlock"]).subnet_of(
                ipaddress.ip_network(owner.properties["CidrBlock"])):
            say("subnet-range", f"{item.properties['CidrBlock']} lies outside of {owner.properties['CidrBlock']}", "Correct it")
    except (KeyError, ValueError, TypeError):
        pass  # ranges that Fn::Cidr makes


def endpoint(view, item, say):
    p = item.properties
    service = str(p.get("ServiceName", ""))
    kind = p.get("VpcEndpointType", "Gateway")
    gateway = service.rsplit(".", 1)[-1] in ("s3", "dynamodb")
    if kind == "Gateway":
        if not gateway:
            say("endpoint-type", f"{service} has no gateway endpoint", "Write VpcEndpointType: Interface")
        if not as_list(p.get("RouteTableIds")):
            say("endpoint-routes", "a gateway endpoint without RouteTableIds reaches nobody", "Name the route tables")
    else:
        if p.get("PrivateDnsEnabled") not in (True, "true"):
            say("endpoint-dns", "clients would go past the endpoint, by the public name", "Write PrivateDnsEnabled: true")
        if not as_list(p.get("SecurityGroupIds")):
            say("endpoint-group", "the endpoint has the VPC's default group", "Name a group")
        if not as_list(p.get("SubnetIds")):
            say("endpoint-subnets", "the endpoint is in no subnet", "Name one")


def nat(view, item, say):
    say("nat", "a NAT gateway costs more than the rest and opens a way out", "Use VPC endpoints")


def instance(view, item, say):
    if (item.properties.get("MetadataOptions") or {}).get("HttpTokens") != "required" and not item.properties.get("LaunchTemplate"):
        say("imds", "the instance's metadata answers without a token", "Write MetadataOptions: {HttpTokens: required}")


def data_source(view, item, say):
    permissions(view, item, say)
    athena = (item.properties.get("DataSourceParameters") or {}).get("AthenaParameters")
    if athena is not None:
        if athena.get("RoleArn") not in {r.arn for r in view.roles()}:
            say("quicksight-role", "the data source reads by QuickSight's own role, which knows nothing of our bucket and key",
                "Write AthenaParameters.RoleArn with a role of ours")
        if athena.get("WorkGroup") not in {w.physical for w in view.of_type("AWS::Athena::WorkGroup")}:
            say("quicksight-workgroup", f"{athena.get('WorkGroup')} is no workgroup of the stacks", "Name ours")
    if (item.properties.get("SslProperties") or {}).get("DisableSsl") in (True, "true"):
        say("quicksight-tls", "the data source speaks without TLS", "Take DisableSsl out")
    if "Condition" not in item.raw and not _conditional(view, item):
        say("quicksight-condition", "an account that has no QuickSight cannot deploy the stack", "Put it behind a Condition")


def _conditional(view, item):
    for stack in view.stack.stacks():
        for name, raw in stack.template.resources.items():
            if stack.is_nested(name) and item.id.startswith(stack.prefix + name + ".") and "Condition" in raw:
                return True
    return False


def permissions(view, item, say):
    for one in as_list(item.properties.get("Permissions")):
        if str(one.get("Principal", "")).endswith(("*", ":namespace/default")):
            say("quicksight-everybody", "everybody of the account's QuickSight may use it", "Name a user or a group")
    for path, value in walk(item.properties):
        if path and path[-1] == "Credentials" and json.dumps(value).lower().find("password") >= 0:
            say("quicksight-credentials", "the data source has a password", "Name a secret")
