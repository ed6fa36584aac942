"""The tables of the house agree with what else the house knows."""

from pathlib import Path

from gongbao.cases.tables import packaged, read
from gongbao.organisations.tables.catalogue import roles

VOUCHED = {"objector", "co_offices"}  # nobody's role: the domain itself speaks for them


def test_every_party_acts_through_roles_that_exist() -> None:
    for path in packaged():
        process = read(path)
        for party in process.parties:
            assert set(party.roles) <= set(roles()), (path, party.code)
            assert party.roles or party.code in VOUCHED, (path, party.code)


def test_codes_and_editions_are_told_apart() -> None:
    editions = [(process.code, process.edition) for process in map(read, packaged())]
    assert len(editions) == len(set(editions)) >= 2


def test_a_table_belongs_to_the_domain_of_its_folder() -> None:
    assert {Path(path).parent.parent.name for path in packaged()} >= {"rating", "firesafety"}
