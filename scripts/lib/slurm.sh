#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A Slurm cluster on 127.0.0.1 for tests: a controller and several nodes on one machine.
#
#   slurm.sh start [NODES]    start munged, slurmctld and NODES slurmd (2 unless given)
#   slurm.sh kill-node NAME   end one slurmd and its job steps, as a crash would
#   slurm.sh stop             end what `start` started, by process id
#
# Needs the Debian packages slurm-wlm and munge, and root. Writes below SLURM_DIR, and one link: /etc/slurm/slurm.conf,
# where there is none yet. Without it the job steps of Snakemake's executor, which drop SLURM_CONF, find no cluster.
set -euo pipefail

dir=${SLURM_DIR:?names the folder to work in}
port=${SLURM_PORT:-16817}
host=$(hostname -s)
link=/etc/slurm/slurm.conf
export SLURM_CONF=$dir/slurm.conf

die() {
  echo "slurm.sh: $*" >&2
  exit 1
}

alive() { [ -s "$1" ] && kill -0 "$(cat "$1")" 2>/dev/null; }

# Ends the process of a pid file: TERM, and KILL after 10 s.
end() {
  local pid n
  [ -s "$1" ] || return 0
  pid=$(cat "$1")
  kill "$pid" 2>/dev/null || true
  for n in $(seq 100); do
    kill -0 "$pid" 2>/dev/null || break
    [ "$n" -lt 100 ] || kill -9 "$pid" 2>/dev/null || true
    sleep 0.1
  done
  rm -f "$1"
}

nodes() { sed -n 's/^NodeName=\([^ ]*\).*/\1/p' "$SLURM_CONF"; }

# The job steps of a node: they outlive their slurmd, and each keeps the node's spool folder or log open.
steps() {
  local step file
  for step in $(pgrep -x slurmstepd || true); do
    for file in "/proc/$step/fd"/*; do
      case $(readlink "$file" || true) in
        "$dir/spool/$1"/* | "$dir/log/slurmd.$1.log")
          echo "$step"
          break
          ;;
      esac
    done
  done
}

# A process and all that came from it.
tree() {
  local child
  echo "$1"
  for child in $(pgrep -P "$1" || true); do tree "$child"; done
}

# Ends job steps of a node with everything in them.
kill_steps() {
  local step pid
  for step in $(steps "$1"); do
    for pid in $(tree "$step"); do kill -9 "$pid" 2>/dev/null || true; done
  done
}

configuration() {
  local memory name number
  cat <<CONF
ClusterName=loopback
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
# Without these every daemon listens on all addresses.
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
AuthType=auth/munge
# cred_expire is also how long a requeued job waits before it may start again, 120 s unless given.
AuthInfo=socket=$dir/munge/socket,cred_expire=10
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool/%n
SlurmctldPidFile=$dir/run/slurmctld.pid
SlurmdPidFile=$dir/run/slurmd.%n.pid
SlurmctldLogFile=$dir/log/slurmctld.log
SlurmdLogFile=$dir/log/slurmd.%n.log
# No cgroups and no binding of tasks: works in a plain container.
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
SwitchType=switch/none
# No slurmdbd. squeue shows finished jobs for MinJobAge seconds.
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc=$dir/log/jobcomp.log
MinJobAge=300
SchedulerType=sched/backfill
# Start jobs at once and not after gathering for 3 s.
SchedulerParameters=batch_sched_delay=0,sched_interval=2
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
# A node may claim processors that the machine has only once.
SlurmdParameters=config_overrides
# A dead node is seen within seconds.
SlurmctldTimeout=10
SlurmdTimeout=15
InactiveLimit=0
KillWait=5
Waittime=0
ReturnToService=2
JobRequeue=1
CONF
  memory=$(awk '/^MemTotal/ {print int($2 / 1024 / 2)}' /proc/meminfo)
  for number in $(seq "$1"); do
    echo "NodeName=n$number NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + number)) CPUs=1 RealMemory=$memory State=UNKNOWN"
  done
  name=$(seq -s , -f 'n%g' "$1")
  echo "PartitionName=main Nodes=$name Default=YES MaxTime=INFINITE State=UP"
}

start() {
  local count=$1 node n
  [ "$(id -u)" -eq 0 ] || die "needs root"
  for n in slurmctld slurmd munged; do
    command -v "$n" >/dev/null || die "no $n (install the packages slurm-wlm and munge)"
  done
  alive "$dir/run/slurmctld.pid" && die "a cluster runs in $dir already"
  mkdir -p "$dir"/{munge,state,spool,run,log}
  chmod 755 "$dir" "$dir/munge"
  configuration "$count" >"$SLURM_CONF"
  # A link that leads nowhere is left from a cluster that was not stopped.
  [ ! -L "$link" ] || [ -e "$link" ] || rm -f "$link"
  [ ! -e "$link" ] || die "$link is another cluster's"
  mkdir -p "$(dirname "$link")"
  ln -s "$SLURM_CONF" "$link"
  [ -s "$dir/munge/key" ] || (umask 077 && head -c 128 /dev/urandom >"$dir/munge/key")
  munged --force --socket="$dir/munge/socket" --key-file="$dir/munge/key" --pid-file="$dir/run/munged.pid" \
    --seed-file="$dir/munge/seed" --log-file="$dir/log/munged.log" --num-threads=2
  slurmctld -f "$SLURM_CONF"
  for node in $(nodes); do
    mkdir -p "$dir/spool/$node"
    slurmd -N "$node" -f "$SLURM_CONF" || die "slurmd $node did not start; see $dir/log/slurmd.$node.log"
  done
  for n in $(seq 100); do
    [ "$(sinfo -h -N -o %T 2>/dev/null | grep -c -x idle)" -lt "$count" ] || return 0
    sleep 0.2
  done
  sinfo -N -l >&2 || true
  die "the nodes are not idle after 20 s; see $dir/log"
}

stop() {
  local node
  [ -s "$SLURM_CONF" ] || return 0
  # The controller first: it waits for nodes that are gone.
  end "$dir/run/slurmctld.pid"
  for node in $(nodes); do
    kill_steps "$node"
    end "$dir/run/slurmd.$node.pid"
  done
  end "$dir/run/munged.pid"
  [ "$(readlink "$link" || true)" != "$SLURM_CONF" ] || rm -f "$link"
}

kill_node() {
  kill -9 "$(cat "$dir/run/slurmd.$1.pid")"
  kill_steps "$1"
  rm -f "$dir/run/slurmd.$1.pid"
}

case ${1:-} in
  start) start "${2:-2}" ;;
  stop) stop ;;
  kill-node) kill_node "${2:?kill-node NAME}" ;;
  *)
    sed -n '3,/^set -/p' "$0" | sed -e '$d' -e 's/^# \{0,1\}//' >&2
    exit 64
    ;;
esac
