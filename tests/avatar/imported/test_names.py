import pytest

from avatar.imported.bones import bone_of_name
from avatar.imported.names import exact_arkit, shape_of_name
from core.blendshapes import ARKIT
from core.motion import BONES


@pytest.mark.parametrize("name", ARKIT)
def test_arkit_in_every_spelling(name: str) -> None:
    snake = "".join(f"_{c.lower()}" if c.isupper() else c for c in name)
    spellings = [name, name[0].upper() + name[1:], snake, snake.upper(), f"BS_{name}",
                 f"blendShape1.{name}", f"Head.{name}"]  # fmt: skip
    for side in ("Left", "Right"):
        if name.endswith(side) and len(name) > len(side) + 3:
            bare = name.removesuffix(side)
            spellings += [f"{bare}_{side[0]}", f"{bare}{side[0]}", f"{bare}.{side[0]}",
                          f"{bare}_{side.lower()}"]  # fmt: skip
    for spelling in spellings:
        assert shape_of_name(spelling) == name, spelling


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("mouthSmile", "both:mouthSmile"), ("browInnerUp_L", "browInnerUp"),
        ("viseme_PP", "viseme:PP"), ("viseme_aa", "viseme:aa"), ("viseme_I", "viseme:ih"),
        ("viseme_O", "viseme:oh"), ("viseme_U", "viseme:ou"), ("viseme_E", "viseme:E"),
        ("vrc.v_ou", "viseme:ou"), ("visemeCH", "viseme:CH"), ("v_kk", "viseme:kk"),
        ("A", "vowel:aa"), ("o", "vowel:oh"), ("Fcl_MTH_U", "vowel:ou"), ("あ", "vowel:aa"),
        ("お", "vowel:oh"), ("eyesClosed", "blink"), ("まばたき", "blink"), ("Blink", "blink"),
        ("Fcl_EYE_Close_L", "eyeBlinkLeft"), ("Blink_R", "eyeBlinkRight"),
        ("mouthOpen", "jawOpen"), ("Fcl_MTH_Fun", "smile"),
        ("Face.M_F00_000_00_Fcl_MTH_A", "vowel:aa"), ("jawOpen.001", "jawOpen"),
        ("Face.M_F00_000_00_Fcl_EYE_Close_R", "eyeBlinkRight"), ("lookLeft", "lookLeft"),
        ("eyesLookUp", "lookUp"), ("Smile", "smile"), ("Ah", "vowel:aa"), ("Oo", "vowel:ou"),
        ("Basis", ""), ("body_fat", ""), ("", ""), ("target3", ""), ("Fcl_HA_Hide", ""),
    ],
)  # fmt: skip
def test_visemes_vowels_and_whole_expressions(name: str, shape: str) -> None:
    assert shape_of_name(name) == shape


def test_only_arkits_own_names_count_as_exact() -> None:
    assert exact_arkit("Head_jawOpen") == "jawOpen"
    assert exact_arkit("mouthOpen") == ""
    assert exact_arkit("mouthSmile") == ""


@pytest.mark.parametrize("name", BONES)
def test_our_own_bones_keep_their_names(name: str) -> None:
    assert bone_of_name(name) == name


@pytest.mark.parametrize(
    ("name", "bone"),
    [
        ("mixamorig:Hips", "hips"), ("mixamorig:LeftForeArm", "leftLowerArm"),
        ("mixamorigRightArm", "rightUpperArm"), ("LeftHandIndex1", "leftIndexProximal"),
        ("RightHandThumb3", "rightThumbDistal"), ("RightHandPinky2", "rightLittleIntermediate"),
        ("clavicle_l", "leftShoulder"), ("upperarm_r", "rightUpperArm"), ("hand_l", "leftHand"),
        ("thumb_01_l", "leftThumbMetacarpal"), ("pelvis", "hips"), ("neck_01", "neck"),
        ("upperarm01.L", "leftUpperArm"), ("lowerarm02.R", "rightLowerArmTwist"),
        ("wrist.L", "leftHand"), ("finger2-1.L", "leftIndexProximal"),
        ("finger5-3.R", "rightLittleDistal"), ("eye.R", "rightEye"), ("neck01", "neck"),
        ("J_Bip_L_UpperArm", "leftUpperArm"), ("J_Bip_C_Head", "head"),
        ("J_Adj_R_FaceEye", "rightEye"), ("DEF-upper_arm.L", "leftUpperArm"),
        ("DEF-f_ring.02.R", "rightRingIntermediate"), ("CC_Base_L_Forearm", "leftLowerArm"),
        ("Bip001 L UpperArm", "leftUpperArm"), ("Left elbow", "leftLowerArm"),
        ("Head_end", ""), ("HeadTop_End", ""), ("upperarm02.L", ""), ("HairFront1", ""),
        ("LeftUpLeg", ""), ("LeftHandIndex4", ""), ("hand_ik_l", ""), ("", ""),
    ],
)  # fmt: skip
def test_bones_of_common_rigs(name: str, bone: str) -> None:
    assert bone_of_name(name) == bone
