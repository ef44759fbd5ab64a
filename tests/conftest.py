"""For every test of the suite: nothing secret may be left behind by it.

``canaries`` makes the secrets, ``canary_watch`` looks for them: in all logs at DEBUG as the service would write them,
on the standard streams, in every file under ``tmp_path`` (while the database is still open, and after it was closed),
and in what was sent to a simulated Telegram. A test that has to write one says why:
``@pytest.mark.writes_secrets("the chat page shows what Alice pasted")``.
"""

import os
from collections.abc import Generator, Iterator

import pytest

from tests.canary_watch import Watch, keep_an_eye_on_sandboxes

WATCH: pytest.StashKey[Watch] = pytest.StashKey()
MARKER = "writes_secrets"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"{MARKER}(reason): this test has to leave a secret behind, and says why")
    keep_an_eye_on_sandboxes()


def pytest_xdist_auto_num_workers() -> int:
    """For ``-n auto``: two for each core, since the stories wait more than they compute; each takes half a GiB."""
    return min(2 * (os.cpu_count() or 1), 8)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        marker = item.get_closest_marker(MARKER)
        if marker is not None and not (len(marker.args) == 1 and isinstance(marker.args[0], str)):
            raise pytest.UsageError(f"{item.nodeid}: {MARKER} needs its reason")


@pytest.fixture(autouse=True)
def no_secret_is_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Watches one test. First in, last out: what the other fixtures write while they close is looked at too."""
    watch = Watch(request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None)
    if request.node.get_closest_marker(MARKER) is None:
        request.node.stash[WATCH] = watch
    with watch.over():
        yield
    _fail_for(request.node, watch.leak() if WATCH in request.node.stash else None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Looks before the fixtures close: a database's log vanishes when it is closed."""
    yield
    if WATCH in item.stash:
        _fail_for(item, item.stash[WATCH].leak())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Looks at the standard streams, which pytest has of the whole test when it is torn down."""
    report = yield
    if report.when == "teardown" and report.passed and WATCH in item.stash:
        watch = item.stash[WATCH]
        leak = watch.leak_in("standard output", report.capstdout) or watch.leak_in("standard error", report.capstderr)
        if leak is not None:
            report.outcome = "failed"
            report.longrepr = leak
    return report


def _fail_for(item: pytest.Item, leak: str | None) -> None:
    if leak is not None:
        item.stash.get(WATCH, None)
        del item.stash[WATCH]  # told once
        pytest.fail(leak, pytrace=False)
