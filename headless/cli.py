"""The command line: `synthetic-albums` and `python -m synthetic_albums`."""

import argparse
import io
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..stages.errors import AlbumError, InterruptedAlbumError
from ..stages.version import VERSION
from .calibrate_command import add_calibrate
from .gallery_command import ENCODERS_HELP, GALLERY_HELP, GalleryChoices, add_gallery, gallery_at, make_gallery
from .quality_command import add_quality
from .report_command import add_report
from .terminal import printable

DESCRIPTION = "One prompt becomes one coherent synthetic photo album."
EXIT_CODES = "Exit codes: 0 done, 1 a node failed, 2 the graph or the arguments are invalid, 130 stopped with Ctrl-C."
STYLES = "how the photos look: auto (what the prompt says), or a style that the planner knows"
BROKEN_PIPE = 141  # what a shell reports for a command that SIGPIPE ended


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code. What escapes is our bug: Python shows it and ends with 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # also where the locale says ASCII
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        options = _parser().parse_args(argv)
    except SystemExit as end:  # argparse has said what it had to say: 0 after --help, 2 after a mistake
        return end.code if isinstance(end.code, int) else 2
    return _guarded(options)


def _guarded(options: argparse.Namespace) -> int:
    try:
        code = options.command(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has gone. Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except (KeyboardInterrupt, InterruptedAlbumError) as stop:
        _complain(str(stop) or "Stopped on request.")
        return 130
    except AlbumError as error:
        _complain(str(error))
        return 2
    return code


def _complain(text: str) -> None:
    print(printable(text), file=sys.stderr)


def _run(options: argparse.Namespace) -> int:
    from .graph_file import read_graph
    from .host import HeadlessHost
    from .run_command import exit_code, report, run_watched, set_inputs, shown_lines

    graph, extra_data = read_graph(options.graph)
    host = HeadlessHost(options.out, options.input, previews=options.previews, metadata=not options.no_metadata)
    set_inputs(graph, options.set, host)
    result = run_watched(graph, host, extra_data=extra_data)
    code = exit_code(result)
    failure = result.error or ({"error": None, "node_errors": result.node_errors} if result.node_errors else None)
    for error in [*result.blocked, failure]:
        if error:
            _print_json(error, sys.stderr)
    if options.json:
        facts = ("prompt_id", "status", "outputs", "executed", "cached", "error", "node_errors", "blocked")
        _print_json({name: getattr(result, name) for name in facts}, sys.stdout)
    else:
        folders = {"output": host.output_directory(), "temp": host.previews}
        for line in shown_lines(result, graph, folders):
            print(printable(line))
    if code:
        sys.stdout.flush()
        _complain(report(result, graph))
    return code


def _make(options: argparse.Namespace) -> int:
    from .host import HeadlessHost
    from .quickstart import AlbumChoices, fill_quickstart, slug
    from .run_command import exit_code, report, run_watched

    prompt = _prompt(options.prompt)
    folder = Path(os.path.abspath(options.out or Path("albums", slug(prompt, options.seed, options.style))))
    graph = fill_quickstart(
        AlbumChoices(
            prompt=prompt,
            folder=folder,
            photos=options.photos,
            seed=options.seed,
            style=options.style,
            width=options.width or options.size,
            height=options.height or options.size,
            renderer=options.renderer,
            quality=options.quality,
            gallery=options.gallery,
        )
    )
    result = run_watched(graph, HeadlessHost(folder.parent, Path.cwd()))
    code = exit_code(result)
    if code:
        _complain(report(result, graph))
        return code
    page = folder / "index.html"
    if not page.is_file():
        raise AlbumError(f"The run is done, but {page} is not there: was the album folder changed meanwhile?")
    print(page)
    return 0


def _plan(options: argparse.Namespace) -> int:
    from ..stages.story import plan_json, plan_story

    plan = plan_story(_prompt(options.prompt), photos=options.photos, seed=options.seed or 0, style=options.style)
    print(plan_json(plan).rstrip("\n"))
    return 0


def _check(options: argparse.Namespace) -> int:
    from ..stages.leakage import DEFAULT_THRESHOLD_BITS, CheckOptions, check_folder, read_private_texts

    gallery = gallery_at(options.gallery, options.encoders)
    threshold = DEFAULT_THRESHOLD_BITS if options.threshold_bits is None else options.threshold_bits
    chosen = {"required": options.required, "false_alarm_target": options.false_alarm_target}
    if options.private_texts is not None:
        chosen["private_texts"] = read_private_texts(options.private_texts)
    choices = CheckOptions(**{name: value for name, value in chosen.items() if value is not None})
    verdicts = check_folder(options.folder, gallery, threshold_bits=threshold, options=choices)
    _print_json(verdicts, sys.stdout)
    return {"clean": 0, "leak": 1}.get(verdicts["status"], 2)


def _gallery(options: argparse.Namespace) -> int:
    choices = GalleryChoices(options.folder, options.out, tuple(options.encoders), half=options.half)
    print(printable(make_gallery(choices).summary()))
    return 0


def _audit_cast(options: argparse.Namespace) -> int:
    from .audit_command import audit_cast, passes

    prompt = _prompt(options.prompt) if options.prompt else ""
    report = audit_cast(albums=options.albums, seed=options.seed, prompt=prompt)
    _print_json(report, sys.stdout)
    return 0 if passes(report) else 1


def _quality(options: argparse.Namespace) -> int:
    from ..stages.encoders import builtin_picture_encoder, picture_encoder_from_folder
    from .quality_command import QualityChoices, measure_settings

    choices = QualityChoices(
        settings=tuple(options.settings),
        reference=options.reference,
        real=options.real,
        k=options.k,
        seed=options.seed,
        seconds=tuple(options.seconds),
    )
    encoder = picture_encoder_from_folder(options.encoder) if options.encoder else builtin_picture_encoder()
    print(measure_settings(choices, encoder).shown(options.format).rstrip("\n"))
    return 0


def _calibrate(options: argparse.Namespace) -> int:
    from .calibrate_command import CalibrationChoices, calibrate_encoder, calibration_text

    names = ("folder", "encoder", "looks_at", "out", "seed")
    path, found = calibrate_encoder(CalibrationChoices(**{name: getattr(options, name) for name in names}))
    print(printable(calibration_text(path, found)))
    return 0


def _report(options: argparse.Namespace) -> int:
    from .report_command import write_report

    shown, code = write_report(options.folder, as_json=options.json)
    print(shown if options.json else printable(shown))
    return code


def _prompt(text: str) -> str:
    return sys.stdin.read() if text == "-" else text


def _print_json(value: Any, stream: Any) -> None:
    print(json.dumps(value, indent=2, ensure_ascii=False, default=str), file=stream)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="synthetic-albums", description=DESCRIPTION, epilog=EXIT_CODES)
    parser.add_argument("--version", action="version", version=f"%(prog)s {VERSION}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_make(commands)
    _add_run(commands)
    _add_plan(commands)
    _add_check(commands)
    add_gallery(commands, _gallery)
    _add_audit_cast(commands)
    add_calibrate(commands, _calibrate)
    add_quality(commands, _quality)
    add_report(commands, _report)
    return parser


def _add_make(commands: Any) -> None:
    make = commands.add_parser(
        "make",
        help="make an album from a prompt",
        description="Makes an album from a prompt and ends by printing the path of its page. Made photos are kept: "
        "the same command goes on where it stopped.",
        epilog=EXIT_CODES,
    )
    make.set_defaults(command=_make)
    _add_story_options(make)
    make.add_argument("--style", metavar="NAME", help=STYLES)
    make.add_argument(
        "--renderer",
        metavar="NAME",
        help="what makes the photos: storyboard (the default), which draws them without a model; or builtin, the tiny "
        "diffusion model that comes with the pack",
    )
    make.add_argument(
        "--quality",
        metavar="NAME",
        help="of the builtin renderer: quality (the default), 20 steps with guidance; or draft, 6 steps without",
    )
    make.add_argument(
        "--gallery",
        type=Path,
        metavar="PATH",
        help=f"{GALLERY_HELP}; photos too close to one are withheld",
    )
    make.add_argument(
        "--out", type=Path, metavar="DIR", help="the album's folder (default: albums/<words of the prompt>)"
    )
    make.add_argument("--size", type=int, metavar="N", help="width and height of the photos, pixels")
    make.add_argument("--width", type=int, metavar="N", help="width of the photos, pixels")
    make.add_argument("--height", type=int, metavar="N", help="height of the photos, pixels")


def _add_run(commands: Any) -> None:
    run = commands.add_parser(
        "run",
        help="run a graph in ComfyUI's API format",
        description="Runs a graph in ComfyUI's API format without ComfyUI. What the nodes show goes to standard "
        "output, errors in ComfyUI's JSON shape to standard error.",
        epilog=EXIT_CODES,
    )
    run.set_defaults(command=_run)
    run.add_argument("graph", metavar="GRAPH.json", help="the file; - for standard input")
    run.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NODE.INPUT=VALUE",
        help="change an input first; NODE is an id, a title, or a class that one node has; VALUE is JSON or text; "
        "may be repeated",
    )
    run.add_argument(
        "--out",
        type=Path,
        default=Path("output"),
        metavar="DIR",
        help="where albums and pictures are written (default: output)",
    )
    run.add_argument(
        "--input",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="where relative paths of your own files start (default: here)",
    )
    run.add_argument("--previews", type=Path, metavar="DIR", help="where PreviewImage writes (default: nowhere)")
    run.add_argument(
        "--no-metadata", action="store_true", help="keep the graph out of the pictures that SaveImage writes"
    )
    run.add_argument("--json", action="store_true", help="print how the run ended as JSON")


def _add_plan(commands: Any) -> None:
    plan = commands.add_parser(
        "plan",
        help="print the plan of an album as JSON",
        description="Prints the plan of an album as JSON; nothing is drawn.",
    )
    plan.set_defaults(command=_plan)
    _add_story_options(plan)
    plan.add_argument("--style", default="auto", metavar="NAME", help=STYLES)


def _add_check(commands: Any) -> None:
    check = commands.add_parser(
        "check",
        help="check pictures for near-copies and people of a gallery",
        description="Checks an album, or any folder of pictures, for what must not come back: near-copies, people "
        "where the gallery has them, private text and metadata; prints the verdicts as JSON and moves nothing.",
        epilog="Exit codes: 0 clean, 1 leak found, 2 could not be checked.",
    )
    check.set_defaults(command=_check)
    check.add_argument("folder", type=Path, metavar="FOLDER", help="an album or a folder of pictures")
    check.add_argument("--gallery", type=Path, required=True, metavar="PATH", help=GALLERY_HELP)
    check.add_argument("--encoders", action="append", default=[], metavar="NAME", help=ENCODERS_HELP)
    check.add_argument(
        "--threshold-bits",
        type=int,
        metavar="N",
        help="up to how many differing bits of the picture hash count as a copy (default: the measured one)",
    )
    check.add_argument(
        "--required",
        metavar="CHECKS",
        help="'what the gallery allows' (the default), or 'copies and identities': a photo is clean only if it was "
        "compared as a whole and everybody in it was",
    )
    check.add_argument(
        "--false-alarm-target",
        type=float,
        metavar="SHARE",
        help="false alarms that are allowed: share of albums that show nobody of the gallery in which people may be "
        "flagged, and of photos that copy nothing of it that an encoder may call copies (default: 0.01)",
    )
    check.add_argument(
        "--private-texts",
        type=Path,
        metavar="PATH",
        help="a file with one private text a line, or a folder of such files, that an album's plan must not repeat",
    )


def _add_audit_cast(commands: Any) -> None:
    audit = commands.add_parser(
        "audit-cast",
        help="measure the people that the planner invents",
        description="Plans albums whose prompt says nothing about people and compares ages, genders, builds, heights "
        "and skin tones of their lead characters with the public target mix; prints counts, chi-square and p as JSON.",
        epilog="Exit codes: 0 every p is at least 0.001, 1 some are not, 2 could not be measured.",
    )
    audit.set_defaults(command=_audit_cast)
    audit.add_argument(
        "prompt",
        nargs="?",
        default="",
        metavar="PROMPT",
        help="silent about people (default: ten such prompts in turn)",
    )
    audit.add_argument("--albums", type=int, default=2000, metavar="N", help="how many to plan (default: 2000)")
    audit.add_argument("--seed", type=int, default=0, metavar="S", help="seed of the first album (default: 0)")


def _add_story_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("prompt", metavar="PROMPT", help="what the album tells; - for standard input")
    command.add_argument("--photos", type=int, metavar="N", help="how many photos (default: what suits the prompt)")
    command.add_argument("--seed", type=int, metavar="S", help="another seed, another album of the same story")
