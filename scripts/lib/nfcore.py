# SPDX-License-Identifier: Apache-2.0
"""Runs the checks of nf-core's linter that need neither Nextflow nor nf-core's own repository on a module.

usage: nfcore.py FOLDER TOOL/NAME    (FOLDER holds the module's folder)
"""
import pathlib
import sys
import types
from unittest import mock

from nf_core.components.nfcore_component import NFCoreComponent
from nf_core.modules import lint

folder, name = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
module = NFCoreComponent(name, None, folder / name, "modules", folder, "modules")
linter = types.SimpleNamespace(
    registry=("quay.io",), passed=[], warned=[], failed=[], modules_repo=types.SimpleNamespace(repo_path="nf-core"), fix=False)
lint.ModuleLint._safe_parse_main_nf(module)
skipped = []
for check in ("main_nf", "meta_yml", "environment_yml", "module_todos", "module_deprecations", "module_tests"):
    function = getattr(lint.ModuleLint, check)
    try:
        if check == "main_nf":
            function(linter, module, False, linter.registry, mock.MagicMock())
        elif check == "environment_yml":
            function(linter, module, progress_bar=mock.MagicMock())
        else:
            function(linter, module)
    except (RuntimeError, AttributeError) as fault:
        # What stands before the place where Nextflow or the schemas of the repository are asked for has been checked.
        skipped.append(f"{check} ({fault})")
# A snapshot is made by nf-test, which needs Nextflow.
failed = [item for item in module.failed if item[1] != "test_snapshot_exists"]
for item in [*module.warned, *failed]:
    print(*map(str, item[1:3]), file=sys.stderr)
print(f"nf-core: {len(module.passed)} checks passed, {len(module.warned)} warnings; cut short: {'; '.join(skipped)}")
sys.exit(1 if failed or module.warned or len(module.passed) < 20 else 0)
