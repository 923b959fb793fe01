#!/bin/bash
# Runs a lifecycle configuration as a notebook instance does, in a mount namespace of its own over the notebook's network:
#   on-start.sh ROOM VENV SCRIPT CA
# Its environment is VENV, so that the AWS CLI and the product are the real ones. stdout is the lifecycle log.
# https://docs.aws.amazon.com/sagemaker/latest/dg/nbi.html
set -eu
room=$1 venv=$2 script=$3 ca=$4
mkdir -p "$room/etc/jupyter" "$room/log" "$room/opt" "$room/home" "$room/venv"
for each in alternatives default environment hosts host.conf ld.so.cache ld.so.conf ld.so.conf.d localtime login.defs \
  nsswitch.conf pam.d resolv.conf security ssl; do
  [ ! -e "/etc/$each" ] || cp -a "/etc/$each" "$room/etc/"
done
# A user of number 0, who can read the environment wherever it stands; tests/lifecycle has one of its own number.
printf 'root:x:0:0:root:/root:/bin/bash\nec2-user:x:0:0::/home/ec2-user:/bin/bash\n' >"$room/etc/passwd"
printf 'root:x:0:\n' >"$room/etc/group"
printf '[global]\ncert = %s\n' "$ca" >"$room/etc/pip.conf"
mount --bind "$venv" "$room/venv"

# An empty folder over a folder, with what was in it: the environment's Python may stand there.
cover() {
  mkdir -p "$room/$1"
  mount --bind "/$1" "$room/$1"
  mount -t tmpfs tmpfs "/$1"
  for each in "$room/$1"/*/; do
    [ -d "$each" ] || continue
    mkdir "/$1/$(basename "$each")"
    mount --rbind "$each" "/$1/$(basename "$each")"
  done
}
cover opt
cover home
mkdir -p /opt/ml/metadata /home/ec2-user/anaconda3/envs/JupyterSystemEnv
printf '{"ResourceArn": "arn:aws:sagemaker:us-east-1:111122223333:notebook-instance/team", "ResourceName": "team"}\n' \
  >/opt/ml/metadata/resource-metadata.json
mount --bind "$room/venv" /home/ec2-user/anaconda3/envs/JupyterSystemEnv
mount --bind "$room/etc" /etc
mount --bind "$room/log" /var/log
cd /
code=0
bash "$script" || code=$?
log=/var/log/jupyterlab-codeartifact.log
if grep -qs 'connects in the background' "$log"; then
  for _ in $(seq 3000); do
    ! grep -q 'codeartifact: ends' "$log" || break
    sleep 0.02
  done
fi
exit "$code"
