"""What the pickers show: `repositories` and `packages` against the emulator."""

from __future__ import annotations

from .environments import with_pip


def test_repositories_show_their_upstreams(room):
    found = room.ours("repositories")
    assert found["verdict"] == "ok"
    rows = {row["name"]: row for row in found["repositories"]}
    assert set(rows) == {"isolatedsm", "pypi-store", "scratch"}
    assert rows["isolatedsm"]["upstreams"] == ["pypi-store"]
    assert rows["pypi-store"]["externalConnections"] == ["public:pypi"]
    assert rows["scratch"]["upstreams"] == rows["scratch"]["externalConnections"] == []


def test_packages_are_searched_and_the_newest_version_is_first(room, tmp_path):
    room.ours("connect")
    for version in ("1.9.2", "1.10.0", "1.0.0"):
        room.pip(with_pip("newest"), "download", "--no-input", "-d", str(tmp_path), f"demo-colors=={version}")
    found = room.ours("packages", "--query", "Demo_")
    assert "demo-colors" in [package["name"] for package in found["packages"]]
    assert all(package["name"].startswith("demo-") for package in found["packages"])
    (package,) = room.ours("packages", "--package", "Demo.Colors")["packages"]
    versions = [version["version"] for version in package["versions"]]
    own = [version for version in versions if version in ("1.9.2", "1.10.0", "1.0.0")]
    assert own == ["1.10.0", "1.9.2", "1.0.0"], versions
    assert room.ours("packages", "--package", "not-there")["packages"] == []


def test_a_role_that_may_not_list(room):
    """Connect needs no lists: a role without them connects, and the lists say what is missing."""
    room.control("PUT", "/scenario", {"scenario": "no-role-permission"})
    world = room.control("GET", "/world")
    name = next(iter(world["caller"]["policies"]))
    document = world["caller"]["policies"][name]["document"]
    actions = [
        "codeartifact:GetAuthorizationToken",
        "codeartifact:GetRepositoryEndpoint",
        "codeartifact:ReadFromRepository",
        "sts:GetServiceBearerToken",
    ]
    document["Statement"] = [{"Effect": "Allow", "Action": actions, "Resource": "*"}]
    room.control("POST", "/world", {"caller": {"policies": {name: {"document": document}}}})
    assert room.ours("connect")["verdict"] == "ok"
    for verb in ("repositories", "packages"):
        found = room.ours(verb, code=4)
        assert found["verdict"] == "access_denied"
        assert found[verb] == []
        assert "List" in found["summary"]
