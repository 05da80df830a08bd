"""
What each handler may call, from the compiled classes: a graph of methods, each call on one of our interfaces leading to
every class that implements it. So it may name a call that never happens, and misses none but those by reflection.
"""

import struct
from collections import defaultdict
from functools import lru_cache

SDK = "software/amazon/awssdk/services/"
# Lengths of the JVM's instructions, operands included; the two switches are worked out.
_ONE = set(range(0x00, 0x10)) | set(range(0x1A, 0x36)) | set(range(0x3B, 0x84)) | set(range(0x85, 0x99)) | set(
    range(0xAC, 0xB2)) | {0xBE, 0xBF, 0xC2, 0xC3}
_TWO = {0x10, 0x12, 0xBC, 0xA9} | set(range(0x15, 0x1A)) | set(range(0x36, 0x3B))
_FOUR = {0xC5}
_FIVE = {0xB9, 0xBA, 0xC8, 0xC9}


class ClassFile:
    """One class: its parents, and for each method what it calls and makes."""

    def __init__(self, data):
        self._data = data
        self._at = 8
        self._pool()
        self.access, this, parent = self._take(">HHH")
        self.name = self._class(this)
        self.parent = self._class(parent) if parent else None
        self.interfaces = [self._class(self._take(">H")[0]) for _ in range(self._take(">H")[0])]
        for _ in range(self._take(">H")[0]):
            self._member()
        codes = {}
        self.methods = {}
        self.public = set()
        for _ in range(self._take(">H")[0]):
            access, name, descriptor, attributes = self._member()
            key = (name, descriptor)
            if access & 1:
                self.public.add(key)
            codes[key] = next((a for n, a in attributes if n == "Code"), None)
        self._bootstraps = []
        for _ in range(self._take(">H")[0]):
            name, body = self._attribute()
            if name == "BootstrapMethods":
                self._read_bootstraps(body)
        for key, code in codes.items():
            self.methods[key] = self._code(code) if code else ([], [], set())

    def _take(self, form):
        values = struct.unpack_from(form, self._data, self._at)
        self._at += struct.calcsize(form)
        return values

    def _pool(self):
        count, = self._take(">H")
        self.pool = [None] * count
        index = 1
        while index < count:
            tag, = self._take(">B")
            if tag == 1:
                length, = self._take(">H")
                self.pool[index] = self._data[self._at:self._at + length].decode("utf-8", "replace")
                self._at += length
            elif tag in (3, 4):
                self._take(">I")
            elif tag in (5, 6):
                self._take(">Q")
                index += 1
            elif tag in (7, 8, 16, 19, 20):
                self.pool[index] = (tag, *self._take(">H"))
            elif tag == 15:
                self.pool[index] = (tag, *self._take(">BH"))
            else:
                self.pool[index] = (tag, *self._take(">HH"))
            index += 1

    def _class(self, index):
        return self.pool[self.pool[index][1]]

    def _reference(self, index):
        _, owner, pair = self.pool[index]
        _, name, descriptor = self.pool[pair]
        return self._class(owner), self.pool[name], self.pool[descriptor]

    def _attribute(self):
        name, length = self._take(">HI")
        body = self._data[self._at:self._at + length]
        self._at += length
        return self.pool[name], body

    def _member(self):
        access, name, descriptor, count = self._take(">HHHH")
        return access, self.pool[name], self.pool[descriptor], [self._attribute() for _ in range(count)]

    def _read_bootstraps(self, body):
        at = 2
        for _ in range(struct.unpack_from(">H", body)[0]):
            _, count = struct.unpack_from(">HH", body, at)
            self._bootstraps.append(struct.unpack_from(f">{count}H", body, at + 4))
            at += 4 + 2 * count

    def _code(self, attribute):
        length, = struct.unpack_from(">I", attribute, 4)
        code = attribute[8:8 + length]
        calls, made, texts, at = [], [], set(), 0
        while at < length:
            op = code[at]
            if op in (0x12, 0x13):
                entry = self.pool[code[at + 1] if op == 0x12 else struct.unpack_from(">H", code, at + 1)[0]]
                if isinstance(entry, tuple) and entry[0] == 8:
                    texts.add(self.pool[entry[1]])
            if op in (0xB6, 0xB7, 0xB8, 0xB9):
                calls.append(self._reference(struct.unpack_from(">H", code, at + 1)[0]))
            elif op == 0xBA:
                bootstrap = self.pool[struct.unpack_from(">H", code, at + 1)[0]][1]
                for argument in self._bootstraps[bootstrap]:
                    entry = self.pool[argument]
                    if isinstance(entry, tuple) and entry[0] == 8:
                        texts.add(self.pool[entry[1]])
                    if isinstance(entry, tuple) and entry[0] == 15:
                        reference = self._reference(entry[2])
                        calls.append(reference)
                        if reference[1] == "<init>":
                            made.append(reference[0])
            elif op == 0xBB:
                made.append(self._class(struct.unpack_from(">H", code, at + 1)[0]))
            at += self._length(code, at, op)
        return calls, made, texts

    @staticmethod
    def _length(code, at, op):
        if op in _ONE:
            return 1
        if op in _TWO:
            return 2
        if op in _FOUR:
            return 4
        if op in _FIVE:
            return 5
        if op == 0xC4:
            return 6 if code[at + 1] == 0x84 else 4
        if op in (0xAA, 0xAB):
            base = at + 1 + (-(at + 1) % 4)
            if op == 0xAA:
                low, high = struct.unpack_from(">ii", code, base + 4)
                return base + 12 + 4 * (high - low + 1) - at
            pairs, = struct.unpack_from(">i", code, base + 4)
            return base + 8 + 8 * pairs - at
        return 3


class Classes:
    """All classes of the functions."""

    _read = {}

    def __new__(cls, folder):
        # Once in a process: the self-test asks for them hundreds of times.
        if folder not in cls._read:
            cls._read[folder] = super().__new__(cls)
        return cls._read[folder]

    def __init__(self, folder):
        if hasattr(self, "folder"):
            return
        self.folder = folder
        self.all = {}
        for path in sorted(folder.rglob("*.class")):
            if path.name not in ("module-info.class", "package-info.class"):
                one = ClassFile(path.read_bytes())
                self.all[one.name] = one
        self._children = defaultdict(set)
        for one in self.all.values():
            for above in [one.parent, *one.interfaces]:
                self._children[above].add(one.name)

    def below(self, name):
        found, todo = set(), [name]
        while todo:
            one = todo.pop()
            if one not in found:
                found.add(one)
                todo += self._children[one]
        return found

    def extends(self, name, ancestor):
        """Whether a class has this ancestor among ours and the JDK's."""
        while name in self.all:
            if name == ancestor:
                return True
            name = self.all[name].parent
        return name == ancestor

    @lru_cache(None)
    def reach(self, handler):
        """What a handler, or a job's main and run, lead to: SDK calls as (package, method), classes made, texts."""
        seen, made, sdk, texts = set(), set(), set(), set()
        todo = [(handler, n, d) for n, d in self.all[handler].methods if n in ("<init>", "handleRequest", "main", "run", "<clinit>")]
        while todo:
            method = todo.pop()
            if method in seen:
                continue
            seen.add(method)
            owner, name, descriptor = method
            if owner.startswith(SDK):
                package = owner[len(SDK):].split("/")[0]
                if owner.endswith("Client") and "/model/" not in owner:
                    sdk.add((package, name))
                continue
            if owner not in self.all:
                continue
            for target in self.below(owner) | self._above(owner):
                found = self.all[target].methods.get((name, descriptor)) if target in self.all else None
                if found is None:
                    continue
                calls, new, said = found
                texts |= said
                for one in set(new) - made:
                    made.add(one)
                    todo += self._called_from_outside(one)
                todo += calls
        return sdk, made, texts

    def _called_from_outside(self, name):
        """Methods of a class of ours that the JDK or the SDK may call, since it implements a type of theirs."""
        one = self.all.get(name)
        if one is None:
            return []
        found = [(name, "<clinit>", "()V")]
        foreign = [t for t in [one.parent, *one.interfaces] if t not in self.all and t not in (
            "java/lang/Object", "java/lang/Record", "java/lang/Enum", "java/lang/RuntimeException", "java/lang/Exception")]
        return found + ([(name, n, d) for n, d in one.public if n != "<init>"] if foreign else [])

    def _above(self, name):
        found = set()
        while name in self.all and self.all[name].parent in self.all:
            name = self.all[name].parent
            found.add(name)
        return found
