#!/usr/bin/env python3
"""Holds an output's JSON reports against their schema, and its FHIR bundles against R4 where the model is installed.

    validate.py SCHEMA.json DIR
"""
import json
import pathlib
import sys

import jsonschema

try:
    from fhir.resources.R4B.bundle import Bundle
except ImportError:
    Bundle = None


def main(schema, folder):
    schema = json.loads(pathlib.Path(schema).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator, faults = jsonschema.Draft202012Validator(schema), 0
    for report in sorted(pathlib.Path(folder).glob("samples/*/*.report.json")):
        for fault in validator.iter_errors(json.loads(report.read_text(encoding="utf-8"))):
            print(f"{report}: {'/'.join(map(str, fault.path))}: {fault.message[:200]}")
            faults += 1
    for bundle in sorted(pathlib.Path(folder).glob("samples/*/*.fhir.json")):
        text = bundle.read_text(encoding="utf-8")
        try:
            if Bundle:
                Bundle.model_validate_json(text)
            else:
                json.loads(text)
        except ValueError as fault:
            print(f"{bundle}: {str(fault)[:500]}")
            faults += 1
    return 1 if faults else 0


sys.exit(main(*sys.argv[1:]))
