"""Teeth and gums stay behind the face, whatever its shape."""

import numpy as np
import pytest
import trimesh
from trimesh.ray.ray_pyembree import RayMeshIntersector

from avatar.body.mouth import build_mouth
from avatar.body.skin import face_units
from avatar.motion.visemes import weights_of
from avatar.presenter import PresenterSettings
from core.blendshapes import INDEX
from tests.avatar.body.bust import make_bust

SLIGHT = {
    "head/head-scale-horiz": -0.6, "head/head-scale-vert": -0.2, "head/head-fat": -0.5,
    "chin/chin-width": -0.5, "chin/chin-height": -0.4, "chin/chin-triangle": 0.25,
}  # fmt: skip
STRONG = {"head/head-square": 0.5, "chin/chin-width": 0.5}


@pytest.mark.parametrize("details", [SLIGHT, STRONG], ids=["slight chin", "strong chin"])
def test_gums_do_not_come_through_the_chin(
    settings: PresenterSettings, details: dict[str, float]
) -> None:
    shape = settings.shape.model_copy(
        update={"details": {**settings.shape.details, **details}, "head": 1.13}
    )
    bust = make_bust(settings.model_copy(update={"shape": shape}))
    skin, anatomy = bust.skin.surface, bust.anatomy
    mouth = build_mouth(bust.vertices, anatomy, face_units())
    assert skin.morphs is not None
    assert mouth.morphs is not None
    weights = weights_of({"jawOpen": 0.45, "mouthSmile": 0.4})
    posed_skin = skin.points + np.einsum("w,wpx->px", weights, skin.morphs)
    inside = mouth.points + np.einsum("w,wpx->px", weights, mouth.morphs)
    drop = 0.45 * skin.morphs[INDEX["jawOpen"], :, 1].min()
    chin = inside[inside[:, 1] < anatomy.mouth[1] + drop - 0.04]
    assert len(chin) > 50, "nothing of the lower jaw is under the lower lip"
    before = RayMeshIntersector(trimesh.Trimesh(posed_skin, skin.triangles, process=False))
    towards_viewer = np.tile([0.0, 0.0, 1.0], (len(chin), 1))
    assert before.intersects_any(chin, towards_viewer).all()
