"""Writes `truth.json`: what was planted, and what a reader must find."""

from __future__ import annotations

import dataclasses
import json

from experiment import layout, parent
from experiment.answers import Answers
from experiment.box import REACH_SIGMAS
from experiment.detector import GAP_VALUE, HOT_COUNTS
from experiment.files import RawFile
from experiment.lattice import orientation
from experiment.peaks import Peak
from experiment.plan import Plan
from experiment.recipe import CELL, LABEL, SAMPLE, TEMPERATURES, Recipe

FORMAT = 1
SLAB_TEMPERATURE = 100


def write_truth(path: str, plan: Plan, parent_path: str, raw: dict[tuple[int, int], RawFile],
                files: list[dict[str, object]], broken: dict[str, object]) -> None:
    """`raw` is keyed by rotation and temperature; `files` and `broken` go in as they are."""
    recipe = plan.recipe
    head = {
        "format": FORMAT, "size": recipe.size_name, "seed": recipe.seed, "codec": recipe.codec,
        "label": LABEL, "sample": SAMPLE, "parent_path": parent_path, "dataset": layout.DATASET,
        "temperatures_K": TEMPERATURES, "rotations": len(recipe.rotations), "frames": recipe.size.frames,
        "crystal": _crystal(recipe), "instrument": dataclasses.asdict(recipe.instrument()),
        "detector": _detector(recipe), "spot_sigma_pixels": recipe.size.spot_pixels,
        "box": {"half_pixels": recipe.size.box_pixels, "half_frame_sigmas": REACH_SIGMAS},
        "answers": _answers(plan, {key: file.answers for key, file in raw.items()}, broken),
    }
    peaks = [_peak(peak, alone) for peak, alone in zip(plan.peaks, plan.isolated)]
    with open(path, "x", encoding="utf-8") as out:
        out.write(_readable(head | {"files": files, "peaks": peaks}) + "\n")


def _readable(head: dict[str, object]) -> str:
    """JSON with one line for each answer, file and peak: a person can read it, and it stays small."""
    lines = []
    for name, value in head.items():
        if name == "answers":
            inner = ",\n".join(f'  "{key}": {json.dumps(one)}' for key, one in value.items())
            lines.append(f' "{name}": {{\n{inner}\n }}')
        elif name in ("files", "peaks"):
            inner = ",\n".join(f"  {json.dumps(one)}" for one in value)
            lines.append(f' "{name}": [\n{inner}\n ]')
        else:
            lines.append(f' "{name}": {json.dumps(value)}')
    return "{\n" + ",\n".join(lines) + "\n}"


def _crystal(recipe: Recipe) -> dict[str, object]:
    return {"cell": dataclasses.asdict(CELL), "tilts_degrees": recipe.tilts(),
            "u_matrix": orientation(recipe.tilts()).tolist(), "ub_matrix": recipe.ub().tolist(),
            **dataclasses.asdict(recipe.crystal)}


def _detector(recipe: Recipe) -> dict[str, object]:
    detector, size = recipe.detector(), recipe.size
    return {"shape": detector.shape, "gap_value": GAP_VALUE, "hot_counts": HOT_COUNTS,
            "row_modules": dataclasses.asdict(size.rows), "column_modules": dataclasses.asdict(size.columns),
            "hot": detector.hot.tolist(), "dead": detector.dead.tolist()}


def _answers(plan: Plan, found: dict[tuple[int, int], Answers], broken: dict[str, object]) -> dict[str, object]:
    asked, rotation = plan.questions, parent.ROTATION
    stack = [found[rotation, temperature] for temperature in TEMPERATURES]
    return {
        "slab": {"path": layout.raw(rotation, SLAB_TEMPERATURE), "dataset": layout.DATASET, "frames": asked.slab,
                 "wrapper": layout.wrapper(SLAB_TEMPERATURE), "wrapper_dataset": layout.dataset_in_wrapper(rotation),
                 **found[rotation, SLAB_TEMPERATURE].slab},
        "curve": {"paths": [layout.raw(rotation, temperature) for temperature in TEMPERATURES],
                  "dataset": layout.DATASET, "parent": layout.PARENT, "parent_dataset": layout.DATASET,
                  "missing": int(parent.MISSING), "pixel": asked.pixel, "values": [one.pixel for one in stack]},
        "melting": {"hkl": plan.reference.hkl, **dataclasses.asdict(asked.box),
                    "sums": [sum(one.box_counts_by_frame) for one in stack],
                    "sums_by_frame": [one.box_counts_by_frame for one in stack]},
        "truncated": broken,
    }


def _peak(peak: Peak, alone: bool) -> dict[str, object]:
    return {"kind": peak.kind, "hkl": peak.hkl, "rotation": peak.rotation, "frame": round(peak.frame, 3),
            "row": round(peak.row, 3), "column": round(peak.column, 3), "frame_sigma": round(peak.frame_sigma, 3),
            "isolated": alone, "counts": [round(counts, 1) for counts in peak.counts]}
