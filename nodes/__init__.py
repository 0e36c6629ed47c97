"""Everything that knows ComfyUI. Only what is inside functions imports it."""
