"""These tests need a real ComfyUI at COMFYUI_ROOT; without it one line says so."""

import os


def pytest_terminal_summary(terminalreporter):
    skipped = [report.nodeid for report in terminalreporter.stats.get("skipped", ())]
    if "COMFYUI_ROOT" not in os.environ and any("tests/comfyui/" in name for name in skipped):
        terminalreporter.write_line("skipped: tests/comfyui (set COMFYUI_ROOT to a ComfyUI checkout to run them)")
