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

say() { printf '%s %s\n' "$(date -u +%FT%TZ)" "$*"; }

# The user may write their environment, so nothing of it ever runs as root; nothing of root's shell goes with it.
as_user() {
  (
    unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME XDG_RUNTIME_DIR PYTHONPATH PYTHONHOME PYTHONSTARTUP BASH_ENV ENV
    HOME=$(getent passwd "$CODEARTIFACT_USER" | cut -d: -f6)
    export HOME USER=$CODEARTIFACT_USER LOGNAME=$CODEARTIFACT_USER PATH="$CODEARTIFACT_ENVIRONMENT/bin:$PATH"
    cd "$HOME" 2>/dev/null || cd /
    if [ "$(id -un)" = "$CODEARTIFACT_USER" ]; then exec "$@"; fi
    exec runuser -u "$CODEARTIFACT_USER" -- "$@"
  )
}

# SIGKILL after a grace: a hanging step must not outlive its limit.
limited() { local seconds=$1; shift; as_user timeout --kill-after=10 "$seconds" "$@"; }

version() {
  limited 30 "$CODEARTIFACT_ENVIRONMENT/bin/python" -c \
    'import importlib.metadata as m; print(m.version("jupyterlab-codeartifact"))' 2>/dev/null
}

install() {
  local wheels=$CODEARTIFACT_WHEELHOUSE before after
  [ -n "$wheels" ] || return 0
  before=$(version)
  case $wheels in
    s3://*)
      wheels=$(as_user mktemp -d) || return 1
      limited 120 aws s3 cp --recursive --only-show-errors "$CODEARTIFACT_WHEELHOUSE" "$wheels" ||
        { say "the wheels could not be copied from $CODEARTIFACT_WHEELHOUSE"; return 1; } ;;
  esac
  limited 180 "$CODEARTIFACT_ENVIRONMENT/bin/python" -m pip install --quiet --no-input --disable-pip-version-check \
    --no-index --find-links "$wheels" --upgrade jupyterlab-codeartifact ||
    { say "pip could not install jupyterlab-codeartifact from $CODEARTIFACT_WHEELHOUSE"; return 1; }
  after=$(version)
  say "jupyterlab-codeartifact $after is installed"
  if [ "$before" != "$after" ] && [ "$CODEARTIFACT_RESTART" = yes ] && command -v systemctl >/dev/null; then
    timeout 20 systemctl --no-block try-restart jupyter-server.service
  fi
  [ "$wheels" = "$CODEARTIFACT_WHEELHOUSE" ] || as_user rm -rf -- "$wheels"
}

# One file of our own beside the administrator's: nothing to merge, nothing to lose. Jupyter reads
# default_setting_overrides.d/*.json of each labconfig folder; what is in /etc users cannot change.
settings() {
  local values="" pinned="" name value pattern folder="$CODEARTIFACT_LABCONFIG/default_setting_overrides.d" file
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
  file=$folder/jupyterlab-codeartifact.json
  [ -n "$values" ] || return 0
  [ "$CODEARTIFACT_PIN" = yes ] || pinned=""
  mkdir -p "$folder" &&
    printf '{"jupyterlab-codeartifact:plugin": {%s"pinned": [%s]}}\n' "$values" "${pinned%, }" > "$file.new" &&
    mv -f "$file.new" "$file" && say "settings are in $file"
}

connect() {
  local attempt code command="$CODEARTIFACT_ENVIRONMENT/bin/jupyter-codeartifact"
  [ -n "$CODEARTIFACT_REPOSITORY" ] || { say "no repository is set: nothing to connect"; return 0; }
  # GetAuthorizationToken's quota is 40 a second for the account; take at most 32.
  [[ $CODEARTIFACT_FLEET_SIZE =~ ^[0-9]{1,6}$ ]] && sleep $((RANDOM % (10#$CODEARTIFACT_FLEET_SIZE / 32 + 1)))
  for attempt in 1 2 3; do
    limited 60 "$command" connect
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
  elif [ ! -x "$CODEARTIFACT_ENVIRONMENT/bin/python" ]; then
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
[ -w "$CODEARTIFACT_LOG" ] || [ -w "$(dirname "$CODEARTIFACT_LOG")" ] || CODEARTIFACT_LOG=/dev/null
(
  trap '' HUP
  main
) </dev/null >>"$CODEARTIFACT_LOG" 2>&1 &
disown -a 2>/dev/null
exit 0
