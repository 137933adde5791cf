"""Puts templates, settings and the built client into wheels.

An editable install reads them from the working tree instead, so that it neither needs
Node nor a client that is already built. A static `force-include` cannot make that
distinction, hence this hook.
"""

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

RESOURCES = {
    "templates": "rostra/_resources/templates",
    "config": "rostra/_resources/config",
    "client/dist": "rostra/_resources/static",
}


class ResourcesHook(BuildHookInterface[Any]):
    """Builds the client where it is not built yet, then includes all resources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Extend the wheel's contents; an editable one is left alone."""
        if version == "editable":
            return
        root = Path(self.root)
        if not (root / "client/dist/manifest.json").exists():
            build_client(root / "client")
        if self.target_name == "wheel":
            build_data["force_include"].update(
                {str(root / source): target for source, target in RESOURCES.items()}
            )


def build_client(client: Path) -> None:
    """Run the client's own build; raises when Node is missing or the build fails."""
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError("client/dist is not built and npm is not on the PATH")
    subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=client, check=True)
    subprocess.run([npm, "run", "build"], cwd=client, check=True)
