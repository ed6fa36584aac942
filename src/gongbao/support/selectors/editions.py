"""The programmes that applications run under: the catalogue of today for new ones, the kept text for those sent."""

from functools import lru_cache
from hashlib import sha256
from importlib import resources

from gongbao.support.models import Application
from gongbao.support.rules.programme import Catalogue, Measure, Programme, load_programme
from gongbao.support.tables.catalogue import ORDER, catalogue


def text_of(programme: str) -> str:
    """The file of a programme of the catalogue. Raises KeyError for one that is not there."""
    folder = resources.files("gongbao.support").joinpath("programmes")
    for name, one in zip(ORDER, catalogue().programmes, strict=True):
        if one.id == programme:
            return folder.joinpath(f"{name}.toml").read_text(encoding="utf-8")
    raise KeyError(programme)


def digest_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


@lru_cache(maxsize=8)
def _kept(text: str) -> Programme:
    return load_programme(text, catalogue().vocabulary)


def programme_of(application: Application) -> Programme:
    """The programme as it was when the application was sent; of a draft, as it is now."""
    if application.edition:
        return _kept(application.edition.text)
    return next(one for one in catalogue().programmes if one.id == application.programme)


def measure_of(application: Application) -> Measure:
    return next(one for one in programme_of(application).measures if one.code == application.measure)


def catalogue_of(application: Application) -> Catalogue:
    """The catalogue with the application's own edition in its place."""
    return catalogue().with_programme(programme_of(application))
