from gongbao.organisations.tables.catalogue import kinds, places, roles


def test_every_kind_stands_below_a_known_kind() -> None:
    assert {below for kind in kinds().values() for below in kind.below} <= {*kinds(), ""}


def test_every_role_fits_known_kinds_and_every_office_has_a_role() -> None:
    named = [kind for role in roles().values() for kind in role.kinds]
    assert set(named) <= set(kinds())
    assert set(kinds()) - set(named) == {"city", "district", "zone"}


def test_kinds_roles_and_places_are_named_in_both_languages() -> None:
    texts = [k.name for k in kinds().values()] + [t for r in roles().values() for t in (r.name, r.does)]
    assert all(t.zh and t.en.isascii() for t in texts)
    assert all(p["name"] and p["name_en"] for p in places())


def test_codes_of_places_are_distinct() -> None:
    codes = [p["code"] for p in places()]
    assert len(set(codes)) == len(codes) == 18
