"""What connected systems may be let do. A domain names its scopes in the `ready` of its AppConfig."""

from gongbao.kernel.text import Text

_scopes: dict[str, Text] = {}


def name_scope(code: str, text: Text) -> None:
    """code: "domain.thing.read" or "….write"; a code means one thing."""
    if _scopes.get(code, text) != text:
        raise ValueError(f"scope {code} has a meaning already: {_scopes[code]}")
    _scopes[code] = text


def scopes() -> dict[str, Text]:
    return dict(_scopes)
