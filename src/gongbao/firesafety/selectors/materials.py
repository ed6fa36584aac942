"""What an application hands in: everything wanted, what came, what is missing."""

from dataclasses import dataclass

from gongbao.firesafety.models import FIRE, HOUSING, Application, Material, Place
from gongbao.firesafety.rules.materials import Material as Kind
from gongbao.firesafety.rules.materials import wanted
from gongbao.firesafety.tables.guides import packaged_guide
from gongbao.kernel.problem import Problem

COMMON = "common"


@dataclass(frozen=True)
class Slot:
    """A material of the project (place None) or of a place, with the files handed in for it."""

    kind: Kind
    place: Place | None
    files: tuple[Material, ...]

    @property
    def missing(self) -> bool:
        return self.kind.needed and not self.files

    @property
    def key(self) -> str:
        """For addresses and problems: the material, and the key of its place (0: the project)."""
        return f"{self.kind.code}-{self.place.pk if self.place else 0}"


def share_of(kind: Kind) -> str:
    """Who reads it: what is common both authorities, the rest the one whose matter it serves."""
    if COMMON in kind.serves:
        return COMMON
    return FIRE if "inspection" in kind.serves else HOUSING


def slots_of(application: Application) -> list[Slot]:
    """Everything that goes with the application, common materials first. Materials of a matter that is not applied for
    are left out."""
    places = list(application.places.all())
    files = list(application.materials.select_related("file"))
    serves = {
        Application.Scope.BOTH: (application.matter, "inspection"),
        Application.Scope.HOUSING: (application.matter,),
        Application.Scope.FIRE: ("inspection",),
    }[Application.Scope(application.scope)]
    found = []
    for one in wanted(packaged_guide().materials, serves, len(places), agent=bool(application.agent)):
        place = places[one.place - 1] if one.place else None
        given = tuple(f for f in files if f.code == one.material.code and f.place_id == (place.pk if place else None))
        found.append(Slot(one.material, place, given))
    return found


def material_problems(application: Application) -> list[Problem]:
    """A problem for each material that is needed and was not handed in."""
    return [
        Problem(
            "materials", None, slot.key, "",
            f"请上传:{slot.kind.name.zh}" + (f"({slot.place.name})" if slot.place else ""),
            f"hand in: {slot.kind.name.en}" + (f" ({slot.place.name})" if slot.place else ""),
        )
        for slot in slots_of(application)
        if slot.missing
    ]  # fmt: skip
