"""What the AWS CLI's own parser makes of the words behind `aws`: one list of them a line in, one answer a line out."""

import contextlib
import io
import json
import os
import sys
import tempfile

from awscli import clidriver
from awscli.customizations.codeartifact import login
from botocore.session import Session

SEEN = []
OURS = (
    "tool",
    "domain",
    "domain_owner",
    "namespace",
    "duration_seconds",
    "repository",
    "endpoint_type",
    "dry_run",
)
GLOBALS = ("region", "profile", "endpoint_url", "ca_bundle")


def note(self, parsed_args, parsed_globals):
    SEEN.append(
        {
            **{name: getattr(parsed_args, name) for name in OURS},
            **{name: getattr(parsed_globals, name) for name in GLOBALS},
        }
    )
    return 0


def main():
    login.CodeArtifactLogin._run_main = note
    # Each --debug would leave one more handler behind, and a process answers for thousands of command lines.
    Session.set_stream_logger = lambda *_, **__: None
    answers = sys.stdout
    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, "config")
        with open(config, "w") as file:
            file.write("[profile corp]\n[profile two words]\n")
        os.environ.update({"AWS_CONFIG_FILE": config, "AWS_SHARED_CREDENTIALS_FILE": config, "HOME": folder})
        driver = clidriver.create_clidriver()
        for line in sys.stdin:
            answer = []
            for words in json.loads(line):
                SEEN.clear()
                said = io.StringIO()
                with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                    try:
                        driver.main(words)
                    except SystemExit:
                        pass
                answer.append({"seen": SEEN[0] if SEEN else None, "said": said.getvalue().strip()[-500:]})
            print(json.dumps(answer), file=answers, flush=True)


main()
