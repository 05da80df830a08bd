"""Keys, passwords and the like that have no place in a repository."""

import math
import re
import subprocess
from collections import Counter

from .finding import Finding

RULES = [
    ("aws-key", re.compile(r"\b(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA|ANVA)[A-Z2-7]{16}\b")),
    ("aws-secret", re.compile(r"(?i)aws.{0,20}(?:secret|private).{0,20}[=:]\s*['\"]?([A-Za-z0-9/+=]{40})(?![A-Za-z0-9/+=])")),
    ("private-key", re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----")),
    ("token", re.compile(r"\b(?:ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{36}\b|\bgithub_pat_[A-Za-z0-9_]{60,}|\bxox[baprs]-[A-Za-z0-9-]{10,}"
                         r"|\bglpat-[A-Za-z0-9_-]{20}\b|\bnpm_[A-Za-z0-9]{36}\b|\bpypi-[A-Za-z0-9_-]{40,}|\bAIza[A-Za-z0-9_-]{35}\b"
                         r"|\bsk_live_[A-Za-z0-9]{24,}")),
    ("jwt", re.compile(r"\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{15,}")),
    ("url-password", re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s/:@'\"<>]+:([^\s/@'\"<>${}]{3,})@[^\s]+")),
    ("jdbc-password", re.compile(r"(?i)\bjdbc:[^\s'\"]*[;?&](?:password|pwd)=([^;&\s'\"]+)")),
    ("password", re.compile(r"(?i)(?<![\w.-])[\w-]*(?:password|passwd|secret_?key|api_?key|access_?token|auth_?token)"
                            r"['\"]?\s*[:=]\s*['\"]?([^\s'\",;(){}\[\]]{6,})")),
]
# Where a value only looks like one: placeholders, names of things, code that passes a value on.
HARMLESS = re.compile(r"^[$!<{*%]|^\W+$|^(?:null|none|true|false|string|password|secret|example|changeme|getenv|String|new|this)\b"
                      r"|^[A-Za-z_]+\.[A-Za-z_.]+|^[a-z]+[A-Z]\w*$|^arn:", re.I)
SKIPPED = {".png", ".jpg", ".gif", ".ico", ".parquet", ".gz", ".jar", ".zip", ".svg", ".lock"}


def files(root):
    """What git would take, in a clone; else every file that is no build's output."""
    done = subprocess.run(["git", "-C", str(root), "ls-files", "-co", "--exclude-standard", "-z"], capture_output=True, text=True)
    if done.returncode == 0 and done.stdout:
        return [root / name for name in done.stdout.split("\0") if name]
    return [p for p in root.rglob("*") if p.is_file() and not {"target", "node_modules", ".git", ".aws-sam"} & set(p.parts)]


def run(root, paths=None):
    findings = []
    for path in paths or files(root):
        if path.suffix in SKIPPED or not path.is_file() or path.name == "package-lock.json" or path.stat().st_size > 2_000_000:
            continue
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        file = str(path.relative_to(root))
        if file.startswith("checks/template_checks/") or file == "checks/defects.yaml":
            continue  # the rules and the seeded defects themselves
        findings += scan(text, file)
    return findings


def scan(text, file):
    findings = []
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > 5000:
            line = line[:5000]
        for rule, form in RULES:
            for match in form.finditer(line):
                value = match.group(1) if match.groups() and match.group(1) else match.group(0)
                if rule in ("password", "url-password", "jdbc-password") and harmless(value, rule, file):
                    continue
                if rule == "aws-secret" and entropy(value) < 3.5:
                    continue
                findings.append(Finding("secrets", rule, file, value[:4] + "…", "this looks like a secret",
                                        "Take it out of the file and of the history, and replace the secret", number))
    return findings


def harmless(value, rule, file):
    if HARMLESS.match(value):
        return True
    if rule == "password":
        # Code and prose pass names on; a secret has letters and digits, or signs, mixed.
        kinds = sum(bool(re.search(k, value)) for k in (r"[a-z]", r"[A-Z]", r"\d", r"[^\w]"))
        return kinds < 3 or "(" in value or entropy(value) < 2.5
    return False


def entropy(text):
    return -sum(n / len(text) * math.log2(n / len(text)) for n in Counter(text).values())
