#!/bin/bash
# Lifecycle configuration, on-start, of SageMaker notebook instances and Studio spaces: sets and pins the repository,
# installs from a wheelhouse, connects in the background. A notebook starts whatever happens: the exit code is always 0.
# infra/notebook.yaml runs it, lifecycle/publish uploads it.
# https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-lifecycle-config.html (root, 5 minutes)
: "${CODEARTIFACT_WHEELHOUSE:=}"      # s3://bucket/prefix or /a/folder; empty: installed already
: "${CODEARTIFACT_MANIFEST_SHA256:=}" # of manifest.txt in it
: "${CODEARTIFACT_DOMAIN:=}"          # empty: users choose
: "${CODEARTIFACT_DOMAIN_OWNER:=}"    # 12 digits
: "${CODEARTIFACT_REPOSITORY:=}"
: "${CODEARTIFACT_REGION:=}"
: "${CODEARTIFACT_API_ENDPOINT:=}"    # where private DNS is off, with the next one
: "${CODEARTIFACT_REPOSITORIES_ENDPOINT:=}"
: "${CODEARTIFACT_PIN:=yes}"          # yes: users cannot change what is given above
: "${CODEARTIFACT_FLEET_SIZE:=0}"     # how many notebooks may start at once; spreads their first calls
: "${CODEARTIFACT_LIMIT:=200}"        # seconds; the platform allows 300
: "${CODEARTIFACT_PAUSE:=10}"         # seconds between attempts to connect
: "${CODEARTIFACT_USER:=}"            # the next two: only where there is no SageMaker metadata file
: "${CODEARTIFACT_ENVIRONMENT:=}"

set +e -o pipefail
umask 022
# Root runs nothing that a user can write: no folder of theirs is in this path.
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
# Only these count, here and for the user's programs; not in argv: some are secrets.
for name in $(compgen -e); do
  case $name in
    CODEARTIFACT_*) declare +x "$name" ;;
    PATH | AWS_* | SAGEMAKER_* | SSL_CERT_FILE | http*_proxy | HTTP*_PROXY | no_proxy | NO_PROXY) ;;
    *) unset "$name" ;;
  esac
done
stop=': nothing is installed or connected' none=': nothing is installed'
layout='' user='' home='' environment='' labconfig='' log=/dev/null staging='' in_background=''

say() {
  local line
  line="$(date -u +%FT%TZ) codeartifact: $*"
  printf '%s\n' "$line"
  [ -n "$in_background" ] || printf '%s\n' "$line" >>"$log"
}

tell() { tail -n "${1:-5}" | while IFS= read -r line; do say "  ${line:0:400}"; done; }

# https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-metadata.html
platform() {
  local arn=''
  [[ "$(head -c 65536 /opt/ml/metadata/resource-metadata.json 2>/dev/null)" =~ \"ResourceArn\"\ *:\ *\"(arn:[^\"]{1,2048})\" ]] && arn=${BASH_REMATCH[1]}
  case $arn in
    *:notebook-instance/*)
      layout=notebook user=ec2-user environment=/home/ec2-user/anaconda3/envs/JupyterSystemEnv
      labconfig=/etc/jupyter/labconfig log=/var/log/jupyterlab-codeartifact.log ;;
    *:app/* | *:space/*)
      # Not share/jupyter/lab/settings: the space's start script copies its own files there.
      layout=space user=sagemaker-user environment=/opt/conda
      labconfig=/opt/conda/etc/jupyter/labconfig log=/var/log/studio/jupyterlab-codeartifact.log ;;
    *)
      layout=other user=$CODEARTIFACT_USER environment=$CODEARTIFACT_ENVIRONMENT
      labconfig=$environment/etc/jupyter/labconfig log=/var/log/jupyterlab-codeartifact.log ;;
  esac
  # As root only where nobody else could have put a link.
  if [ "$EUID" = 0 ] && ! trusted "$log"; then log=/dev/null; fi
  { : >>"$log"; } 2>/dev/null || log=/dev/null
  say "begins: layout $layout, user $user, environment $environment"
  home=$(getent passwd "$user" | cut -d: -f6)
  [ -n "$home" ] || { say "there is no user '$user': nothing to do"; return 1; }
  [ -x "$environment/bin/python" ] || { say "there is no Python in '$environment': nothing to do"; return 1; }
}

# Whether a path and all above it are root's own, and no links.
trusted() {
  local path=$1
  while [ "$path" != / ]; do
    if [ -L "$path" ]; then return 1; fi
    if [ -e "$path" ]; then
      [ "$(stat -c %u "$path")" = 0 ] && (((0$(stat -c %a "$path") & 022) == 0)) || return 1
    fi
    path=${path%/*}
    path=${path:-/}
  done
}

as_user() {
  (
    export HOME=$home USER=$user LOGNAME=$user
    cd /
    # Their folder comes into the path when they are who runs.
    set -- env PATH="/usr/local/bin:/usr/bin:/bin:$environment/bin" "$@"
    [ "$EUID" != 0 ] || [ "$user" = root ] || exec runuser -u "$user" -- "$@"
    exec "$@"
  )
}

# As the user, at most so many seconds and never beyond the limit of the whole.
limited() {
  local left=$((CODEARTIFACT_LIMIT - SECONDS)) most=$1
  shift
  [ "$left" -gt 0 ] || { say "the limit of $CODEARTIFACT_LIMIT seconds is used up"; return 124; }
  as_user timeout --kill-after=2 "$((left < most ? left : most))" "$@"
}

# So much of a pipe and not for ever: what the user's programs leave behind may hold it.
brief() { timeout $((SECONDS < CODEARTIFACT_LIMIT ? CODEARTIFACT_LIMIT - SECONDS : 1)) head -c "$1"; }

# All or nothing: with one value mistyped the pins would not hold what they should.
settings() {
  local name value pattern values='' pinned='' folder=$labconfig/default_setting_overrides.d run=()
  local file=$folder/jupyterlab-codeartifact.json
  while read -r name value pattern; do
    [ "$value" != - ] || continue
    # This also keeps a value within its quotes below.
    [[ $value =~ ^$pattern$ ]] || { say "ERROR: '$value' cannot be a $name$stop"; return 1; }
    values+="\"$name\": \"$value\", "
    pinned+="\"$name\", "
  done <<EOF
domain ${CODEARTIFACT_DOMAIN:--} [a-z][a-z0-9-]{0,48}[a-z0-9]
domainOwner ${CODEARTIFACT_DOMAIN_OWNER:--} [0-9]{12}
repository ${CODEARTIFACT_REPOSITORY:--} [A-Za-z0-9][A-Za-z0-9._-]{1,99}
region ${CODEARTIFACT_REGION:--} [a-z]{2,4}(-[a-z]+)+-[0-9]
apiEndpoint ${CODEARTIFACT_API_ENDPOINT:--} https://[a-z0-9.-]+
repositoriesEndpoint ${CODEARTIFACT_REPOSITORIES_ENDPOINT:--} https://[a-z0-9.-]+
EOF
  [[ $CODEARTIFACT_FLEET_SIZE =~ ^(0|[1-9][0-9]{0,5})$ ]] || { say "ERROR: '$CODEARTIFACT_FLEET_SIZE' cannot be a fleetSize$stop"; return 1; }
  [ -n "$values" ] || return 0
  [ "$CODEARTIFACT_PIN" = yes ] || pinned=''
  # So that the token is renewed without a browser.
  [ -z "$CODEARTIFACT_REPOSITORY" ] || values+='"autoConnect": true, '
  if [ "$layout" = notebook ]; then
    trusted "$folder" || { say "ERROR: $folder is not root's alone$stop"; return 1; }
  else
    run=(as_user)
  fi
  # One file of our own beside the administrator's: nothing to merge, nothing to lose.
  printf '{"jupyterlab-codeartifact:plugin": {%s"fleetSize": %s, "pinned": [%s]}}\n' "$values" "$CODEARTIFACT_FLEET_SIZE" "${pinned%, }" |
    "${run[@]}" sh -c "mkdir -p '$folder' && cat >'$file.new' && mv -f '$file.new' '$file'" ||
    { say "ERROR: the pins could not be written to $folder$stop"; return 1; }
  say "settings are in $file"
}

# Into the staging folder, which is ours: as root, the user cannot change it between check and use.
fetch() {
  local most=$2 copy=(aws --cli-connect-timeout 2 s3 cp --only-show-errors "$CODEARTIFACT_WHEELHOUSE/$1" -) said
  [[ $CODEARTIFACT_WHEELHOUSE = s3://* ]] || copy=(cat -- "$CODEARTIFACT_WHEELHOUSE/$1")
  said=$({ limited 120 "${copy[@]}" </dev/null | brief "$most" >"$staging/$1"; } 2>&1 | brief 4096) && [ -s "$staging/$1" ] ||
    { say "$CODEARTIFACT_WHEELHOUSE/$1 could not be copied"; tell 3 <<<"$said"; return 1; }
}

sha256() { sha256sum <"$1" | cut -d' ' -f1; }

# Exit code 0: what the manifest names is installed in that version.
INSTALLED='
import importlib.metadata, re, sys
wanted = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", sys.stdin.read(), re.M)
here = {(d.metadata["Name"], d.version) for d in importlib.metadata.distributions()}
sys.exit(not wanted or not here.issuperset(wanted))'

# What the wheels need and neither they nor the environment have: with --no-deps pip does not look.
NEEDS='
import glob, sys, zipfile
from importlib.metadata import PackageNotFoundError, version
from email.parser import Parser
from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.utils import canonicalize_name
staged, needs = {}, []
for path in glob.glob(sys.argv[1] + "/*.whl"):
    with zipfile.ZipFile(path) as wheel:
        name = next(n for n in wheel.namelist() if n.endswith(".dist-info/METADATA"))
        metadata = Parser().parsestr(wheel.read(name).decode())
    staged[canonicalize_name(metadata["Name"])] = metadata["Version"]
    needs += metadata.get_all("Requires-Dist") or []
def found(name):
    try: return staged.get(canonicalize_name(name)) or version(name)
    except PackageNotFoundError: return None
missing = False
for need in map(Requirement, needs):
    if need.marker is None or need.marker.evaluate({"extra": ""}):
        here = found(need.name)
        if here is None or not need.specifier.contains(here, prereleases=True):
            missing = True
            print(f"{need.name}{need.specifier} is needed, here is " + (here or "none"))
sys.exit(missing)'

install() {
  local python=$environment/bin/python manifest name names said machine
  [ -n "$CODEARTIFACT_WHEELHOUSE" ] || return 0
  [ -n "$CODEARTIFACT_MANIFEST_SHA256" ] || { say "CODEARTIFACT_MANIFEST_SHA256 is not given$none"; return 1; }
  staging=$(mktemp -d /tmp/codeartifact.XXXXXX) || { say "there is no room in /tmp$none"; return 1; }
  chmod 755 "$staging"
  manifest=$staging/manifest.txt
  fetch manifest.txt 65536 || return 1
  [ "$(sha256 "$manifest")" = "$CODEARTIFACT_MANIFEST_SHA256" ] || { say "manifest.txt has another SHA-256 than it should$none"; return 1; }
  if limited 30 "$python" -I -c "$INSTALLED" <"$manifest" >/dev/null 2>&1; then
    say "the version of the manifest is installed already"
    return 0
  fi
  machine=$(uname -m)
  names=$(sed -nE "s/^# wheel (any|$machine) ([A-Za-z0-9_.+-]+\.whl)$/\2/p" "$manifest")
  [ -n "$names" ] || { say "the manifest has no wheels for $machine$none"; return 1; }
  for name in $names; do
    fetch "$name" 209715200 || return 1
    grep -qF "sha256:$(sha256 "$staging/$name")" "$manifest" || { say "$name is not the wheel of the manifest$none"; return 1; }
  done
  said=$(limited 30 "$python" -I -c "$NEEDS" "$staging" 2>&1 | brief 4096) ||
    { say "this environment is not what the wheels need$none"; tell 5 <<<"$said"; return 1; }
  # Without dependencies, so that the packages that AWS put there never move.
  said=$(limited 120 env PIP_CONFIG_FILE=/dev/null "$python" -I -m pip --isolated install --quiet --no-input --disable-pip-version-check --no-cache-dir \
    --no-index --find-links "$staging" --no-deps --require-hashes --no-warn-script-location -r "$manifest" 2>&1 | brief 4096) ||
    { say "pip could not install the wheels"; tell 5 <<<"$said"; return 1; }
  say "installed: $(sed -nE 's/^([A-Za-z0-9._-]+==[^ ]+).*/\1/p' "$manifest" | tr '\n' ' ')"
  restart
}

# JupyterLab finds extensions when it starts. On an instance nobody is at work yet.
restart() {
  case $layout in
    notebook) timeout 20 systemctl --no-block try-restart jupyter-server.service ;;
    space) limited 20 restart-jupyter-server ;;
    *) say "restart Jupyter, so that the panel shows" ;;
  esac 2>&1 | tell 3
}

connect() {
  local attempt code command=$environment/bin/jupyter-codeartifact
  # GetAuthorizationToken's quota is 40 a second for the account; take at most 32.
  sleep $((RANDOM % (CODEARTIFACT_FLEET_SIZE / 32 + 1)))
  for attempt in 1 2 3; do
    as_user timeout --kill-after=10 60 "$command" connect
    code=$?
    say "connect, attempt $attempt: exit code $code"
    # 0 done, 2 wrong settings, 4 access denied: trying again would change nothing
    case $code in 0 | 2 | 4) break ;; esac
    [ "$attempt" = 3 ] || sleep "$CODEARTIFACT_PAUSE"
  done
  say 'ends'
}

main() {
  [[ $CODEARTIFACT_LIMIT =~ ^[1-9][0-9]{0,2}$ ]] || CODEARTIFACT_LIMIT=200
  platform && settings || return 0
  install
  [ -n "$CODEARTIFACT_REPOSITORY" ] || { say 'no repository is set: nothing to connect'; return 0; }
  [ -x "$environment/bin/jupyter-codeartifact" ] || { say 'not installed: nothing to connect'; return 0; }
  say "connects in the background; what comes of it is in $log"
  # In a process group of its own, without the script's pipes: SageMaker neither waits for it nor ends it.
  set -m
  (
    trap '' HUP
    in_background=yes
    connect
  ) </dev/null >>"$log" 2>&1 &
  disown -a
}

trap '[ -z "$staging" ] || rm -rf -- "$staging"' EXIT
main
exit 0
