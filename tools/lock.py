"""`make lock`: resolve the packages again into locks that hold hashes and no addresses."""

import json

from steps import BIN, ROOT, Failed, main, run, step

COMPILE = ("pip", "compile", "--quiet", "--upgrade", "--universal", "--generate-hashes", "--no-annotate",
           "--custom-compile-command", "make lock")  # fmt: skip
LOCKS = {
    "requirements.lock": ("pyproject.toml",),
    "requirements-dev.lock": ("pyproject.toml", "--group", "dev"),
    "requirements-tools.lock": ("tools/uv.in",),
    "requirements-node.lock": ("tools/node.in",),
}


def lock() -> None:
    for name, source in LOCKS.items():
        step(name, lambda name=name, source=source: run(BIN / "uv", *COMPILE, *source, "-o", name) and None)
        if "://" in (ROOT / name).read_text():
            raise Failed(f"{name} holds an address: a lock must not say where packages come from.")
    step("package-lock.json", leave_out_funding)


def leave_out_funding() -> None:
    """Take out the addresses at which npm says that a package asks for money: they install nothing."""
    path = ROOT / "package-lock.json"
    locked = json.loads(path.read_text())
    for package in locked["packages"].values():
        package.pop("funding", None)
    path.write_text(json.dumps(locked, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(lock)
