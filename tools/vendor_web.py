"""Copy the review desk's third-party files from npm into the package, with a lock of their hashes.

Usage: python tools/vendor_web.py    (needs npm; users of Dateline never need it)

`web-vendor/package-lock.json` pins the versions; install scripts are not run. Each package gets a folder
`static/vendor/<name>@<version>/` with its licence, and `vendor.lock.json` says what is there.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "web-vendor"
TARGET = ROOT / "src/dateline/web/static/vendor"
WANTED = {
    "htmx.org": ("dist/htmx.min.js", "LICENSE"),
    "maplibre-gl": ("dist/maplibre-gl.mjs", "dist/maplibre-gl-worker.mjs", "dist/maplibre-gl.css", "LICENSE.txt"),
    "topojson-client": ("dist/topojson-client.min.js", "LICENSE"),
    "world-atlas": ("countries-110m.json", "countries-50m.json", "LICENSE"),
}


def copy(modules: Path) -> dict[str, dict[str, object]]:
    """Copy the wanted files out of node_modules; returns the lock."""
    lock: dict[str, dict[str, object]] = {}
    for name, wanted in WANTED.items():
        package = json.loads((modules / name / "package.json").read_text(encoding="utf-8"))
        folder = f"{name}@{package['version']}"
        (TARGET / folder).mkdir(parents=True)
        files = {}
        for path in wanted:
            content = (modules / name / path).read_bytes()
            (TARGET / folder / Path(path).name).write_bytes(content)
            files[Path(path).name] = hashlib.sha256(content).hexdigest()
        lock[name] = {"version": package["version"], "licence": package["license"], "folder": folder, "sha256": files}
    return lock


def main() -> None:
    """Install the pinned packages into a temporary folder and copy what the desk serves."""
    with tempfile.TemporaryDirectory() as work:
        for f in MANIFEST.glob("package*.json"):
            shutil.copy(f, work)
        command = "ci" if (MANIFEST / "package-lock.json").exists() else "install"
        subprocess.run(["npm", command, "--ignore-scripts", "--no-audit", "--no-fund"], cwd=work, check=True)
        shutil.copy(Path(work) / "package-lock.json", MANIFEST)
        shutil.rmtree(TARGET, ignore_errors=True)
        lock = copy(Path(work) / "node_modules")
    text = json.dumps(lock, indent=2, sort_keys=True) + "\n"
    (TARGET / "vendor.lock.json").write_text(text, encoding="utf-8")
    print(f"{TARGET}: {', '.join(str(v['folder']) for v in lock.values())}")


if __name__ == "__main__":
    main()
