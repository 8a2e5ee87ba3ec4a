# Shared by the scripts of this folder: checks for Swift and for the libraries the program is linked with.

# Ends with advice when there is no Swift compiler.
require_swift() {
  if ! command -v swift >/dev/null 2>&1; then
    cat >&2 <<'TEXT'
oncomatch: the Swift compiler is missing.
Install Swift 6.3 for your system from the download page of swift.org (a tar archive; unpack it and put its usr/bin on
PATH), then run this command again.
TEXT
    exit 69
  fi
}

# How the program is compiled beside `-c release`, as the arguments `compiled`: without looking generic types up by name,
# for which a short run would search the conformances of all types of the program many times.
compiled=(-Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors)

# Adds to them what links the Swift library into the program, where the compiler brings it for that: the program starts in
# two thirds of the time, and runs where no Swift is.
runtime_in_program() {
  local compiler
  compiler=$(readlink -f "$(command -v swift)")
  if [ -d "${compiler%/bin/*}/lib/swift_static" ]; then compiled+=(--static-swift-stdlib); fi
}

# Installs Debian packages that are missing; $@: package names.
install_packages() {
  local missing=() package sudo=()
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "oncomatch: please install: ${missing[*]} (or what your system calls them)" >&2
    exit 69
  fi
  if [ "$(id -u)" -ne 0 ]; then
    if ! sudo -n true 2>/dev/null; then
      echo "oncomatch: please run: sudo apt-get install ${missing[*]}" >&2
      exit 69
    fi
    sudo=(sudo -n)
  fi
  local log
  log=$(mktemp)
  if ! { "${sudo[@]}" apt-get update && DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    echo "oncomatch: could not install ${missing[*]} (install them by hand and try again)" >&2
    exit 69
  fi
  rm -f "$log"
}

# Installs Python packages beside the build, once, and names the place `tools`; $1: its name, then packages.
python_tools() {
  tools=$root/.build-$1
  shift
  [ -x "$tools/bin/python3" ] || python3 -m venv "$tools"
  if [ "$(cat "$tools/packages" 2>/dev/null)" != "$*" ]; then
    "$tools/bin/pip" install -q --disable-pip-version-check "$@"
    echo "$*" >"$tools/packages"
  fi
}

# The path of the program: ONCOMATCH_PROGRAM where it is set, else the build of this clone, made anew if sources changed.
program() {
  if [ -n "${ONCOMATCH_PROGRAM:-}" ]; then
    [ -x "$ONCOMATCH_PROGRAM" ] || {
      echo "ONCOMATCH_PROGRAM: $ONCOMATCH_PROGRAM is no program" >&2
      exit 66
    }
    readlink -f "$ONCOMATCH_PROGRAM"
    return
  fi
  "$1/scripts/oncomatch" --version >/dev/null
  echo "$1/.build/release/oncomatch"
}

# The libraries the program is linked with.
require_libraries() {
  if command -v dpkg-query >/dev/null 2>&1; then
    install_packages zlib1g-dev libdeflate-dev pkg-config
  fi
}
