// Cloth in the light of the mesh's own pose or of the pose it has (POSED): weave and folds, made here.
#include "light.glsl"
#include "relief.glsl"
uniform sampler2D albedo;
uniform float has_albedo;
uniform vec3 tint;
in vec3 at;
in vec3 rest;
in vec3 facing;
in vec2 texture_at;
in vec2 shading;
in vec4 draping;  // along the sleeve 0 to 1 (torso: below 0), cosine and sine about it, weave
#ifdef POSED
#ifdef OWN_MARKS
in float marked;
#else
uniform float marked;
#endif
#endif
out vec4 colour;

const float KNIT = 2.0;
const float RIGID = 3.0;

float square(float x) {
    return x * x;
}

// Rings where the elbow and the cuff push cloth together, long soft pleats between.
float sleeve_folds(float s, vec2 around) {
    float pleats = ridge(vec3(around * 1.5, s * 3.4 + around.x * 0.8)) * 0.0042;
    float elbow = ridge(vec3(around * 0.8, s * 15.0 + 1.6 * around.x)) * 0.0085
        * exp(-square((s - 0.50) / 0.13));
    float cuff = ridge(vec3(around * 0.7, s * 21.0 + around.y)) * 0.0040 * smoothstep(0.74, 0.95, s);
    float shoulder = ridge(vec3(around * 1.6, s * 8.0)) * 0.0036 * smoothstep(0.24, 0.06, s);
    return pleats + elbow + cuff + shoulder;
}

// Cloth hangs from shoulder and bust: pleats run down and in towards the waist.
float torso_folds(vec3 p) {
    float lean = p.x * 14.0 + sign(p.x) * p.y * 4.0;
    float hanging = ridge(vec3(lean, p.y * 4.2, p.z * 7.0)) * 0.0050;
    float drawn = ridge(vec3(p.x * 6.0 + 4.0, p.y * 15.0 + abs(p.x) * 16.0, p.z * 5.0)) * 0.0034;
    return hanging + drawn;
}

// Columns of stitches, each a V.
float stitches(vec3 p, vec4 drape) {
    float across = drape.x < 0.0 ? atan(p.x, p.z + 0.04) * 0.135 : atan(drape.z, drape.y) * 0.052;
    float up = drape.x < 0.0 ? p.y : drape.x * 0.52;
    float column = abs(fract(across / 0.0056) - 0.5) * 2.0;
    float rows = sin((up / 0.0050 + column * 0.45) * 6.28318);
    return 0.00095 * (sqrt(max(1.0 - column * column, 0.0)) + 0.34 * rows * (1.0 - 0.6 * column));
}

void main() {
    vec3 n = normalize(facing);
    vec3 v = normalize(EYE - at);
    vec4 texel = mix(vec4(1.0), texture(albedo, texture_at), has_albedo);
    vec3 base = texel.rgb * texel.rgb * tint;
    float open = shading.x;
    float seen = shading.y;
    bool sleeve = draping.x >= 0.0;
    vec2 around = normalize(draping.yz + vec2(1e-5, 0.0));

    float height = sleeve ? sleeve_folds(draping.x, around) : torso_folds(rest);
    float valley = sleeve ? smoothstep(0.0, 0.0045, height) : smoothstep(0.0, 0.004, height);
    if (draping.w > RIGID - 0.5) {
        height = 0.0;
        valley = 1.0;
    } else if (draping.w > KNIT - 0.5) {
        float stitch = stitches(rest, draping);
        height = height * 0.8 + stitch;
        base *= 0.70 + 0.38 * smoothstep(-0.0002, 0.0011, stitch);
    } else {
        float yarn = value_noise(rest * 900.0) * 0.5
            + value_noise(rest * vec3(420.0, 1500.0, 420.0)) * 0.5;
        base *= 1.0 + 0.14 * (yarn - 0.5);
        height += (value_noise(rest * 620.0) - 0.5) * 0.00018;
    }
    n = bent_normal(n, at, height);

    float n_key = dot(n, KEY_DIRECTION);
    vec3 light = KEY_COLOUR * clamp((n_key + 0.15) / 1.15, 0.0, 1.0) * mix(seen, 1.0, 0.12)
        + FILL_COLOUR * clamp((dot(n, FILL_DIRECTION) + 0.25) / 1.25, 0.0, 1.0) * mix(open, 1.0, 0.3)
        + ambient(n) * open;
    light *= mix(0.74, 1.0, valley);
    float grazing = pow(1.0 - clamp(dot(n, v), 0.0, 1.0), 3.0);
    vec3 sheen = (base * 0.6 + 0.02) * grazing * open
        * (KEY_COLOUR * clamp(n_key * 0.5 + 0.5, 0.0, 1.0) * 0.4 + RIM_COLOUR * rim_amount(n) * 0.5);
#ifdef POSED
    if (texel.a < 0.5) discard;
    colour = vec4(tone(base * light + sheen), marked);
#else
    colour = vec4(tone(base * light + sheen), texel.a);
#endif
}
