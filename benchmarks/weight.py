"""
Print what an installation weighs: newsnorm and all packages that it needs without extras, or with those that are named.

    python benchmarks/weight.py [EXTRA ...] [--wheels]
    python benchmarks/weight.py --of PACKAGE [--of PACKAGE ...]

Megabytes are those of the installed files, without compiled Python; `--wheels` asks the package index how much is downloaded.
Run it in an environment where newsnorm is installed, not editable.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.requirements import Requirement

MB = 1_000_000


def needed(name: str, extras: Iterable[str], found: dict[str, Distribution]) -> dict[str, Distribution]:
    """Collect a package and everything that it requires, by name."""
    package = distribution(name)
    found[package.name.lower()] = package
    for line in package.requires or ():
        requirement = Requirement(line)
        wanted = any(requirement.marker is None or requirement.marker.evaluate({"extra": extra}) for extra in ("", *extras))
        if wanted and (requirement.name.lower() not in found or requirement.extras):
            needed(requirement.name, extras if requirement.name == name else requirement.extras, found)
    return found


def installed_bytes(package: Distribution) -> int:
    """The bytes of a package's files, but for compiled Python."""
    files = (Path(str(file.locate())) for file in package.files or () if file.suffix != ".pyc")
    return sum(file.stat().st_size for file in files if file.exists())


def wheel_bytes(packages: Iterable[Distribution]) -> dict[str, int]:
    """The size of each package's wheel as the index has it."""
    sizes = {}
    with TemporaryDirectory() as folder:
        for package in packages:
            command = [
                sys.executable,
                "-m",
                "pip",
                "download",
                "-q",
                "--no-deps",
                "-d",
                folder,
                f"{package.name}=={package.version}",
            ]
            before = set(Path(folder).iterdir())
            subprocess.run(command, check=False, capture_output=True)
            sizes[package.name] = sum(file.stat().st_size for file in set(Path(folder).iterdir()) - before)
    return sizes


def main() -> None:
    """Print a row for each package, and the sum."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("extras", nargs="*", metavar="EXTRA")
    options.add_argument("--wheels", action="store_true", help="print the bytes of the wheels, too")
    options.add_argument("--of", action="append", metavar="PACKAGE", help="weigh other packages, to compare them")
    given = options.parse_args()
    found: dict[str, Distribution] = {}
    try:
        for name in given.of or ["newsnorm"]:
            needed(name, given.extras, found)
        packages = sorted(found.values(), key=installed_bytes, reverse=True)
    except PackageNotFoundError as error:
        sys.exit(f"{error.name} is not installed")
    wheels = wheel_bytes(packages) if given.wheels else {}
    for package in packages:
        wheel = f"  {wheels[package.name] / MB:6.1f} MB wheel" if given.wheels else ""
        print(f"{installed_bytes(package) / MB:7.1f} MB{wheel}  {package.name} {package.version}")
    wheel = f"  {sum(wheels.values()) / MB:6.1f} MB wheel" if given.wheels else ""
    print(f"{sum(map(installed_bytes, packages)) / MB:7.1f} MB{wheel}  {len(packages)} packages")


if __name__ == "__main__":
    main()
