"""An issue as its contents are printed, and what of its text is none."""

from collections import Counter
from dataclasses import dataclass

from gongbao.gazette.models import Issue, Line, Reading
from gongbao.gazette.selectors.documents import Listed, documents_list


@dataclass(frozen=True)
class Section:
    """A head of the contents (部门文件) and what stands under it."""

    name: str
    documents: tuple[Listed, ...]


@dataclass(frozen=True)
class Contents:
    """sections: in printed order; reading: the text that was read last; noise: lines left out, by reason;
    unreadable: those that could not be read."""

    sections: tuple[Section, ...]
    reading: Reading
    noise: dict[str, int]
    unreadable: tuple[Line, ...]

    @property
    def count(self) -> int:
        return sum(self.noise.values())

    @property
    def others(self) -> int:
        return self.count - self.noise.get("furniture", 0) - self.noise.get("repeated", 0)


def issue_contents(issue: Issue) -> Contents:
    """The contents of an issue that is imported."""
    reading = Reading.objects.defer("text").get(issue=issue, is_current=True)
    sections: dict[str, list[Listed]] = {}
    for listed in documents_list(issue=issue):
        sections.setdefault(listed.revision.section, []).append(listed)
    lines = list(reading.lines.filter(is_noise=True))
    return Contents(
        tuple(Section(name, tuple(documents)) for name, documents in sections.items()),
        reading,
        dict(Counter(line.what for line in lines)),
        tuple(line for line in lines if line.what == "unreadable"),
    )
