"""What programs with a token may be let do. A domain names its scopes in the `ready` of its AppConfig."""

from gongbao.kernel.text import Text

_scopes: dict[str, Text] = {}
_personal: dict[str, Text] = {}


def name_scope(code: str, text: Text, *, personal: bool = False) -> None:
    """code: "domain.thing.read" or "….write"; a code means one thing. personal: for programs that act as a person."""
    kept = _personal if personal else _scopes
    if kept.get(code, text) != text:
        raise ValueError(f"scope {code} has a meaning already: {kept[code]}")
    kept[code] = text


def scopes() -> dict[str, Text]:
    """What connected systems may be let do."""
    return dict(_scopes)


def personal_scopes() -> dict[str, Text]:
    """What people may let a program do as themselves."""
    return dict(_personal)
