"""What has to be handed in: once for both matters, or for one; for the project, or for each place."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from gongbao.kernel.text import Text

For = Literal["common", "acceptance", "filing", "inspection"]
Per = Literal["project", "place"]


@dataclass(frozen=True)
class Material:
    """serves: the matters it is for; needed: the application is incomplete without it; printed: the document names
    it (False: the authority's own list); agent: only where an agent acts."""

    code: str
    name: Text
    serves: tuple[For, ...]
    per: Per
    cite: str
    needed: bool = True
    printed: bool = True
    agent: bool = False


@dataclass(frozen=True)
class Wanted:
    """A material that an application takes. place: the number of the place, from 1; 0 for the project."""

    material: Material
    place: int


def wanted(
    materials: Collection[Material], serves: Collection[str], places: int, *, agent: bool = False
) -> tuple[Wanted, ...]:
    """Everything that goes with an application for these matters and so many places: what is common first."""
    fitting = [one for one in materials if {"common", *serves} & set(one.serves) and (agent or not one.agent)]
    fitting.sort(key=lambda one: "common" not in one.serves)
    return tuple(_each(fitting, places))


def _each(fitting: Collection[Material], places: int) -> Iterator[Wanted]:
    for material in fitting:
        if material.per == "project":
            yield Wanted(material, 0)
        else:
            yield from (Wanted(material, number) for number in range(1, places + 1))
