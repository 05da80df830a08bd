"""The shapes of the functions' requests and answers: the components of their records, read from the sources."""

import re

ANY = "any"
WORD = r"[A-Za-z_][A-Za-z0-9_]*"
RECORD = re.compile(r"\brecord\s+(" + WORD + r")\s*(?:<[^>]*>)?\s*\(")
HANDLER = re.compile(r"class\s+(" + WORD + r")\s[^{]*?implements\s+(?:[\w., ]*?)RequestHandler<")


def split_top(text):
    """By the commas outside of brackets."""
    parts, depth, at = [], 0, 0
    for index, char in enumerate(text):
        if char in "<({[":
            depth += 1
        elif char in ">)}]":
            depth -= 1
        elif char == "," and depth == 0:
            parts.append(text[at:index])
            at = index + 1
    return [p.strip() for p in parts + [text[at:]] if p.strip()]


def balanced(text, at, opening, closing):
    depth = 0
    for index in range(at, len(text)):
        if text[index] == opening:
            depth += 1
        elif text[index] == closing:
            depth -= 1
            if depth == 0:
                return text[at + 1:index]
    return ""


class JavaTypes:
    """Records by name, per source file, with what imports say."""

    _read = {}

    def __new__(cls, sources):
        key = id(sources)
        if key not in cls._read or cls._read[key][0] is not sources:
            cls._read[key] = (sources, super().__new__(cls))
        return cls._read[key][1]

    def __init__(self, sources):
        if hasattr(self, "sources"):
            return
        self.sources = sources
        self.records = {}
        for name, text in sources.items():
            clean = re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.S)
            for match in RECORD.finditer(clean):
                body = balanced(clean, match.end() - 1, "(", ")")
                components = {}
                for part in split_top(body):
                    nullable = "@Nullable" in part
                    part = re.sub(r"@\w+(\([^)]*\))?\s*", "", part).strip()
                    kind, _, component = part.rpartition(" ")
                    components[component] = (kind.strip(), nullable)
                self.records[name, match.group(1)] = components

    def find(self, owner, kind):
        """(owner, simple name) of a record's type as the file of {@code owner} writes it, or None."""
        simple = kind.split(".")[-1]
        if (owner, simple) in self.records:
            return owner, simple
        text = self.sources.get(owner, "")
        outer = kind.split(".")[0]
        match = re.search(r"import\s+([\w.]+\." + re.escape(outer) + r")\s*;", text)
        candidates = [match.group(1)] if match else []
        candidates.append(owner.rsplit(".", 1)[0] + "." + outer)
        for name in candidates:
            for key in ((name, simple), (name.rsplit(".", 1)[0], simple)):
                if key in self.records:
                    return key
        return None

    def shape(self, owner, kind, depth=0):
        """A dict of component to (shape, nullable), a list of one shape, or ANY."""
        kind = kind.strip()
        if depth > 6:
            return ANY
        generic = re.match(r"([\w.]+)<(.*)>$", kind, re.S)
        if generic:
            name, arguments = generic.group(1).split(".")[-1], split_top(generic.group(2))
            if name in ("List", "Set", "Collection", "Optional"):
                return [self.shape(owner, arguments[0], depth + 1)]
            constants = self.constants(owner, arguments[0]) if name == "Map" else None
            if constants:
                return {c: (self.shape(owner, arguments[1], depth + 1), True) for c in constants}
            return ANY
        found = self.find(owner, kind)
        if found is None:
            return None if re.match(r"^(String|int|long|double|boolean|Instant|Duration|LocalDate|Integer|Long|Double|Boolean)$",
                                    kind) else ANY
        return {name: (self.shape(found[0], part, depth + 1), nullable)
                for name, (part, nullable) in self.records[found].items()}

    def constants(self, owner, kind):
        """The names of an enum's constants, or None."""
        for name in (owner, owner.rsplit(".", 1)[0] + "." + kind):
            match = re.search(r"\benum\s+" + re.escape(kind.split(".")[-1]) + r"\b[^{]*\{([^;}]*)", self.sources.get(name, ""))
            if match:
                return [c.strip().split("(")[0] for c in split_top(re.sub(r"/\*.*?\*/", "", match.group(1), flags=re.S))]
        return None

    def handler(self, name):
        """(request shape, answer shape) of a handler's class, or None."""
        text = re.sub(r"/\*.*?\*/|//[^\n]*", "", self.sources.get(name, ""), flags=re.S)
        at = text.find("RequestHandler<")
        if at < 0:
            return None
        arguments = split_top(self._angle(text, at + len("RequestHandler")))
        if len(arguments) != 2:
            return None
        return tuple(self.shape(name, a) for a in arguments)

    @staticmethod
    def _angle(text, at):
        return balanced(text, at, "<", ">")
