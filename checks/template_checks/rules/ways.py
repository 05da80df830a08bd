"""Rules on networks as ways: from Glue to the database and back, from a private subnet to the services that it asks."""

import ipaddress
import re

from .. import catalog
from ..model import as_list
from .registry import over

# Endpoints whose last part is no service's name of the SDK.
ENDPOINTS = {"ssmmessages", "ec2messages", "monitoring", "kinesis-firehose", "states", "execute-api", "ecr.api", "ecr.dkr", "sagemaker.api",
             "sagemaker.runtime", "git-codecommit", "elasticfilesystem"}
KINDS = {"VpcId": ("AWS::EC2::VPC", "vpc-"), "SubnetId": ("AWS::EC2::Subnet", "subnet-"), "RouteTableId": ("AWS::EC2::RouteTable", "rtb-"),
         "GroupId": ("AWS::EC2::SecurityGroup", "sg-"), "SourceSecurityGroupId": ("AWS::EC2::SecurityGroup", "sg-"),
         "DestinationSecurityGroupId": ("AWS::EC2::SecurityGroup", "sg-"), "SecurityGroupIds": ("AWS::EC2::SecurityGroup", "sg-"),
         "SecurityGroupIdList": ("AWS::EC2::SecurityGroup", "sg-"), "SubnetIds": ("AWS::EC2::Subnet", "subnet-"),
         "RouteTableIds": ("AWS::EC2::RouteTable", "rtb-"), "TransitGatewayId": ("AWS::EC2::TransitGateway", "tgw-"),
         "GatewayId": ("AWS::EC2::InternetGateway", "igw-"), "VpcPeeringConnectionId": ("AWS::EC2::VPCPeeringConnection", "pcx-"),
         "PeerVpcId": ("AWS::EC2::VPC", "vpc-")}


class Net:
    """Subnets, tables, groups and endpoints of a view."""

    def __init__(self, view):
        self.view = view

    def named(self, kind, value):
        return next((i for i in self.view.of_type(kind) if value in (i.physical, i.arn, f"<{i.id}.GroupId>")), None)

    def rules(self, group, side):
        """A group's own rules, and those of resources beside it."""
        found = list(as_list(group.properties.get("SecurityGroup" + side)))
        for one in self.view.of_type("AWS::EC2::SecurityGroup" + side):
            if self.named("AWS::EC2::SecurityGroup", one.properties.get("GroupId")) is group:
                found.append(one.properties)
        return found

    def lets(self, group, side, port, network=None, other=None):
        """Whether a group lets traffic of a port to or from a network or another group."""
        for rule in self.rules(group, side):
            protocol = str(rule.get("IpProtocol"))
            try:
                if protocol != "-1" and not (protocol in ("tcp", "6") and int(rule.get("FromPort", -1)) <= port <= int(rule.get("ToPort", -1))):
                    continue
                if network is not None and "CidrIp" in rule and ipaddress.IPv4Network(network).subnet_of(ipaddress.IPv4Network(rule["CidrIp"])):
                    return True
            except (TypeError, ValueError):
                continue
            named = rule.get("SourceSecurityGroupId" if side == "Ingress" else "DestinationSecurityGroupId")
            if other is not None and named is not None and self.named("AWS::EC2::SecurityGroup", named) is other:
                return True
        return False

    def table_of(self, subnet):
        for one in self.view.of_type("AWS::EC2::SubnetRouteTableAssociation"):
            if self.named("AWS::EC2::Subnet", one.properties.get("SubnetId")) is subnet:
                return self.named("AWS::EC2::RouteTable", one.properties.get("RouteTableId"))
        return None

    def routes(self, table):
        return [r for r in self.view.of_type("AWS::EC2::Route") if self.named("AWS::EC2::RouteTable", r.properties.get("RouteTableId")) is table]

    def asks(self, who, subnet_id, group_id, services, say):
        """Whoever sits in a private subnet reaches services through endpoints alone."""
        subnet, group = self.named("AWS::EC2::Subnet", subnet_id), self.named("AWS::EC2::SecurityGroup", group_id)
        if subnet is None or group is None:
            return
        table = self.table_of(subnet)
        if table is None:
            say("no-route", subnet, "the subnet has no route table of ours", "Add an AWS::EC2::SubnetRouteTableAssociation")
        for service in services:
            found = [e for e in self.view.of_type("AWS::EC2::VPCEndpoint") if str(e.properties.get("ServiceName", "")).endswith("." + service)
                     and e.properties.get("VpcId") == subnet.properties.get("VpcId")]
            if not found:
                say("no-endpoint", who, f"its subnet has no way to {service}", "Add a VPC endpoint")
            for one in found:
                if one.properties.get("VpcEndpointType", "Gateway") == "Gateway":
                    if table is None or not any(self.named("AWS::EC2::RouteTable", t) is table for t in as_list(one.properties.get("RouteTableIds"))):
                        say("no-endpoint", one, "the endpoint is not in the subnet's route table", "Name it in RouteTableIds")
                    if not self.lets(group, "Egress", 443, network="0.0.0.0/0"):
                        say("no-endpoint", group, f"the group lets no HTTPS out, and {who.id} asks {service}", "Allow port 443")
                    continue
                owners = [self.named("AWS::EC2::SecurityGroup", g) for g in as_list(one.properties.get("SecurityGroupIds"))]
                if not any(o is not None and self.lets(o, "Ingress", 443, network=subnet.properties.get("CidrBlock"), other=group) for o in owners):
                    say("no-endpoint", one, f"the endpoint's group does not let {group.id} in on 443", "Allow it")
                if not self.lets(group, "Egress", 443, network=subnet.properties.get("CidrBlock")) and not any(
                        o is not None and self.lets(group, "Egress", 443, other=o) for o in owners):
                    say("no-endpoint", group, f"the group lets nothing out to the endpoint of {service}", "Allow port 443")


def ids(view, net, say):
    """A property that names a thing of the network gets one of its kind, and never nothing."""
    kinds = {i.physical: i.type for i in view.items if i.type.startswith("AWS::EC2::")}
    kinds.update({f"<{i.id}.GroupId>": i.type for i in view.of_type("AWS::EC2::SecurityGroup")})
    places = [(i, i.properties) for i in view.items if i.type.startswith("AWS::EC2::")] + [
        (i, (i.properties.get("ConnectionInput") or {}).get("PhysicalConnectionRequirements") or {})
        for i in view.of_type("AWS::Glue::Connection")]
    for item, properties in places:
        for key, (kind, prefix) in KINDS.items():
            for value in as_list(properties.get(key)):
                known = kinds.get(str(value))
                if value == "":
                    say("network-id", item, f"{key} is empty", "Put the resource behind a condition that says it is given")
                elif known and known != kind:
                    say("network-id", item, f"{key} is {value}, which is an {known}", f"Name an {kind}")
                elif not known and re.match(r"[a-z]+-[0-9a-f]{8,17}$", str(value)) and not str(value).startswith(prefix):
                    say("network-id", item, f"{key} is {value}", f"Name one that begins with {prefix}")


def connections(view, net, say):
    """From a Glue connection in a network of ours to the database's port, and to what Glue itself asks."""
    for item in view.of_type("AWS::Glue::Connection"):
        given = item.properties.get("ConnectionInput") or {}
        url = str((given.get("ConnectionProperties") or {}).get("JDBC_CONNECTION_URL", ""))
        if url and given.get("ConnectionType") != "JDBC":
            say("connection-type", item, f"ConnectionType is {given.get('ConnectionType')} and the connection has a JDBC_CONNECTION_URL", "Write JDBC")
        physical = given.get("PhysicalConnectionRequirements") or {}
        subnet = net.named("AWS::EC2::Subnet", physical.get("SubnetId"))
        if subnet is None:
            continue
        port = int((re.search(r":(\d+);", url) or [0, 1433])[1])
        table = net.table_of(subnet)
        ways = [r for r in net.routes(table) if r.properties.get("VpcPeeringConnectionId") or r.properties.get("TransitGatewayId")] if table else []
        if not ways:
            say("no-route", item, "nothing leads from the connection's subnet to the database's network", "Add a route")
        for group_id in as_list(physical.get("SecurityGroupIdList")):
            # The import reads its connection from Glue; who turns that endpoint off, as the template's text says, has another way.
            asked = ["s3", "secretsmanager", "logs"] + (["glue"] if as_given(view, "GlueEndpoint") else [])
            net.asks(item, physical.get("SubnetId"), group_id, asked, say)
            group = net.named("AWS::EC2::SecurityGroup", group_id)
            for way in ways if group is not None else ():
                if not net.lets(group, "Egress", port, network=way.properties.get("DestinationCidrBlock")):
                    say("no-route", group, f"the group lets nothing out to port {port} of {way.properties.get('DestinationCidrBlock')}", "Allow it")
            for rule in net.rules(group, "Ingress") if group is not None else ():
                if net.named("AWS::EC2::SecurityGroup", rule.get("SourceSecurityGroupId")) is not group:
                    say("open-ingress", group, "Glue's group lets in what is not Glue", "Let the group itself in, nobody else")
    for item in view.of_type("AWS::EC2::SecurityGroupIngress"):
        p = item.properties
        if p.get("SourceSecurityGroupId") != p.get("GroupId") and p.get("FromPort") != p.get("ToPort"):
            say("open-ingress", item, "more than one port is opened to somebody else", "Open the database's port")
    twice = {}
    for item in view.of_type("AWS::EC2::Route"):
        raw = item.raw.get("Properties") or {}
        key = str((item.stack.prefix, raw.get("RouteTableId"), raw.get("DestinationCidrBlock")))
        way = str((raw.get("VpcPeeringConnectionId"), raw.get("TransitGatewayId")))
        if twice.setdefault(key + way, item) is not item:
            say("no-route", item, f"{twice[key + way].id} is the same route", "Name another route table")


def as_given(view, parameter):
    """Whether a parameter of the root is as it is when nobody says anything."""
    declared = view.stack.template.section("Parameters").get(parameter)
    return declared is None or str(view.stack.parameters[parameter]) == str(declared.get("Default"))


def peerings(view, net, say):
    """Both networks know the way to the other, which is another one."""
    vpcs = {v.physical: v for v in view.of_type("AWS::EC2::VPC")}

    def block(text):
        try:
            return ipaddress.ip_network(text)
        except (TypeError, ValueError):
            return None

    ends = [(p, p.properties.get("VpcId"), p.properties.get("PeerVpcId"), "VpcPeeringConnectionId", p.physical)
            for p in view.of_type("AWS::EC2::VPCPeeringConnection")]
    ends += [(a, a.properties.get("VpcId"), None, "TransitGatewayId", a.properties.get("TransitGatewayId"))
             for a in view.of_type("AWS::EC2::TransitGatewayAttachment")]
    for item, near, far, key, value in ends:
        own = block(vpcs[near].properties.get("CidrBlock")) if near in vpcs else None
        other = block(vpcs[far].properties.get("CidrBlock")) if far in vpcs else None
        if own and other and own.overlaps(other):
            say("overlap", item, f"{own} and {other} overlap, so that no route leads across", "Take another range")
        back = False
        for route in view.of_type("AWS::EC2::Route"):
            if route.properties.get(key) != value:
                continue
            table = net.named("AWS::EC2::RouteTable", route.properties.get("RouteTableId"))
            inside = table is not None and table.properties.get("VpcId") == near
            target = block(route.properties.get("DestinationCidrBlock"))
            if target and own and inside and target.overlaps(own):
                say("no-route", route, f"the route leads to {target}, the network where it begins", "Lead to the other network")
            if target and own and not inside and target != own:
                say("no-route", route, f"the route leads to {target}, and who answers sits in {own}", "Lead back to the network that asks")
            back = back or (table is not None and table.properties.get("VpcId") == far)
        if far in vpcs and not back:
            say("no-route", item, "nothing leads back from the network that is asked", "Add a route to a table of its subnets")
        for connection in view.of_type("AWS::Glue::Connection") if far in vpcs else ():
            physical = (connection.properties.get("ConnectionInput") or {}).get("PhysicalConnectionRequirements") or {}
            for group_id in as_list(physical.get("SecurityGroupIdList")):
                group = net.named("AWS::EC2::SecurityGroup", group_id)
                servers = [net.named("AWS::EC2::SecurityGroup", g) for i in view.of_type("AWS::EC2::Instance")
                           for g in as_list(i.properties.get("SecurityGroupIds"))]
                if group and servers and not any(s is not None and net.lets(
                        s, "Ingress", 1433, network=str(own) if own else None, other=group) for s in servers):
                    say("no-route", servers[0] or item, f"the server's group does not let {group.id} in", "Allow the database's port")


@over
def ways(view, say):
    net = Net(view)
    ids(view, net, say)
    for item in view.of_type("AWS::EC2::VPCEndpoint"):
        name = str(item.properties.get("ServiceName", "")).split(".", 3)[-1]
        if name not in ENDPOINTS and name not in catalog.services():
            say("endpoint-service", item, f"AWS has no endpoint of the service {name}", "Correct ServiceName")
    for item in view.of_type("AWS::EC2::FlowLog"):
        p = item.properties
        if p.get("LogDestinationType", "cloud-watch-logs") == "cloud-watch-logs":
            if not (p.get("LogGroupName") or p.get("LogDestination")) or not p.get("DeliverLogsPermissionArn"):
                say("flow-log", item, "the flow log lacks its log group or its role", "Write LogGroupName and DeliverLogsPermissionArn")
        elif p.get("LogGroupName") or not p.get("LogDestination"):
            say("flow-log", item, f"LogDestinationType is {p['LogDestinationType']} and the flow log names a log group", "Write cloud-watch-logs")
    for item in view.of_type("AWS::EC2::SecurityGroup"):
        for rule in net.rules(item, "Egress"):
            if str(rule.get("CidrIp", "")).endswith("/0") and (str(rule.get("IpProtocol")) == "-1" or rule.get("FromPort") != rule.get("ToPort")):
                say("open-egress", item, "everything may leave to everywhere", "Name the port, or the network")
    connections(view, net, say)
    peerings(view, net, say)
    for item in view.of_type("AWS::EC2::Instance"):
        asked = ("secretsmanager", "s3") if "SecretId" in str(item.raw) else ()
        for group in as_list(item.properties.get("SecurityGroupIds")):
            net.asks(item, item.properties.get("SubnetId"), group, [*asked, "ssm", "ssmmessages"], say)
