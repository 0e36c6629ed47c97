"""Write the shipped workflows, editor and API format, and the subgraph blueprints, from one description of each.

    python tools/build_workflows.py [--check]

The descriptions are in `shipped_workflows`.
"""

import json
import sys
from pathlib import Path

from editor_format import api_format, blueprint_format, editor_format
from shipped_workflows import ALL, BLUEPRINTS

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS, SUBGRAPHS = ROOT / "workflows", ROOT / "subgraphs"


def texts() -> dict[Path, str]:
    """Every file that is made, with its content."""
    contents = {}
    for workflow in ALL:
        contents[WORKFLOWS / f"{workflow.name}.json"] = editor_format(workflow)
        contents[WORKFLOWS / "api" / f"{workflow.name}.json"] = api_format(workflow)
    for blueprint in BLUEPRINTS:
        contents[SUBGRAPHS / f"{blueprint.name}.json"] = blueprint_format(blueprint)
    return {path: json.dumps(content, indent=2, ensure_ascii=False) + "\n" for path, content in contents.items()}


def main() -> int:
    stale = [p for p, text in texts().items() if not p.is_file() or p.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.name} is not what tools/build_workflows.py makes: run it.")
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(exist_ok=True)
        path.write_text(texts()[path], encoding="utf-8")
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
