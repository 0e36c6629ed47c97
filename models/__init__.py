"""The built-in models (`builtin/`) and the code that trains them (`train/`, not part of an installed package)."""
