#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds an output's JSON reports and its run.json against their schemas, and its FHIR bundles against R4 where the model is installed.

    validate.py SCHEMA.json RUN-SCHEMA.json DIR
"""
import json
import pathlib
import sys

import jsonschema

try:
    from fhir.resources.R4B.bundle import Bundle
except ImportError:
    Bundle = None


def main(schema, run_schema, folder):
    record = json.loads((pathlib.Path(folder) / "run.json").read_text(encoding="utf-8"))
    run_schema = json.loads(pathlib.Path(run_schema).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(run_schema)
    wrong = [f"{folder}/run.json: {'/'.join(map(str, fault.path))}: {fault.message[:200]}"
             for fault in jsonschema.Draft202012Validator(run_schema).iter_errors(record)]
    print("\n".join(wrong), end="\n" if wrong else "")
    schema = json.loads(pathlib.Path(schema).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator, faults = jsonschema.Draft202012Validator(schema), len(wrong)
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
