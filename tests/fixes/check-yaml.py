"""Reads a JSON list of YAML texts on stdin and prints what a YAML reader makes of each, as JSON.

CloudFormation reads YAML 1.1; PyYAML does too, and comes with the AWS CLI.
"""

import json
import sys

import yaml

json.dump([yaml.safe_load(text) for text in json.load(sys.stdin)], sys.stdout, default=repr)
