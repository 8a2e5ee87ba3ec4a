#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints the commands of a pipeline file, with its inputs filled in, as a shell script; for engines that are not here.

usage: blocks.py nextflow FILE script|stub NAME=VALUE...   Groovy's strings; a NAME is an expression such as task.cpus
       blocks.py wdl FILE TASK INPUTS.json                 evaluated by miniwdl
       blocks.py galaxy FILE INPUTS.json                   evaluated by Cheetah; a dataset is {"path": ..., "name": ...}
"""
import json
import re
import sys
import xml.etree.ElementTree


def nextflow(path, section, *values):
    text = open(path, encoding="utf-8").read()
    found = re.search(rf'^    {section}:\n(.*?)"""\n(.*?)^    """$', text, re.S | re.M)
    if not found:
        sys.exit(f"{path}: no section {section}")
    given = dict(value.split("=", 1) for value in values)
    # Names that the section defines: an expression of Groovy is not evaluated here, its value is given.
    for name in re.findall(r"^ +(?:def )?(\w+) = ", found[1], re.M):
        if name not in given:
            sys.exit(f"{path}: no value for {name}")
    lines = found[2].split("\n")
    margin = min(len(line) - len(line.lstrip()) for line in lines if line.strip())

    def fill(match):
        if match[1]:
            return match[1]
        name = match[2] or match[3]
        if name not in given:
            sys.exit(f"{path}: no value for {name}")
        return given[name]

    block = "\n".join(line[margin:] for line in lines)
    return re.sub(r"\\([\\$\"])|\$\{([^}]+)\}|\$([A-Za-z_][\w.]*)", fill, block)


def wdl(path, task, inputs):
    import WDL

    document = WDL.load(path)
    task = next(item for item in document.tasks if item.name == task)
    values = WDL.values_from_json(json.loads(open(inputs, encoding="utf-8").read()), task.available_inputs, task.required_inputs)
    library = WDL.StdLib.Base("1.0")
    written = []

    def write_lines(array):
        import tempfile

        file = tempfile.NamedTemporaryFile("w", delete=False, suffix=".lines")
        file.write("".join(item.value + "\n" for item in array.value))
        file.close()
        written.append(file.name)
        return WDL.Value.File(file.name)

    library.write_lines = WDL.StdLib.StaticFunction(
        "write_lines", [WDL.Type.Array(WDL.Type.String())], WDL.Type.File(), write_lines
    )
    environment = values
    for item in task.inputs or []:
        if item.name not in environment:
            value = item.expr.eval(environment, library).coerce(item.type) if item.expr else WDL.Value.Null()
            environment = environment.bind(item.name, value)
    parts = []
    for part in task.command.parts:
        parts.append(part if isinstance(part, str) else part.eval(environment, library).value)
    lines = "".join(parts).split("\n")
    margin = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
    return "\n".join(line[margin:] for line in lines)


class Dataset(str):
    """A dataset: its path as text, its name beside."""


def dataset(value):
    if isinstance(value, list):
        return [dataset(item) for item in value]
    if isinstance(value, dict):
        made = Dataset(value["path"])
        made.element_identifier = value["name"]
        return made
    return value


def galaxy(path, inputs):
    from Cheetah.Template import Template

    command = xml.etree.ElementTree.parse(path).find("command").text
    values = {name: dataset(value) for name, value in json.loads(open(inputs, encoding="utf-8").read()).items()}
    text = str(Template(command, searchList=[{**values, "re": re}]))
    # Galaxy puts the lines of a command into one.
    return " ".join(line.strip() for line in text.split("\n") if line.strip()) + "\n"


print({"nextflow": nextflow, "wdl": wdl, "galaxy": galaxy}[sys.argv[1]](*sys.argv[2:]), end="")
