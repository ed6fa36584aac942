"""Bodies of requests as the commands read their files: floats told apart, a key only once, everything wrong at once."""

from typing import IO, Any

from rest_framework.exceptions import APIException
from rest_framework.parsers import BaseParser

from gongbao.support.tables.json_files import json_of

LARGEST = 2_000_000  # bytes


class TooLarge(APIException):
    status_code = 413
    default_detail = "请求不超过 2 MB;更多的请用批量测算。A request has at most 2 MB; use a batch for more."


class StrictJson(BaseParser):
    """application/json, as `gongbao support match` reads it."""

    media_type = "application/json"

    def parse(self, stream: IO[bytes], *_: object, **__: object) -> Any:
        content = stream.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise TooLarge
        return json_of(content, "request")
