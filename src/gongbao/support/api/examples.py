"""Examples for the description of the interface. Their fields are those of docs/reference/support-files.md."""

from typing import Any

from drf_spectacular.utils import OpenApiExample

PROFILE = OpenApiExample(
    "a debut centre",
    value={
        "entity": {"kind": "enterprise", "in_beijing": True, "lawful_operation": True},
        "projects": [
            {
                "id": "p1",
                "name": "首发空间",
                "facts": {"directions": ["debut_centre"], "launch_area_m2": "520.00", "debut_events": 6},
            }
        ],
    },
    request_only=True,
)
APPLICATION = OpenApiExample(
    "one contract, paid in full",
    value={
        "direction": "mixed_scene",
        "applied_on": "2026-08-01",
        "entity": {"name": "演示公司"},
        "project": {},
        "contracts": [
            {"no": "C1", "category": "fit_out", "party": "演示装修", "amount": "2000000.00", "signed_on": "2025-11-01"}
        ],
        "invoices": [
            {
                "no": "I1",
                "contract": "C1",
                "issuer": "演示装修",
                "buyer": "演示公司",
                "amount": "2000000.00",
                "issued_on": "2025-12-01",
            }
        ],
        "payments": [
            {
                "no": "P1",
                "contract": "C1",
                "invoice": "I1",
                "payer": "演示公司",
                "payee": "演示装修",
                "amount": "2000000.00",
                "paid_on": "2025-12-05",
            }
        ],
    },
    request_only=True,
)
OBJECT: dict[str, Any] = {"type": "object", "additionalProperties": True}
