"""The calls that the laptop wrote down (see CallLog in the module local)."""

import json
from collections import Counter


class Recording:
    """Lines of calls, and what the laptop calls the stacks' resources."""

    def __init__(self, path=None):
        self.calls, self.names = [], {}
        if path is None:
            return
        physical = {}
        for line in path.read_text().splitlines():
            try:
                one = json.loads(line)
            except ValueError:
                continue  # the last line of a process that was killed
            if "stack" in one:
                for resource in one["stack"]:
                    physical[resource["logicalId"]] = (resource["type"], resource["physicalId"])
            else:
                self.calls.append(one)
        # The laptop may call two things of no use to it by one name.
        uses = Counter(physical.values())
        self.names = {logical: name for logical, (kind, name) in physical.items() if uses[kind, name] == 1}

    def distinct(self):
        """One of each kind: the same call on another key of the same folder says nothing new."""
        seen, out = set(), []
        for call in self.calls:
            parameters = call.get("parameters") or {}
            told = {k: v.rsplit("/", 1)[0] if k in ("Key", "Prefix", "ResourceArn") and isinstance(v, str) else v if isinstance(v, (str, list))
                    and k in ("Bucket", "Name", "RoleArn", "ExecutionRoleArn", "Tags", "JobName", "DatabaseName", "TableName",
                              "WorkGroup", "TopicArn", "stateMachineArn", "executionArn") else "" for k, v in parameters.items()}
            key = json.dumps([call.get("function"), call.get("machine"), call.get("service"), call.get("operation"), told],
                             sort_keys=True)
            if key not in seen:
                seen.add(key)
                out.append(call)
        return out

    @property
    def functions(self):
        return [c for c in self.calls if "function" in c]

    @property
    def tasks(self):
        return [c for c in self.calls if "machine" in c]
