"""cdk-nag's AwsSolutions and Serverless packs over the transformed templates."""

import json
import subprocess
import tempfile
from pathlib import Path

from . import catalog
from .finding import Finding
from .transform import translate


def run(model, only=None):
    findings = []
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for template in model.all():
            if only is not None and template.file not in only:
                continue
            try:
                data = translate(model, template, {})
            except Exception:
                continue  # the check 'transform' tells
            # Its name becomes that of a stack.
            path = Path(folder) / f"T{len(files)}.json"
            path.write_text(json.dumps(data, default=str))
            files[path.stem] = (template, path)
        script = Path(__file__).with_name("nag.mjs")
        done = subprocess.run(["node", str(script), str(catalog.TOOLS["npm"] / "node_modules"),
                               *[str(p) for _, p in files.values()]], capture_output=True, text=True)
        if done.returncode != 0:
            return [Finding("nag", "cdk-nag", "template.yaml", "-", "cdk-nag cannot read the templates: "
                            + done.stderr.strip()[-400:], "Correct what it names")]
        for one in json.loads(done.stdout):
            template = files[one["template"]][0]
            findings.append(Finding("nag", one["rule"], template.file, one["resource"], one["what"].rstrip("."),
                                    "Follow it, or acknowledge it in checks/acknowledged.json with the reason",
                                    template.line(one["resource"])))
    return findings
