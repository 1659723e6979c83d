"""Tables are read as they were meant: what parts the cells, decimals, what is missing, the names, and the encoding."""

import time
from pathlib import Path

import numpy as np
import pytest

from landscape.errors import InputError
from landscape.network.data.csv_table import Choice, data_of, usual_choice
from landscape.network.data.samples import samples
from landscape.tables.table import Reading, Table, numbers, read_table, taken, usual_kind


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def table(folder: Path, content: str | bytes, **how) -> Table:
    return read_table(written(folder, content), Reading(**how))


def columns(read: Table) -> dict[str, list]:
    return {
        column.name: column.numbers.tolist() if column.numbers is not None else list(column.cells)
        for column in read.columns
    }


# What was misread once


def test_semicolons_part_cells_and_commas_decimals(tmp_path: Path) -> None:
    read = table(tmp_path, "t;y\n0;28,7\n1;28,9\n2;29,1\n3;29,0\n")
    assert columns(read) == {"t": [0, 1, 2, 3], "y": [28.7, 28.9, 29.1, 29.0]}
    assert usual_choice(read) == Choice(inputs=(0,), target=1, kind="values")


def test_a_separator_at_the_end_of_each_line_makes_no_column(tmp_path: Path) -> None:
    read = table(tmp_path, "x,y,label,\n1,2,0,\n2,1,1,\n3,4,0,\n4,3,1,\n")
    assert columns(read) == {"x": [1, 2, 3, 4], "y": [2, 1, 4, 3], "label": [0, 1, 0, 1]}
    assert read.empty == 1
    assert usual_choice(read) == Choice(inputs=(0, 1), target=2, kind="classes")


MISSING = "x,z\n1,3.5\n2,\n3,5.2\n4,6.6\n5,7.1\n"


def test_a_missing_cell_is_refused_with_its_line_and_column(tmp_path: Path) -> None:
    read = table(tmp_path, MISSING)
    with pytest.raises(InputError, match=r'line 3: the cell of column "z" is empty; such rows \(1\) can be left out'):
        data_of(read, usual_choice(read))


def test_rows_with_a_missing_cell_are_left_out_by_choice(tmp_path: Path) -> None:
    read = table(tmp_path, MISSING)
    data = data_of(read, Choice(inputs=(0,), target=1, kind="values", leave_out=True))
    assert data.columns == (("x", (1.0, 3.0, 4.0, 5.0)), ("z", (3.5, 5.2, 6.6, 7.1)))


def test_without_names_semicolons_part_numbers_with_decimal_commas(tmp_path: Path) -> None:
    assert columns(table(tmp_path, "0,5;28,7\n1,0;28,9")) == {"x1": [0.5, 1.0], "x2": [28.7, 28.9]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb18030"])
@pytest.mark.parametrize(
    "text", ["身高,体重\n170,65.5\n180,75\n", "时间,温度\n0,28.7\n1,28.9\n", "名,类\n1,红\n2,蓝\n"]
)
def test_chinese_is_read_in_whatever_it_was_written(tmp_path: Path, encoding: str, text: str) -> None:
    read = table(tmp_path, text.encode(encoding))
    assert [column.name for column in read.columns] == text.split("\n")[0].split(",")
    assert read.columns[0].numbers is not None


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "cp1252"])
@pytest.mark.parametrize("names", ["Größe;Maß", "température;élève", "Höhe;Länge", "ñandú;año"])
def test_letters_of_the_west_are_read_in_whatever_they_were_written(tmp_path: Path, encoding: str, names: str) -> None:
    read = table(tmp_path, f"{names}\n1,5;2\n2,5;3\n".encode(encoding))
    assert [column.name for column in read.columns] == names.split(";")
    assert read.columns[0].numbers is not None
    assert read.columns[0].numbers.tolist() == [1.5, 2.5]


def test_blanks_part_cells_however_many_they_are(tmp_path: Path) -> None:
    assert columns(table(tmp_path, "t  y\n0  28.7\n1   -3e2\n 2 0.5 \n")) == {"t": [0, 1, 2], "y": [28.7, -300.0, 0.5]}
    assert columns(table(tmp_path, "0,5 28,7\n1,0 28,9\n")) == {"x1": [0.5, 1.0], "x2": [28.7, 28.9]}


# Told apart over the whole table


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("first name,age\nA B,3\nC D,5\n", {"first name": ["A B", "C D"], "age": [3, 5]}),
        ("a\tb, c\n1\t2,5\n3\t4,5\n", {"a": [1, 3], "b, c": [2.5, 4.5]}),
        ('t,y\n0,"28,7"\n1,"28,9"\n', {"t": [0, 1], "y": [28.7, 28.9]}),
        ('t,y\n0,"1,234.5"\n1,"12,345"\n', {"t": [0, 1], "y": [1234.5, 12345.0]}),
        ("a;b\n1.234,5;2\n7,25;3\n", {"a": [1234.5, 7.25], "b": [2, 3]}),
        ("a;b\n1.234,5;2\n2.345,25;3\n", {"a": [1234.5, 2345.25], "b": [2, 3]}),
        ("a;b\n1\u00a0234,5;2\n2\u202f345\u202f678,25;3\n", {"a": [1234.5, 2345678.25], "b": [2, 3]}),
        ("a;b\n1 234;2\n\u22122 345;3\n", {"a": [1234, -2345], "b": [2, 3]}),
        ("a,b\n1'234.5,2\n-2\u2019345,3\n", {"a": [1234.5, -2345], "b": [2, 3]}),
        ("x,y\n\u22121.5,2\n+3,\u22124e\u22122\n", {"x": [-1.5, 3], "y": [2, -0.04]}),
        ("a;b\n12 34;2\n1 2345;3\n", {"a": ["12 34", "1 2345"], "b": [2, 3]}),
        ("# measured, in May\n\n# by hand\nx,y\n1,2\n3,4\n", {"x": [1, 3], "y": [2, 4]}),
        ("# x y\n1.0 2.0\n3.0 4.0\n", {"x": [1, 3], "y": [2, 4]}),
        ("# x y\nu v\n1.0 2.0\n", {"u": [1], "v": [2]}),
        ("#;b\n1;2\n3;4\n", {"x1": [1, 3], "b": [2, 4]}),
        ("sep=;\na;b\n1;2\n", {"a": [1], "b": [2]}),
        ("1, 2\n3, 4\n", {"x1": [1, 3], "x2": [2, 4]}),
        ("a,b\r\n1,2\r3,4\r\n", {"a": [1, 3], "b": [2, 4]}),
        ('a,b\n1,"x\ny"\n2,z\n', {"a": [1, 2], "b": ["x\ny", "z"]}),
        ("a,b,c\n1,2\n3,4,5\n6,7,8\n", {"a": [1, 3, 6], "b": [2, 4, 7], "c": [np.nan, 5, 8]}),
        ("2019,2020\nx,y\n1,2\n", {"x1": ["2019", "x", "1"], "x2": ["2020", "y", "2"]}),
        ("note; with, commas\n1;2\n3;4\n", {"note": [1, 3], "with, commas": [2, 4]}),
    ],
)
def test_a_table_is_read_as_a_person_means_it(tmp_path: Path, text: str, expected: dict[str, list]) -> None:
    found = columns(table(tmp_path, text))
    assert list(found) == list(expected)
    for name, cells in expected.items():
        np.testing.assert_array_equal(found[name], cells)


def test_a_first_line_with_years_names_columns_when_one_says_so(tmp_path: Path) -> None:
    assert columns(table(tmp_path, "2019,2020\n1,2\n3,4\n", header=True)) == {"2019": [1, 3], "2020": [2, 4]}
    assert columns(table(tmp_path, "2019,2020\n1,2\n")) == {"x1": [2019, 1], "x2": [2020, 2]}


def test_what_is_known_better_is_not_told_from_the_file(tmp_path: Path) -> None:
    content = "名,类\n1,2\n3,4\n".encode("gbk")
    assert list(columns(table(tmp_path, content, encoding="gb18030", separator=","))) == ["名", "类"]
    with pytest.raises(InputError, match="is not text in UTF-8"):
        table(tmp_path, content, encoding="utf-8")


def test_missing_cells_are_written_in_many_ways(tmp_path: Path) -> None:
    read = table(tmp_path, "a,b\n1,NA\n2,nan\n3,N/A\n4,null\n5,6\n7,8\n")
    assert read.columns[1].missing.tolist() == [True] * 4 + [False] * 2
    assert numbers(read, 1, taken(read, (0, 1), leave_out=True)).tolist() == [6, 8]


def test_the_kind_of_a_target_can_be_chosen(tmp_path: Path) -> None:
    read = table(tmp_path, "a,b\n1,3\n2,3\n3,5\n4,5\n")
    assert usual_kind(read, 1, 10) == "classes"
    assert data_of(read, Choice(inputs=(0,), target=1, kind="classes")).labels == ("3", "5")
    values = data_of(read, Choice(inputs=(0,), target=1, kind="values"))
    assert (values.name, values.columns[1][1]) == ("measurements", (3.0, 3.0, 5.0, 5.0))
    turned = data_of(read, Choice(inputs=(1,), target=0, kind="values"))
    assert [name for name, _ in turned.columns] == ["b", "a"]


# What is too much


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a,b\n1,2\0\n3,4\n" * 3, "NUL bytes"),
        (b"\0" * 1000, "NUL bytes"),
        (",".join(map(str, range(10_000))).encode(), "needs columns"),
        (b'1,"' + b"x" * 200_000 + b'"\n1,2\n', "line 1: a cell has more than 1000 characters"),
        (b"", "needs columns"),
        (b"\xff\xfe\x00", "is not text"),
        (b"PK\x03\x04\x14\x00\x06\x00" * 40, "is a spreadsheet: save it as CSV"),
    ],
)
def test_what_is_no_table_is_told_in_one_sentence(tmp_path: Path, content: bytes, told: str) -> None:
    with pytest.raises(InputError, match=told):
        table(tmp_path, content)


def test_a_hundred_thousand_rows_are_read_and_told_while_they_are(tmp_path: Path) -> None:
    lines = "\n".join(f"{k};{k % 7},{k % 10};{'ab'[k % 2]}" for k in range(100_000))
    told: list[float] = []
    begin = time.process_time()
    read = read_table(written(tmp_path, f"t;y;kind\n{lines}\n"), progress=told.append)
    data = data_of(read, usual_choice(read))
    assert time.process_time() - begin < 10.0
    assert read.rows == 100_000
    assert data.columns[1][1][99_999] == pytest.approx(99_999 % 7 + 0.9)
    assert len(told) > 10
    assert told == sorted(told)
    assert len(samples(data).inputs) == 75_000


def test_reading_ends_when_it_is_told_how_far_it_is(tmp_path: Path) -> None:
    def stop(part: float) -> None:
        if part > 0.1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_table(written(tmp_path, "1,2\n" * 100_000), progress=stop)
