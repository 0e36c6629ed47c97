"""Whether the files of a model have changed since a node ran."""


def files_token(groups):
    """Changes with the files of all groups; a value that equals nothing where a group has none or cannot be read."""
    from ..stages.safe_files import file_states

    try:
        states = [sorted(file_states(group)) for group in groups]
    except OSError:
        return float("nan")  # run it, then the error is shown on the node
    return str(states) if all(states) else float("nan")
