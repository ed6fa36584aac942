"""The OpenAPI document of the whole house."""

from pathlib import Path

from django.core.management import call_command


def test_the_schema_is_valid_and_no_shape_takes_the_name_of_another(tmp_path: Path) -> None:
    """Two domains that call different shapes by one name would hide each other's: the generator only warns of it."""
    written = tmp_path / "schema.yaml"
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(written))
    assert written.read_text(encoding="utf-8").startswith("openapi: 3.1")
