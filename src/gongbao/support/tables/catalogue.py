"""The programmes that come with the package, in the order of the table."""

from functools import cache
from importlib import resources

from gongbao.support.rules.facts import Vocabulary, load_vocabulary
from gongbao.support.rules.programme import Catalogue, load_catalogue, read_toml

ORDER = ("consumption", "automotive", "future_energy", "synthetic_biology")
FOLDER = resources.files("gongbao.support").joinpath("programmes")


@cache
def catalogue() -> Catalogue:
    """All programmes, read once."""
    return load_catalogue(packaged_facts(), list(packaged_texts().values()))


@cache
def packaged_facts() -> Vocabulary:
    """Every fact that the programmes ask for."""
    return load_vocabulary(FOLDER.joinpath("facts.toml").read_text(encoding="utf-8"))


@cache
def packaged_texts() -> dict[str, str]:
    """id of a programme -> the text of its file, in the order of the table."""
    texts = [FOLDER.joinpath(f"{name}.toml").read_text(encoding="utf-8") for name in ORDER]
    return {str(read_toml(text, "programme")["id"]): text for text in texts}
