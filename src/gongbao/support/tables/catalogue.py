"""The programmes that come with the package, in the order of the table."""

from functools import cache
from importlib import resources

from gongbao.support.rules.facts import load_vocabulary
from gongbao.support.rules.programme import Catalogue, load_catalogue

ORDER = ("consumption", "automotive", "future_energy", "synthetic_biology")


@cache
def catalogue() -> Catalogue:
    """All programmes, read once."""
    folder = resources.files("gongbao.support").joinpath("programmes")
    facts = load_vocabulary(folder.joinpath("facts.toml").read_text(encoding="utf-8"))
    texts = [folder.joinpath(f"{name}.toml").read_text(encoding="utf-8") for name in ORDER]
    return load_catalogue(facts, texts)
