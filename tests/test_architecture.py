"""The arrows of DESIGN ("The house"): who may import whom, and what stays outside.

Read from the source itself, so that a module need not be imported to be judged.
"""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from msgspec import Struct

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "server" / "rostra"

#: What each part may import of ours. ``main``, ``cli`` and ``config`` may everything.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "core": ("rostra.core",),
    "protocol": ("rostra.protocol", "rostra.core"),
    "engine": ("rostra.engine", "rostra.core", "rostra.protocol"),
    "adapters": (
        "rostra.adapters",
        "rostra.engine.ports",
        "rostra.protocol",
        "rostra.core",
    ),
    "record": ("rostra.record", "rostra.core", "rostra.protocol"),
    "rehearsal": ("rostra.rehearsal", "rostra.protocol"),
    "web": (
        "rostra.web",
        "rostra.core",
        "rostra.protocol",
        "rostra.engine",
        "rostra.record",
    ),
}
WIRING = ("main", "cli", "config", "__init__", "__main__")

#: The core is a calculation: nothing in it knows the time, chance or a path.
NOT_IN_CORE = frozenset(
    (
        "asyncio",
        "datetime",
        "getpass",
        "glob",
        "io.open",
        "locale",
        "logging",
        "os",
        "pathlib",
        "platform",
        "random",
        "secrets",
        "shutil",
        "socket",
        "subprocess",
        "sys",
        "tempfile",
        "threading",
        "time",
        "uuid",
        "zoneinfo",
    )
)
NOT_CALLED_IN_CORE = frozenset(("open", "input", "print", "id", "hash"))

#: Each vendor's library has one owner; a folder and a prefix count as one.
OWNERS: dict[str, tuple[str, ...]] = {
    "socketio": ("rehearsal/wire.py",),
    "engineio": (),
    "sqlite3": ("adapters/sqlite_*.py",),
    "redis": ("adapters/redis_*.py",),
    "cryptography": ("record/proof.py", "record/verify.py"),
    "prometheus_client": ("web/health.py",),
    "babel": ("web/catalogue.py",),
    "itsdangerous": ("web/cookies.py",),
    "jinja2": ("web/drawing.py",),
    "markupsafe": ("web/drawing.py",),
    "docx": ("record/document*.py",),
    "xlsxwriter": ("record/workbook.py",),
    "fpdf": ("record/pdf*.py",),
    "PIL": ("record/png.py",),
    "fontpkg_noto_serif": ("record/fonts.py",),
    "pylopdf_fonts_ar": ("record/fonts.py",),
    "pylopdf_fonts_zh_cn": ("record/fonts.py",),
}
#: Owned by one file, wherever that is.
ONE_OWNER = ("segno",)
#: May be imported by anybody outside the core, beside the standard library.
EVERYWHERE = frozenset(("msgspec",))


class Import(Struct, frozen=True):
    """One name that a module imports."""

    name: str
    line: int
    inside: bool
    typing_only: bool

    @property
    def top(self) -> str:
        """The package."""
        return self.name.partition(".")[0]


def modules() -> list[Path]:
    """Every module of the package."""
    return sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    """``rostra.core.ids`` for its path."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def place(path: Path) -> str:
    """``core/ids.py``."""
    return path.relative_to(PACKAGE).as_posix()


def part(path: Path) -> str:
    """The part of the house that a module belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def tree(path: Path) -> ast.Module:
    """A module's syntax."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def imports(path: Path) -> tuple[Import, ...]:
    """What a module imports: modules, and names that may be modules."""
    return tuple(_imports(tree(path), False, False))


def _imports(node: ast.AST, inside: bool, typing_only: bool) -> Iterator[Import]:
    match node:
        case ast.Import(names=names):
            for each in names:
                yield Import(each.name, node.lineno, inside, typing_only)
        case ast.ImportFrom(module=module, names=names, level=level):
            assert level == 0, "imports are absolute"
            known = {name_of(path) for path in modules()}
            for each in names:
                full = f"{module}.{each.name}"
                found = full if full in known else str(module)
                yield Import(found, node.lineno, inside, typing_only)
    functions = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    inside = inside or isinstance(node, functions)
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
        typing_only = True
    for child in ast.iter_child_nodes(node):
        yield from _imports(child, inside, typing_only)


def ours(path: Path) -> list[Import]:
    """What a module imports of this package."""
    return [each for each in imports(path) if each.top == "rostra"]


def within(name: str, allowed: tuple[str, ...]) -> bool:
    """Whether *name* is one of *allowed* or inside one."""
    return any(name == each or name.startswith(f"{each}.") for each in allowed)


def said(path: Path, each: Import) -> str:
    """For the message of a failure."""
    return f"{place(path)}:{each.line} imports {each.name}"


def of(*parts: str) -> pytest.MarkDecorator:
    """A test for each module of *parts*; of the whole package without any."""
    chosen = [path for path in modules() if not parts or part(path) in parts]
    return pytest.mark.parametrize("path", chosen, ids=place)


def test_the_house_has_no_other_parts() -> None:
    assert {part(path) for path in modules()} <= {*MAY_IMPORT, *WIRING}
    assert set(MAY_IMPORT) <= {part(path) for path in modules()}


@of(*MAY_IMPORT)
def test_a_part_imports_only_what_its_arrows_allow(path: Path) -> None:
    allowed = MAY_IMPORT[part(path)]
    wrong = [said(path, each) for each in ours(path) if not within(each.name, allowed)]
    assert wrong == []


@of(*MAY_IMPORT)
def test_nobody_imports_the_wiring(path: Path) -> None:
    wiring = tuple(f"rostra.{each}" for each in ("main", "cli", "config"))
    assert [said(path, e) for e in ours(path) if within(e.name, wiring)] == []


@of("core", "protocol", "record")
def test_the_core_imports_only_the_standard_library_msgspec_and_what_it_owns(
    path: Path,
) -> None:
    foreign = [
        said(path, each)
        for each in imports(path)
        if each.top not in sys.stdlib_module_names
        and each.top not in ("rostra", *EVERYWHERE)
        and not owns(path, each.top)
    ]
    assert foreign == []


@of("core")
def test_the_core_knows_no_clock_no_chance_and_no_path(path: Path) -> None:
    wrong = [said(path, each) for each in imports(path) if each.top in NOT_IN_CORE]
    called = [
        f"{place(path)}:{node.lineno} calls {node.func.id}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in NOT_CALLED_IN_CORE
    ]
    awaits = [
        f"{place(path)}:{node.lineno} waits"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Await | ast.AsyncFunctionDef | ast.AsyncFor)
    ]
    assert wrong + called + awaits == []


@of("core")
def test_the_core_has_no_floats_for_times(path: Path) -> None:
    """Instants and durations are integers: no division makes anything else."""
    wrong = [
        f"{place(path)}:{node.lineno}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
    ]
    assert wrong == []


def owns(path: Path, library: str) -> bool:
    """Whether a module is one of the owners of *library*."""
    relative = path.relative_to(PACKAGE)
    return any(relative.match(each) for each in OWNERS.get(library, ()))


@pytest.mark.parametrize("library", [*OWNERS, *ONE_OWNER])
def test_a_vendors_library_has_one_owner(library: str) -> None:
    users = [p for p in modules() if any(e.top == library for e in imports(p))]
    if library in ONE_OWNER:
        assert len(users) <= 1, [place(path) for path in users]
        return
    assert [place(path) for path in users if not owns(path, library)] == []


@of()
def test_every_foreign_library_is_known_here(path: Path) -> None:
    known = {*OWNERS, *ONE_OWNER, *EVERYWHERE, "aiohttp", "rostra"}
    foreign = [
        said(path, each)
        for each in imports(path)
        if each.top not in sys.stdlib_module_names and each.top not in known
    ]
    assert foreign == []


@of("core", "protocol", "engine", "adapters", "record", "rehearsal")
def test_aiohttp_stays_with_the_web_and_its_wiring(path: Path) -> None:
    assert [said(path, e) for e in imports(path) if e.top == "aiohttp"] == []


@of()
def test_no_import_is_hidden_in_a_function(path: Path) -> None:
    assert [said(path, each) for each in imports(path) if each.inside] == []


@of(*MAY_IMPORT, "main", "config")
def test_no_module_is_imported_by_its_name_as_text(path: Path) -> None:
    """But for the command line, which loads a command's module when it is called, and
    the press, which loads what writes one form: the others' libraries take longer to
    load than most documents to write.
    """
    if place(path) == "record/press.py":
        return
    assert [said(path, e) for e in imports(path) if e.top == "importlib"] == []


def test_packages_have_an_empty_init() -> None:
    inits = [path for path in modules() if path.name == "__init__.py"]
    full = [place(p) for p in inits if p.parent != PACKAGE and p.read_bytes()]
    assert full == []


def test_there_are_no_import_cycles() -> None:
    known = {name_of(path): path for path in modules()}
    after: dict[str, set[str]] = {
        name: {e.name for e in ours(path) if not e.typing_only} - {name}
        for name, path in known.items()
    }
    done: set[str] = set()
    for start in after:
        assert_no_way_back(start, after, done, [])


def assert_no_way_back(
    name: str, after: dict[str, set[str]], done: set[str], way: list[str]
) -> None:
    """Walk on from *name*; coming back to where one was is a cycle."""
    assert name not in way, " -> ".join([*way[way.index(name) :], name])
    if name in done:
        return
    for each in sorted(after.get(name, ())):
        assert_no_way_back(each, after, done, [*way, name])
    done.add(name)


def test_this_file_sees_what_it_forbids() -> None:
    hidden = ast.parse(
        "from rostra.core import ids\n"
        "import os.path\n"
        "def f():\n    from rostra.engine.room import Room\n"
    )
    found = list(_imports(hidden, False, False))
    assert [(each.name, each.inside) for each in found] == [
        ("rostra.core.ids", False),
        ("os.path", False),
        ("rostra.engine.room", True),
    ]
    assert found[1].top in NOT_IN_CORE
