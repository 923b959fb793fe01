#!/bin/bash
# SageMaker lifecycle configuration, on-start: installs CodeArtifact for JupyterLab from a wheelhouse, sets
# and pins the repository, and connects. A notebook instance starts whatever happens here: everything is
# done in the background, each step under a time limit, and the exit code is always 0.
# (https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-lifecycle-config.html: root, 5 minutes, 16384 characters)
#
# Fill in what you need; a variable of the same name in the environment counts over it.

: "${CODEARTIFACT_WHEELHOUSE:=}"      # /a/folder or s3://bucket/prefix with the wheels; empty: installed already
: "${CODEARTIFACT_DOMAIN:=}"          # empty: users choose
: "${CODEARTIFACT_DOMAIN_OWNER:=}"    # 12 digits
: "${CODEARTIFACT_REPOSITORY:=}"
: "${CODEARTIFACT_REGION:=}"          # empty: as the AWS CLI finds it
: "${CODEARTIFACT_PIN:=yes}"          # yes: users cannot change what is filled in above
: "${CODEARTIFACT_FLEET_SIZE:=0}"     # how many notebooks may start at once; spreads their first calls
: "${CODEARTIFACT_USER:=ec2-user}"
: "${CODEARTIFACT_ENVIRONMENT:=/home/ec2-user/anaconda3/envs/JupyterSystemEnv}"
: "${CODEARTIFACT_LABCONFIG:=/etc/jupyter/labconfig}"
: "${CODEARTIFACT_RESTART:=yes}"      # restart Jupyter when a new version was installed, so that the panel shows
: "${CODEARTIFACT_LOG:=/var/log/codeartifact-on-start.log}"

: "${CODEARTIFACT_PAUSE:=10}"          # seconds between attempts to connect

set +e
umask 022

# Root runs programs of the system only. What is in the environment and the home, which the user may write, is run,
# followed and read by the user, after the change of user, never by root.
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
unset CDPATH BASH_ENV ENV LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT

say() { printf '%s %s\n' "$(date -u +%FT%TZ)" "$*"; }

# Runs a command as the user, with the user's environment, for so many seconds at most. PATH changes after the user
# does. SIGKILL after a grace, by root's timeout: a step that hangs must not outlive its limit.
as_user() {
  local seconds=$1 home change=()
  shift
  home=$(getent passwd "$CODEARTIFACT_USER" | cut -d: -f6)
  [ "$(id -un)" = "$CODEARTIFACT_USER" ] || change=(runuser -u "$CODEARTIFACT_USER" --)
  # shellcheck disable=SC2016 # the inner shell expands it
  timeout --kill-after=10 "$seconds" "${change[@]}" env -u XDG_CONFIG_HOME -u XDG_DATA_HOME -u XDG_CACHE_HOME \
    -u XDG_RUNTIME_DIR -u PYTHONPATH -u PYTHONHOME -u PYTHONSTARTUP "HOME=$home" "USER=$CODEARTIFACT_USER" \
    "LOGNAME=$CODEARTIFACT_USER" "PATH=$CODEARTIFACT_ENVIRONMENT/bin:/usr/local/bin:$PATH" \
    /bin/sh -c 'cd "$HOME" 2>/dev/null; exec "$@"' sh "$@"
}

# Whether root may write in a folder: there is no link on the way to it, and the user cannot put one there.
own_folder() {
  local part owner mode group last=yes
  part=$(realpath -ms -- "$1") && [ "$part" = "$(readlink -m -- "$1")" ] || return 1
  while [ ! -e "$part" ]; do part=$(dirname -- "$part"); done
  while :; do
    read -r owner mode group < <(stat -c '%u %a %g' -- "$part") || return 1
    [ "$owner" = 0 ] || [ "$owner" = "$(id -u)" ] || return 1
    # Where others may write as in /tmp, they may not remove what is root's: enough on the way, not at its end.
    if ((8#$mode & 8#002)) || { ((8#$mode & 8#020)) && [[ " $(id -G "$CODEARTIFACT_USER") " == *" $group "* ]]; }; then
      [ $last = no ] && ((8#$mode & 8#1000)) || return 1
    fi
    [ "$part" != / ] || break
    part=$(dirname -- "$part") last=no
  done
}

# Read with a limit, because something that it started could hold the pipe open for ever; and cut to what a version is.
version() {
  local text=
  read -r -t 40 text < <(as_user 30 "$CODEARTIFACT_ENVIRONMENT/bin/python" -c \
    'import importlib.metadata as m; print(m.version("jupyterlab-codeartifact"))' 2>/dev/null)
  printf '%s\n' "${text//[^0-9A-Za-z.+]/}"
}

install() {
  local wheels=$CODEARTIFACT_WHEELHOUSE before after
  [ -n "$wheels" ] || return 0
  before=$(version)
  case $wheels in
    s3://*)
      read -r -t 20 wheels < <(as_user 10 mktemp -d) || return 1
      as_user 120 aws s3 cp --recursive --only-show-errors "$CODEARTIFACT_WHEELHOUSE" "$wheels" ||
        { say "the wheels could not be copied from $CODEARTIFACT_WHEELHOUSE"; return 1; } ;;
  esac
  as_user 180 "$CODEARTIFACT_ENVIRONMENT/bin/python" -m pip install --quiet --no-input --disable-pip-version-check \
    --no-index --find-links "$wheels" --upgrade jupyterlab-codeartifact ||
    { say "pip could not install jupyterlab-codeartifact from $CODEARTIFACT_WHEELHOUSE"; return 1; }
  after=$(version)
  say "jupyterlab-codeartifact $after is installed"
  if [ "$before" != "$after" ] && [ "$CODEARTIFACT_RESTART" = yes ] && command -v systemctl >/dev/null; then
    timeout 20 systemctl --no-block try-restart jupyter-server.service
  fi
  [ "$wheels" = "$CODEARTIFACT_WHEELHOUSE" ] || as_user 30 rm -rf -- "$wheels"
}

# One file of our own beside the administrator's: nothing to merge, nothing to lose. Jupyter reads
# default_setting_overrides.d/*.json of each labconfig folder; what is in /etc users cannot change.
settings() {
  local values="" pinned="" name value pattern text run
  local folder="$CODEARTIFACT_LABCONFIG/default_setting_overrides.d"
  while read -r name value pattern; do
    [ "$value" != - ] || continue
    # Also what keeps a value from breaking out of its quotes below.
    [[ $value =~ ^$pattern$ ]] || { say "$name is left out: it does not look like one"; continue; }
    values+="\"$name\": \"$value\", "
    pinned+="\"$name\", "
  done <<EOF
domain ${CODEARTIFACT_DOMAIN:--} [a-z][a-z0-9-]{0,48}[a-z0-9]
domainOwner ${CODEARTIFACT_DOMAIN_OWNER:--} [0-9]{12}
repository ${CODEARTIFACT_REPOSITORY:--} [A-Za-z0-9][A-Za-z0-9._-]{1,99}
region ${CODEARTIFACT_REGION:--} [a-z]{2}(-[a-z]+)+-[0-9]
EOF
  [ -n "$values" ] || return 0
  [ "$CODEARTIFACT_PIN" = yes ] || pinned=""
  text="{\"jupyterlab-codeartifact:plugin\": {$values\"pinned\": [${pinned%, }]}}"
  run=(timeout 10)
  own_folder "$folder" || run=(as_user 10) # there could be a link of the user's: with the user's rights, or not at all
  # shellcheck disable=SC2015,SC2016 # say does not fail; the inner shell expands it
  "${run[@]}" /bin/sh -c 'umask 022; mkdir -p "$1" && printf "%s\n" "$2" >"$1/$3.new" && mv -f "$1/$3.new" "$1/$3"' \
    sh "$folder" "$text" jupyterlab-codeartifact.json && say "settings are in $folder/jupyterlab-codeartifact.json" ||
    say "the settings could not be written to $folder"
}

connect() {
  local attempt code command="$CODEARTIFACT_ENVIRONMENT/bin/jupyter-codeartifact"
  [ -n "$CODEARTIFACT_REPOSITORY" ] || { say "no repository is set: nothing to connect"; return 0; }
  # GetAuthorizationToken's quota is 40 a second for the account; take at most 32.
  [[ $CODEARTIFACT_FLEET_SIZE =~ ^[0-9]{1,6}$ ]] && sleep $((RANDOM % (10#$CODEARTIFACT_FLEET_SIZE / 32 + 1)))
  for attempt in 1 2 3; do
    as_user 60 "$command" connect
    code=$?
    say "connect, attempt $attempt: exit code $code"
    # 0 done, 2 wrong settings, 4 access denied: trying again would change nothing
    case $code in 0 | 2 | 4) return $code ;; esac
    sleep "$CODEARTIFACT_PAUSE"
  done
}

main() {
  say "begins for $CODEARTIFACT_USER in $CODEARTIFACT_ENVIRONMENT"
  if ! getent passwd "$CODEARTIFACT_USER" >/dev/null; then
    say "there is no user $CODEARTIFACT_USER"
  elif ! as_user 10 test -x "$CODEARTIFACT_ENVIRONMENT/bin/python"; then
    say "there is no Python in $CODEARTIFACT_ENVIRONMENT"
  else
    install
    settings
    connect
  fi
  say "ends"
}

# A process group of its own, without the script's terminal and pipes: SageMaker neither waits for it nor ends it.
set -m
log=$CODEARTIFACT_LOG
folder=$(dirname -- "$log")
if ! own_folder "$folder" || [ ! -w "$folder" ] || [ -L "$log" ]; then log=/dev/null; fi
cd /
(
  trap '' HUP
  main
) </dev/null >>"$log" 2>&1 &
disown -a 2>/dev/null
exit 0
