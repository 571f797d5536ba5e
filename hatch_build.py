"""Puts the compiled law into the wheel, so that a browser with the standard library alone can read it."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledLaw(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles the law files while a wheel is built. An editable install goes on reading the files themselves."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add grader/law/law.json to the wheel; bad law stops the build with every problem named."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from grader.law.compiled import on_file

        self.folder = tempfile.TemporaryDirectory()
        file = Path(self.folder.name) / "law.json"
        file.write_text(on_file(), encoding="utf-8")
        build_data["force_include"][str(file)] = "grader/law/law.json"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Take the temporary file away again."""
        if version != "editable":
            self.folder.cleanup()
