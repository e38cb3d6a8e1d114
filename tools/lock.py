"""`make lock`: resolve the packages again into locks that hold hashes and no addresses."""

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


if __name__ == "__main__":
    main(lock)
