"""A second repository of the same domain: its token is the domain's, so an extra index needs no login of its own."""

from __future__ import annotations

from .environments import with_pip


def test_a_second_repository_of_the_domain_is_kept_logged_in(room, tmp_path):
    second = f"{room.world['indexUrl']}/pypi/pypi-store/simple/"
    room.write(".config/pip/pip.conf", f"[global]\nextra-index-url = {second}\n")
    before = room.snapshot()
    room.ours("connect")
    renewed = room.ours("refresh")
    assert not renewed["files"][0]["shadowedBy"]
    diagnosed = room.ours("diagnose")
    assert diagnosed["verdict"] == "ok"
    room.control("DELETE", "/log")
    done = room.pip(with_pip("newest"), "download", "--no-input", "-v", "-d", str(tmp_path), "six")
    assert second in done.stdout
    answers = [entry["status"] for entry in room.control("GET", "/log") if "/pypi-store/simple/six" in entry["path"]]
    assert answers
    assert set(answers) == {200}
    room.ours("disconnect")
    assert room.snapshot() == before


def test_one_that_does_not_exist_is_told_before_pip_fails(room):
    second = f"{room.world['indexUrl']}/pypi/nowhere/simple/"
    room.write(".config/pip/pip.conf", f"[global]\nextra-index-url = {second}\n")
    room.ours("connect", code=None)
    diagnosed = room.ours("diagnose", code=None)
    assert second in str(diagnosed)
