"""Rules on the forest's image: the map of regions and what is made of it."""

import hashlib
import json
import re
from pathlib import Path

from ..model import walk
from ..resolve import Stack, Unresolved
from .deployment import at
from .registry import once


@once
def image_map(model, say):
    template = model.main
    mapped = template.section("Mappings").get("Rcf")
    if not isinstance(mapped, dict):
        return
    seen = {}
    for region, value in mapped.items():
        account = (value or {}).get("Account")
        if not isinstance(account, str) or not re.fullmatch(r"\d{12}", account):
            say("image-map", at(template, region), f"the account of {region} is {account!r}", "Write 12 digits in quotes")
        elif account in seen:
            say("image-map", at(template, region), f"{region} and {seen[account]} have one account", "Compare with AWS's list")
        seen[account] = region
        if not re.fullmatch(r"[a-z]{2}(-[a-z]+)+-\d", region):
            say("image-map", at(template, region), f"there is no region {region}", "Correct it")
    pinned = json.loads((Path(__file__).parents[2] / "pinned.json").read_text())["Rcf"]
    text = json.dumps({r: (v or {}).get("Account") for r, v in mapped.items()}, sort_keys=True)
    if hashlib.sha256(text.encode()).hexdigest() != pinned["sha256"]:
        say("image-map", at(template, "Rcf"), f"the map is not the one that was compared with {pinned['source']}",
            "Compare it anew, then set the digest in checks/pinned.json")


@once
def image_region(model, say):
    """A region without an image is refused before anything is made, in words; the mapping alone would only say what it lacks."""
    template = model.main
    mapped = template.section("Mappings").get("Rcf")
    if not isinstance(mapped, dict):
        return
    rules = template.section("Rules")
    # The region that is none stands for all that AWS may add.
    for region in [*mapped, "xx-nowhere-1"]:
        for given in ("", "1.dkr.ecr.x.amazonaws.com/randomcutforest:1"):
            stack = Stack(model, template, {"RcfImageUri": given})
            stack.pseudo = {"AWS::Region": region}
            told = [assertion.get("AssertDescription") for name, rule in rules.items() if _asks(rule, "AWS::Region")
                    and ("RuleCondition" not in rule or stack.resolve(rule["RuleCondition"], name) is True)
                    for assertion in rule.get("Assertions") or [] if stack.resolve(assertion.get("Assert"), name) is not True]
            if told and (region in mapped or given):
                say("image-region", at(template, "Rules"), f"{region} is refused, {'though an image is given' if given else 'and has an image'}",
                    "List the regions of the mapping Rcf, under the condition that RcfImageUri is empty")
                return
            if not told and region not in mapped and not given:
                say("image-region", at(template, "Rules"), "a region without an image is not refused",
                    "Write a rule that asks for AWS::Region where RcfImageUri is empty")
            if told and not all(told):
                say("image-region", at(template, "Rules"), "the refusal of a region does not say why", "Write an AssertDescription")


def _asks(rule, name):
    return any(path and path[-1] == "Ref" and value == name for path, value in walk(rule))


@once
def image(view, model, say):
    """What the functions get as the image, in each region of the map and without an override."""
    template = model.main
    raw = (((template.section("Globals").get("Function") or {}).get("Environment") or {}).get("Variables") or {}).get("RCF_IMAGE")
    mapped = template.section("Mappings").get("Rcf")
    if raw is None or not isinstance(mapped, dict):
        return
    stack = Stack(model, template, {})
    for region in list(mapped)[:3] + [r for r in mapped if r.startswith("cn-")][:1]:
        stack.pseudo = {"AWS::Region": region, "AWS::URLSuffix": "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"}
        try:
            value = stack.resolve(raw, "RCF_IMAGE")
        except Unresolved as problem:
            value = problem.args[1]
        wanted = f"{(mapped[region] or {}).get('Account')}.dkr.ecr.{region}.{stack.pseudo['AWS::URLSuffix']}/randomcutforest:1"
        if value != wanted:
            say("image", at(template, "RCF_IMAGE"), f"in {region} the image is {value}", f"Make it {wanted}")
            return
