#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
# SRC_DIR holds the unpacked wheel.
install -D -m 755 oncomatch-*.data/scripts/oncomatch "$PREFIX/bin/oncomatch"
cp oncomatch-*.dist-info/licenses/LICENSE LICENSE
for shell in bash zsh fish; do "$PREFIX/bin/oncomatch" --generate-completion-script "$shell" >"completion.$shell"; done
install -D -m 644 completion.bash "$PREFIX/share/bash-completion/completions/oncomatch"
install -D -m 644 completion.zsh "$PREFIX/share/zsh/site-functions/_oncomatch"
install -D -m 644 completion.fish "$PREFIX/share/fish/vendor_completions.d/oncomatch.fish"
install -D -m 644 oncomatch-*.dist-info/sboms/oncomatch.spdx.json "$PREFIX/share/doc/oncomatch/oncomatch.spdx.json"
