# SPDX-License-Identifier: Apache-2.0
# Shared by the scripts that use a container image: Debian's podman with a store of its own, no daemon, no network.

# Loads an image; $1: its archive, $2: a folder for the store. Fails where this machine lets no container run.
podman_load() {
  mkdir -p "$2"
  # Limits above those of the caller cannot be set everywhere, so they are stated.
  cat >"$2/containers.conf" <<CONF
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
netns = "none"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
CONF
  printf '[storage]\ndriver = "vfs"\ngraphroot = "%s/graph"\nrunroot = "%s/run"\n' "$2" "$2" >"$2/storage.conf"
  # An engine for programs that pull what they run: it has been loaded.
  cat >"$2/engine" <<'ENGINE'
#!/bin/sh
case $1 in pull) for last; do :; done; exec podman image exists "$last" ;; esac
exec podman "$@"
ENGINE
  chmod +x "$2/engine"
  export CONTAINERS_CONF=$2/containers.conf CONTAINERS_STORAGE_CONF=$2/storage.conf
  image=$(podman load --quiet --input "$1" 2>"$2/said" | sed -n 's/^Loaded image: //p')
  [ -n "$image" ] && podman run --rm "$image" true 2>>"$2/said"
}
