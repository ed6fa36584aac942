"""The page of the rating's files names every table and column as the contract does."""

from pathlib import Path

from gongbao.rating.tables.columns import contract

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "rating-files.md"


def test_the_page_has_every_table_and_column_with_its_chinese_head() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for table in contract():
        assert f"### {table.name} {table.zh}\n" in text
        for column in table.columns:
            must = "yes" if column.required else "no; the column may be left out" if column.absent else "no"
            assert f"| {column.name} | {column.zh} | {must} | {column.about.en} |" in text
