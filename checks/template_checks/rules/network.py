"""Rules on networks: groups, subnets, endpoints, servers."""

import ipaddress

from ..model import as_list
from .registry import on


def _open(rule):
    return str(rule.get("CidrIp", "")).endswith("/0") or str(rule.get("CidrIpv6", "")).endswith("/0")


@on("E9121", "AWS::EC2::SecurityGroup",
    about="A group lets in whom it names.")
def group(view, item, say):
    for rule in as_list(item.properties.get("SecurityGroupIngress")):
        if _open(rule):
            say("open-ingress", "the whole world may come in", "Name the group or the network that may")
    if not item.properties.get("VpcId"):
        say("group-vpc", "the group is in the default VPC", "Write VpcId")


@on("E9122", "AWS::EC2::SecurityGroupIngress",
    about="A rule of a group lets in whom it names.")
def ingress(view, item, say):
    if _open(item.properties):
        say("open-ingress", "the whole world may come in", "Name the group or the network that may")


@on("E9123", "AWS::EC2::VPC",
    about="A network knows the private names of its endpoints.")
def vpc(view, item, say):
    p = item.properties
    private = [e for e in view.of_type("AWS::EC2::VPCEndpoint") if e.properties.get("PrivateDnsEnabled") in (True, "true")]
    for name in ("EnableDnsSupport", "EnableDnsHostnames"):
        if private and p.get(name) not in (True, "true"):
            say("vpc-dns", f"private names of endpoints need {name}", "Turn it on")


@on("E9124", "AWS::EC2::Subnet",
    about="A subnet is private, and lies in its network.")
def subnet(view, item, say):
    if item.properties.get("MapPublicIpOnLaunch") in (True, "true"):
        say("public-subnet", "what starts in the subnet gets a public address", "Keep it private")
    owner = next((v for v in view.of_type("AWS::EC2::VPC") if v.physical == item.properties.get("VpcId")), None)
    try:
        if owner and not ipaddress.IPv4Network(item.properties["CidrBlock"]).subnet_of(
                ipaddress.IPv4Network(owner.properties["CidrBlock"])):
            say("subnet-range", f"{item.properties['CidrBlock']} lies outside of {owner.properties['CidrBlock']}", "Correct it")
    except (KeyError, ValueError, TypeError):
        pass  # ranges that Fn::Cidr makes


@on("E9125", "AWS::EC2::VPCEndpoint",
    about="An endpoint is of the kind that its service has, and can be reached.")
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


@on("E9126", "AWS::EC2::NatGateway",
    about="Nothing needs a NAT gateway.")
def nat(view, item, say):
    say("nat", "a NAT gateway costs more than the rest and opens a way out", "Use VPC endpoints")


@on("E9127", "AWS::EC2::Instance",
    about="A server has an encrypted disk, its own role, and metadata by token only.")
def instance(view, item, say):
    if (item.properties.get("MetadataOptions") or {}).get("HttpTokens") != "required" and not item.properties.get("LaunchTemplate"):
        say("imds", "the instance's metadata answers without a token", "Write MetadataOptions: {HttpTokens: required}")
