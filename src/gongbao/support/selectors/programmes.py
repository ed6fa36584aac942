"""Programmes in force: those of the package, and over them what was approved here."""

from datetime import date

from gongbao.support.rules.programme import Catalogue
from gongbao.support.tables.catalogue import catalogue, packaged_texts


def catalogue_on(day: date) -> Catalogue:  # noqa: ARG001
    """Every programme as it holds on a day."""
    return catalogue()


def programme_text(key: str, day: date) -> str:  # noqa: ARG001
    """The text of the file that holds on a day. Raises KeyError."""
    return packaged_texts()[key]
