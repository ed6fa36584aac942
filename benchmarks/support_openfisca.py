"""The five measures in OpenFisca-core: a situation is a person; numbers are floats of 32 bits."""

import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from openfisca_core.entities import build_entity
from openfisca_core.periods import YEAR
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.support_data import ON, five, number
from benchmarks.support_gongbao import summary
from gongbao.support.rules.amounts import Share, Steps
from gongbao.support.rules.conditions import AtLeast, Condition, Has, Is, Lacks, Within
from gongbao.support.rules.programme import Measure

Project = build_entity(key="project", plural="projects", label="project", is_person=True)
PERIOD = "2026"
KINDS: dict[Any, type] = {pl.Boolean: bool, pl.Date: int, pl.Enum: int, pl.Int64: float}


def _name(column: str) -> str:
    return column.replace(".", "_").replace("|", "_")


def _input(name: str, kind: type) -> type[Variable]:
    return type(name, (Variable,), {"value_type": kind, "entity": Project, "definition_period": YEAR, "label": name})


def _met(condition: Condition, get: Any) -> np.ndarray:
    fact = condition.fact
    match condition:
        case Is():
            return get(fact.name) == condition.wanted
        case AtLeast():
            return get(fact.name) >= condition.limit
        case Within():
            day = get(fact.name)
            return (day >= number(condition.first)) & (day <= number(min(condition.last, ON)))
        case Has():
            held = np.logical_or.reduce([get(fact.column(code)) for code in condition.codes])
            return ~held if isinstance(condition, Lacks) else held
        case _:
            codes, options = condition.value, list(fact.options)
            return np.isin(get(fact.name), [options.index(code) for code in codes if isinstance(codes, list)])


def _amount(measure: Measure, base: np.ndarray) -> np.ndarray:
    match measure.amount:
        case Steps(steps=steps):
            limits = sorted(steps, reverse=True)
            return np.select([base >= at for at, _ in limits], [fen for _, fen in limits], 0)
        case Share(rate=rate, cap=cap):
            value = base * (rate / 10_000)
            return value if cap is None else np.minimum(value, cap)
    raise ValueError(measure.code)


def _measure(measure: Measure) -> type[Variable]:
    def formula(project: Any, period: Any) -> np.ndarray:
        def get(column: str) -> np.ndarray:
            return project(_name(column), period)

        met = np.logical_and.reduce([_met(condition, get) for condition in measure.conditions])
        return np.where(met, _amount(measure, get(measure.base.name if measure.base else "")), 0)

    body = {
        "value_type": float,
        "entity": Project,
        "definition_period": YEAR,
        "label": measure.code,
        "formula": formula,
    }
    return type(_name(measure.code.replace("-", "_")), (Variable,), body)


def measures(folder: Path) -> dict[str, Any]:
    frame = pl.read_parquet(folder / "plain.parquet")
    inputs: dict[str, np.ndarray] = {}
    system = TaxBenefitSystem([Project])
    for column in frame:
        system.add_variable(_input(_name(column.name), KINDS[column.dtype.base_type()]))
        if column.dtype == pl.Enum:
            column = column.to_physical()
        elif column.dtype == pl.Date:
            column = column.dt.strftime("%Y%m%d").cast(pl.Int64)
        inputs[_name(column.name)] = column.to_numpy()
    for measure in five():
        system.add_variable(_measure(measure))
    begin = time.perf_counter()
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("project", np.arange(len(frame)))
    simulation = builder.build(system)
    for name, values in inputs.items():
        simulation.set_input(name, PERIOD, values)
    found = {m.code: simulation.calculate(m.code.replace("-", "_"), PERIOD) for m in five()}
    return {"seconds": time.perf_counter() - begin, "found": summary(found)}
