"""What the package itself says about the gazette: digests of provisions and readings, read once."""

from functools import cache
from importlib.resources import files
from types import MappingProxyType

from gongbao.gazette.rules.digests import Digest, DocumentDigests, read_digests
from gongbao.gazette.rules.readings import Reading, read_readings

_ROOT = files("gongbao.gazette")


@cache
def packaged_documents() -> tuple[DocumentDigests, ...]:
    """The digests of every document that the package knows, in the order of its file names."""
    found = sorted((file for file in _ROOT.joinpath("digests").iterdir() if file.name.endswith(".toml")), key=str)
    return tuple(read_digests(file.read_text(encoding="utf-8"), f"digests/{file.name}") for file in found)


@cache
def packaged_digests() -> MappingProxyType[str, Digest]:
    """Every digest by its citation in official form: str(parse(…)) finds it from any spelling."""
    return MappingProxyType({cite: d for document in packaged_documents() for cite, d in document.digests.items()})


@cache
def packaged_readings() -> MappingProxyType[str, Reading]:
    """Every reading by its number (I-2)."""
    text = _ROOT.joinpath("readings.toml").read_text(encoding="utf-8")
    return MappingProxyType(read_readings(text, "readings.toml"))
