"""The programmes that applications run under: those in force today for new ones, the kept text for those sent."""

from functools import lru_cache
from hashlib import sha256

from django.utils import timezone

from gongbao.support.models import Application
from gongbao.support.rules.programme import Catalogue, Measure, Programme
from gongbao.support.selectors.programmes import catalogue_on
from gongbao.support.tables import programme_files
from gongbao.support.tables.catalogue import catalogue


def catalogue_now() -> Catalogue:
    """Every programme as it holds today in Beijing."""
    return catalogue_on(timezone.localdate())


def digest_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


@lru_cache(maxsize=8)
def _kept(text: str) -> Programme:
    return programme_files.programme_of(text, "programme", catalogue())


def programme_of(application: Application) -> Programme:
    """The programme as it was when the application was sent; of a draft, as it is today."""
    if application.edition:
        return _kept(application.edition.text)
    return next(one for one in catalogue_now().programmes if one.id == application.programme)


def is_offered(application: Application) -> bool:
    """Whether its measure still stands: what was sent keeps its text, a draft goes by the programmes of today."""
    return application.edition_id is not None or application.measure in catalogue_now().by_code


def measure_of(application: Application) -> Measure:
    return next(one for one in programme_of(application).measures if one.code == application.measure)


def catalogue_of(application: Application) -> Catalogue:
    """The catalogue with the application's own edition in its place."""
    return catalogue_now().with_programme(programme_of(application))
