"""`python -m bench [reports] [pages]`: everything when nothing is named."""

import os
import sys
import tempfile

import django


def main() -> None:
    wanted = sys.argv[1:] or ["reports", "pages"]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "prevent_tracker.settings", "DEBUG": "1", "VAR_DIR": folder}
        os.environ.pop("DATABASE_URL", None)
        django.setup()
        import logging

        logging.disable(logging.WARNING)
        from bench import pages, reports

        for name in wanted:
            {"reports": reports, "pages": pages}[name].run()


if __name__ == "__main__":
    main()
