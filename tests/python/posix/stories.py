"""All stories, by the modules that tell them."""

from __future__ import annotations

import os
from collections.abc import Iterator

import stories_attributes
import stories_content
import stories_names
from system import outcome
from world import clear


def cases(root: str) -> Iterator[tuple[str, str]]:
    """Each story in an empty directory of its own: the name, and what it saw or how it failed."""
    for module in (stories_names, stories_content, stories_attributes):
        for name, story in vars(module).items():
            if not name.startswith("story_"):
                continue
            clear(root)
            os.mkdir(root)
            os.chmod(root, 0o777)
            os.chdir(root)
            yield name.removeprefix("story_").replace("_", " "), outcome(story)
            os.chdir("/")
