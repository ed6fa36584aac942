"""The simplified score in OpenFisca-core: projects are its persons, enterprises its groups; no group is empty."""

import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from openfisca_core.entities import build_entity
from openfisca_core.periods import MONTH, YEAR
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.taxscales import SingleAmountTaxScale
from openfisca_core.variables import Variable

from benchmarks.rating_gongbao import summary
from benchmarks.rating_numpy import ASSOCIATION, PARTY, grade

Project = build_entity(key="project", plural="projects", label="project", is_person=True)
Enterprise = build_entity(
    key="enterprise",
    plural="enterprises",
    label="enterprise",
    roles=[{"key": "managed", "plural": "managed_projects", "label": "managed"}],
)
YEAR_OF_CYCLE, MONTHS_OF_CYCLE = "2026", [f"2026-{month:02d}" for month in range(1, 7)]
SCALE = SingleAmountTaxScale()
for _threshold, _amount in ((0, 5), (10, 8), (50, 12), (100, 15), (500, 18), (1000, 20)):
    SCALE.add_bracket(_threshold, _amount)


def _input(name: str, of: Any, period: Any, kind: type = float) -> type[Variable]:
    body = {"value_type": kind, "entity": of, "definition_period": period, "label": name}
    return type(name, (Variable,), body)


class month_points(Variable):  # noqa: N801 - OpenFisca names variables so
    value_type = float
    entity = Project
    definition_period = MONTH
    label = "points of a month"

    def formula(project, period):  # noqa: N805
        rank = project("complaint_rank", period)
        lost = np.select([rank == 0, rank <= 10, rank <= 50, rank <= 100], [0, 5, 3, 1], 0)
        return (project("complaint_count", period) == 0) * 2 - lost


class enterprise_score(Variable):  # noqa: N801
    value_type = float
    entity = Enterprise
    definition_period = YEAR
    label = "simplified score"

    def formula(enterprise, period):  # noqa: N805
        months = sum(enterprise.members("month_points", month) for month in MONTHS_OF_CYCLE)
        area = enterprise.members("area", period) * np.where(enterprise.members("collected", period), 0.5, 1.0)
        points = enterprise("credit", period) * 0.5 + SCALE.calc(enterprise.sum(area), right=True)
        points = points + PARTY[enterprise("party", period)] + ASSOCIATION[enterprise("association", period)]
        return points + enterprise.sum(months) / enterprise.nb_persons()


def system() -> TaxBenefitSystem:
    built = TaxBenefitSystem([Project, Enterprise])
    for name, of, period, kind in (
        ("complaint_rank", Project, MONTH, int),
        ("complaint_count", Project, MONTH, int),
        ("area", Project, YEAR, float),
        ("collected", Project, YEAR, bool),
        ("credit", Enterprise, YEAR, float),
        ("party", Enterprise, YEAR, int),
        ("association", Enterprise, YEAR, int),
    ):
        built.add_variable(_input(name, of, period, kind))
    built.add_variable(month_points)
    built.add_variable(enterprise_score)
    return built


def simplified(folder: Path) -> dict[str, Any]:
    data = dict(np.load(folder / "plain.npz"))
    size, firms = len(data["owner"]), len(data["credit"])
    rules = system()
    begin = time.perf_counter()
    builder = SimulationBuilder()
    builder.create_entities(rules)
    builder.declare_person_entity("project", np.arange(size))
    enterprises = builder.declare_entity("enterprise", np.arange(firms))
    builder.join_with_persons(enterprises, data["owner"], np.repeat("managed", size))
    simulation = builder.build(rules)
    for at, month in enumerate(MONTHS_OF_CYCLE):
        simulation.set_input("complaint_count", month, data["count"][at])
        simulation.set_input("complaint_rank", month, data["rank"][at])
    simulation.set_input("area", YEAR_OF_CYCLE, data["area"] / 1e6)
    simulation.set_input("collected", YEAR_OF_CYCLE, data["collected"])
    simulation.set_input("credit", YEAR_OF_CYCLE, data["credit"] / 1e4)
    simulation.set_input("party", YEAR_OF_CYCLE, data["party"])
    simulation.set_input("association", YEAR_OF_CYCLE, data["association"])
    scores = np.round(simulation.calculate("enterprise_score", YEAR_OF_CYCLE), 4)
    grades = grade(scores)
    seconds = time.perf_counter() - begin
    return {"seconds": seconds} | summary(pl.Series(scores), pl.Series("grade", grades))
