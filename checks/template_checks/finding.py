"""What a check says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: where, what, and what to do about it."""

    check: str
    rule: str
    file: str
    where: str
    what: str
    todo: str
    line: int = 0

    def __str__(self):
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{self.check} {self.rule}: {place} {self.where}: {self.what}. {self.todo}."
