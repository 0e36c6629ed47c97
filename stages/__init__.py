"""The substance of the pack: plain functions over plain values. Nothing here knows ComfyUI."""
