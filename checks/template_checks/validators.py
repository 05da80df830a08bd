"""The States Language by two other readers: npm's asl-validator and our own engine, on clones with real ARNs."""

import json
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import catalog
from .aslview import placeholders, substituted
from .finding import Finding


def clones(model, view, folder):
    """[(machine, path)] of the definitions with their placeholders replaced."""
    by_name = {item.name: item for item in view.of_type("AWS::StepFunctions::StateMachine")}
    out = []
    for machine in model.machines:
        if machine.definition is None or machine.name not in by_name:
            continue
        values = dict((by_name[machine.name].properties.get("DefinitionSubstitutions") or {}).items())
        for name in placeholders(machine):
            values.setdefault(name, "missing")
        path = Path(folder) / f"{machine.name}.json"
        path.write_text(substituted(machine, values))
        out.append((machine, path))
    return out


def run(model, view, home, engine=True):
    findings = []
    with tempfile.TemporaryDirectory() as folder:
        made = clones(model, view, folder)
        files = [str(p) for _, p in made]
        script = Path(__file__).with_name("validators.mjs")
        done = subprocess.run(["node", str(script), str(catalog.TOOLS["npm"] / "node_modules"), *files], capture_output=True,
                              text=True)
        if done.returncode != 0:
            return [Finding("asl-validator", "start", "-", "-", "asl-validator does not start: " + done.stderr[-300:],
                            "Install the tools anew")]
        for (machine, _), errors in zip(made, json.loads(done.stdout), strict=False):
            findings += [Finding("asl-validator", "asl-validator", machine.file, machine.name, e, "Correct it") for e in errors]
        if engine:
            with ThreadPoolExecutor(4) as pool:
                for (machine, _), found in zip(made, pool.map(lambda m: _engine(home, m[1]), made), strict=False):
                    findings += [Finding("asl-validator", rule, machine.file, f"{machine.name} {where}", text, "Correct it")
                                 for rule, where, text in found]
    return findings


def _engine(home, path):
    done = subprocess.run([str(home / "thermolake"), "asl", "--validate", "--json", str(path)], capture_output=True, text=True)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        return [("engine", "-", "the engine's validator does not answer: " + (done.stdout + done.stderr)[-300:])]
    return [("engine " + str(d.get("code")), str(d.get("location", "")), str(d.get("message"))) for d in answer.get("diagnostics", [])]
