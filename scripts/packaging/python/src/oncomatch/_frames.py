# SPDX-License-Identifier: Apache-2.0
"""Tables as frames, with the types of a Table Schema."""
from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from typing import Any, Dict, List, Literal, Union

#: What tables are read into.
FrameKind = Literal["polars", "pandas", "rows"]
#: A table without polars and pandas: a dictionary a row, None where a cell is empty.
Rows = List[Dict[str, Union[str, int, float, None]]]
#: polars.DataFrame, pandas.DataFrame or Rows.
Frame = Any


def chosen(kind: FrameKind | None) -> FrameKind:
    """The kind that is asked for, else the first that is installed."""
    if kind in ("polars", "pandas", "rows"):
        return kind
    if kind is not None:
        raise ValueError(f"frame={kind!r} is not polars, pandas or rows")
    kinds: tuple[FrameKind, ...] = ("polars", "pandas")
    for name in kinds:
        if importlib.util.find_spec(name):
            return name
    raise ImportError("neither polars nor pandas is installed (pip install polars, or ask for frame='rows')")


def frame(text: str, fields: Sequence[Mapping[str, Any]], kind: FrameKind) -> Frame:
    """The frame of a table of the program: no quotes, empty cells are missing, types by the schema's fields."""
    header, *rows = [line.split("\t") for line in text.removesuffix("\n").split("\n")]
    known = {field["name"]: field for field in fields}
    columns = {
        name: [_value(row[place], known.get(name, {}).get("type", "string")) for row in rows]
        for place, name in enumerate(header)
    }
    if kind == "rows":
        return [dict(zip(header, cells)) for cells in zip(*columns.values())]
    words = {name: known.get(name, {}).get("constraints", {}).get("enum") for name in header}
    types = {name: known.get(name, {}).get("type", "string") for name in header}
    return (_polars if kind == "polars" else _pandas)(columns, types, words)


def _value(cell: str, kind: str) -> str | int | float | None:
    if cell == "":
        return None
    return int(cell) if kind == "integer" else float(cell) if kind == "number" else cell


def _polars(columns: Mapping[str, list[Any]], types: Mapping[str, str], words: Mapping[str, Any]) -> Frame:
    import polars

    plain = {"integer": polars.Int64(), "number": polars.Float64()}
    kinds = {
        name: polars.Enum(words[name]) if words[name] else plain.get(types[name], polars.String()) for name in columns
    }
    return polars.DataFrame(dict(columns), schema=kinds)


def _pandas(columns: Mapping[str, list[Any]], types: Mapping[str, str], words: Mapping[str, Any]) -> Frame:
    import pandas

    plain = {"integer": "Int64", "number": "Float64"}
    return pandas.DataFrame(
        {
            name: pandas.Series(
                cells,
                dtype=pandas.CategoricalDtype(words[name]) if words[name] else plain.get(types[name], "string"),
            )
            for name, cells in columns.items()
        }
    )
