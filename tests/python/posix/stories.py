"""All stories, by the modules that tell them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import stories_attributes
import stories_content
import stories_limits
import stories_names
from ground import Ground
from system import outcome
from world import clear


#: Too long for a sample.
LONG = ("as many links of a file as there can be",)


def cases(ground: Ground, chosen: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Each story in an empty directory of its own: the name, and what it saw or how it failed."""
    root = ground.fresh()
    for module in (stories_names, stories_content, stories_attributes, stories_limits):
        for function, story in vars(module).items():
            name = function.removeprefix("story_").replace("_", " ")
            if not function.startswith("story_") or (name in LONG and not chosen(name)):
                continue
            os.mkdir(f"{root}/story")
            os.chmod(f"{root}/story", 0o777)
            os.chdir(f"{root}/story")
            yield name, outcome(story)
            os.chdir("/")
            clear(f"{root}/story")
