"""Puts templates, settings and the built client into wheels.

An editable install reads them from the working tree instead, so that it neither needs
Node nor a client that is already built. A static `force-include` cannot make that
distinction, hence this hook.
"""

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

RESOURCES = {
    "templates": "rostra/_resources/templates",
    "config": "rostra/_resources/config",
    "client/dist": "rostra/_resources/static",
}


SEND_LOOP = "rostra/web/_send_loop.so"


class ResourcesHook(BuildHookInterface[Any]):
    """Builds the client where it is not built yet, then includes all resources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Extend the wheel's contents; an editable one is left alone."""
        if version == "editable":
            return
        root = Path(self.root)
        if not (root / "client/dist/manifest.json").exists():
            build_client(root / "client")
        if self.target_name != "wheel":
            return
        build_data["force_include"].update(
            {str(root / source): target for source, target in RESOURCES.items()}
        )
        if build_send_loop(root):
            build_data["force_include"][str(root / "server" / SEND_LOOP)] = SEND_LOOP
            # it is no extension of Python's: any version loads it
            platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
            build_data.update(pure_python=False, tag=f"py3-none-{platform}")


def build_send_loop(root: Path) -> bool:
    """Build the compiled part of sending; the wheel is for every machine without it."""
    script = root / "server/rostra/web/sending.py"
    return subprocess.run([sys.executable, str(script)], check=False).returncode == 0


def build_client(client: Path) -> None:
    """Run the client's own build; raises when Node is missing or the build fails."""
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError("client/dist is not built and npm is not on the PATH")
    subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=client, check=True)
    subprocess.run([npm, "run", "build"], cwd=client, check=True)
