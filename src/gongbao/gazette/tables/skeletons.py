"""The skeletons that come with the package."""

from functools import cache, lru_cache
from importlib.resources import files

from gongbao.gazette.rules.skeleton import Place, Skeleton, read_skeleton
from gongbao.kernel.citation import Citation


@cache
def packaged_skeletons() -> dict[str, Skeleton]:
    """Document number -> skeleton, of every document that comes with the package."""
    folder = files("gongbao.gazette.skeleton")
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir() if path.name.endswith(".toml")}
    skeletons = [read_skeleton(name, text) for name, text in sorted(texts.items())]
    return {skeleton.number: skeleton for skeleton in skeletons}


@lru_cache(maxsize=4_000)
def find_place(citation: Citation) -> Place | None:
    """The place that a citation names in a packaged skeleton; None where none has it."""
    skeleton = packaged_skeletons().get(citation.document)
    return skeleton.find(citation) if skeleton else None
