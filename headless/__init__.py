"""Runs API-format graphs without ComfyUI; the command line."""
